package org.omtpdm.client.operation;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.omtpdm.objects.OperationResult;
import org.omtpdm.objects.OperationState;

/**
 * One operation: who asked for it, and how it stands.
 *
 * @param shortServerId who asked; 0 before the first operation
 * @param resourceId the executed resource
 * @param correlator argument 9
 */
record Operation(
        int shortServerId,
        int resourceId,
        Optional<Long> correlator,
        OperationState state,
        Outcome outcome) {

    /** Before the first operation. */
    static final Operation NONE =
            new Operation(
                    0,
                    0,
                    Optional.empty(),
                    OperationState.IDLE,
                    Outcome.of(OperationResult.NONE, ""));

    static Operation started(int shortServerId, int resourceId, Optional<Long> correlator) {
        return new Operation(
                shortServerId,
                resourceId,
                correlator,
                OperationState.RUNNING,
                Outcome.of(OperationResult.NONE, ""));
    }

    Operation ended(Outcome outcome) {
        OperationState state =
                outcome.result().isSuccess()
                        ? OperationState.SUCCEEDED
                        : outcome.result() == OperationResult.CANCELLED_BY_SERVER
                                ? OperationState.CANCELLED
                                : OperationState.FAILED;
        return new Operation(shortServerId, resourceId, correlator, state, outcome);
    }

    /** Whether a server that sends this again means the same operation. */
    boolean isCalled(int server, Optional<Long> number) {
        return number.isPresent() && shortServerId == server && correlator.equals(number);
    }

    /** One line of the state store. */
    private String print() {
        return shortServerId
                + " "
                + resourceId
                + " "
                + correlator.map(String::valueOf).orElse("-")
                + " "
                + state.code()
                + " "
                + outcome.result().code()
                + " "
                + outcome.detail();
    }

    private static Operation read(String line) {
        String[] words = line.split(" ", 6);
        return new Operation(
                Integer.parseInt(words[0]),
                Integer.parseInt(words[1]),
                words[2].equals("-") ? Optional.empty() : Optional.of(Long.parseLong(words[2])),
                OperationState.forCode(Long.parseLong(words[3])).orElseThrow(),
                Outcome.of(
                        OperationResult.forCode(Long.parseLong(words[4])).orElseThrow(), words[5]));
    }

    static String printAll(List<Operation> operations) {
        return operations.stream().map(Operation::print).collect(Collectors.joining("\n"));
    }

    static List<Operation> readAll(String text) {
        return text.isEmpty() ? List.of() : text.lines().map(Operation::read).toList();
    }
}
