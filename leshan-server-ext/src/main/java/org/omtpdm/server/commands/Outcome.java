package org.omtpdm.server.commands;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.omtpdm.server.lwm2m.DeviceReply;
import org.omtpdm.server.reconcile.DeviceWords;
import org.omtpdm.server.store.Tx;

/** How a performance of a command ended; each kind has its own rule for going on. */
public sealed interface Outcome {

    /**
     * It is done.
     *
     * @param verified whether it was checked on the device, beyond the device's own report
     * @param text one sentence in words
     * @param result for the command's result, depends on the kind
     * @param store writes what was learnt, in the transaction that ends the command
     */
    record Done(
            boolean verified,
            String text,
            Optional<String> code,
            Optional<JsonNode> result,
            Consumer<Tx> store)
            implements Outcome {

        public Done(String text) {
            this(false, text, Optional.empty(), Optional.empty(), tx -> {});
        }

        public Done withResult(JsonNode newResult) {
            return new Done(verified, text, code, Optional.of(newResult), store);
        }

        public Done storing(Consumer<Tx> newStore) {
            return new Done(verified, text, code, result, newStore);
        }
    }

    /**
     * The device said no, for good.
     *
     * @param cause in words; failures of a job are grouped by it
     * @param store writes what was learnt from the refusal
     */
    record Refused(String cause, Optional<String> code, Consumer<Tx> store) implements Outcome {

        public Refused(String cause, Optional<String> code) {
            this(cause, code, tx -> {});
        }
    }

    /** The device said "not now"; tried again with growing pauses, some times. */
    record Busy(String cause, Optional<String> code) implements Outcome {}

    /** No answer; tried again with growing pauses and at the next contact, some times. */
    record Silent(Duration waited) implements Outcome {}

    /** Nothing was sent; goes out at the device's next contact. */
    record NotSent(String reason) implements Outcome {}

    /**
     * The device works on it. The performance is over; {@link CommandPerformer#recover} looks again
     * when the device notifies its Operation State or Page Count or is heard of anew, and at the
     * latest after {@code until}.
     *
     * @param memo replaces the performance's memo
     */
    record Parked(Instant until, String text, Optional<JsonNode> memo) implements Outcome {

        public Parked(Instant until, String text) {
            this(until, text, Optional.empty());
        }
    }

    /** It was or may have been sent, and nobody can prove whether it happened. */
    record Unknown(String cause) implements Outcome {}

    /**
     * What a reply that isn't an answer means for a request, by class: {@code 5.03} and {@code
     * busy} come and go, all other refusals stay.
     */
    static Outcome of(DeviceReply<?> reply) {
        return reply.fold(
                answered -> new Done("Answered"),
                Outcome::ofRefusal,
                silent -> new Silent(silent.waited()),
                notSent -> new NotSent(notSent.reason()));
    }

    private static Outcome ofRefusal(DeviceReply.Refused<?> refused) {
        var words = DeviceWords.of(refused);
        var code = Optional.of(refused.coapCode());
        var passing =
                refused.coapCode().equals("5.03")
                        || refused.coapCode().equals("4.29")
                        || refused.coapCode().equals("4.05")
                                && refused.diagnostic().startsWith("busy:");
        return passing
                ? new Busy("The device is busy with something else", code)
                : new Refused(words, code);
    }
}
