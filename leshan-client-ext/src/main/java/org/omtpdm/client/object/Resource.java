package org.omtpdm.client.object;

import java.util.Optional;
import org.eclipse.leshan.core.node.LwM2mResource;

/**
 * One resource of an object instance, as the device serves it. Whether it may be read or written is
 * the model's word.
 */
public interface Resource {

    /** Gives the value; called on any thread, without locks. */
    @FunctionalInterface
    interface Reader {
        /** Empty while the device has no such value; an optional resource then isn't there. */
        Optional<LwM2mResource> read(Requester requester);
    }

    /** Checks a new value. */
    @FunctionalInterface
    interface Writer {
        /**
         * Checks, and changes nothing yet.
         *
         * @param value of the model's type; for a multiple resource all instances it shall have
         *     afterwards
         */
        PreparedWrite prepare(Requester requester, LwM2mResource value) throws Refusal;
    }

    /** Carries out an Execute. */
    @FunctionalInterface
    interface Executor {
        /**
         * @param arguments the payload as it came
         */
        void execute(Requester requester, byte[] arguments) throws Refusal;
    }

    Optional<Reader> reader();

    Optional<Writer> writer();

    Optional<Executor> executor();

    /** Whether a server may observe it. */
    boolean isObservable();
}
