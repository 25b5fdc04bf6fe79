package org.omtpdm.server.reconcile;

import java.time.Duration;
import org.omtpdm.server.lwm2m.DeviceReply;

/** How a planner's step ended; each kind has its own rule for trying again. */
public sealed interface StepOutcome {

    /** It is so now; planning goes on at once. */
    record Done() implements StepOutcome {}

    /**
     * The device said no. Not tried again under the same {@link PlannedStep#key}, but remembered.
     *
     * @param words what the device said, made fit for people
     * @param code for those who want it, for example {@code 4.05}
     */
    record Refused(String words, String code) implements StepOutcome {}

    /** No answer; tried again with growing pauses, and at the device's next contact. */
    record Silent(Duration waited) implements StepOutcome {}

    /** Nothing was sent; due again at the device's next contact. */
    record NotSent(String reason) implements StepOutcome {}

    /** What was wanted has changed meanwhile; planning goes on at once. */
    record Overtaken() implements StepOutcome {}

    /** The outcome of a step that is one request. */
    static StepOutcome of(DeviceReply<?> reply) {
        return reply.fold(
                answered -> new Done(),
                refused -> new Refused(DeviceWords.of(refused), refused.coapCode()),
                silent -> new Silent(silent.waited()),
                notSent -> new NotSent(notSent.reason()));
    }
}
