package org.omtpdm.client.object;

import java.util.Optional;
import org.omtpdm.objects.arguments.Argument;
import org.omtpdm.objects.arguments.ArgumentRules;
import org.omtpdm.objects.arguments.BadArgumentsException;

/**
 * Checks the arguments of an Execute; what is wrong with them becomes 4.00. The correlator, which
 * is ours, is let pass.
 */
public final class Arguments {

    private Arguments() {}

    /** Of a resource that takes none. */
    public static void none(String operation, byte[] payload) throws Refusal {
        try {
            ArgumentRules.of(operation).parse(payload);
        } catch (BadArgumentsException e) {
            throw Refusal.badRequest(e.getMessage());
        }
    }

    /** Of a resource that may take one. */
    public static <T> Optional<T> check(ArgumentRules rules, byte[] payload, Argument<T> argument)
            throws Refusal {
        try {
            return rules.parse(payload).find(argument);
        } catch (BadArgumentsException e) {
            throw Refusal.badRequest(e.getMessage());
        }
    }
}
