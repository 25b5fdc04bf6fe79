package org.omtpdm.client.device;

import org.omtpdm.client.object.Refusal;
import org.omtpdm.objects.arguments.BadArgumentsException;
import org.omtpdm.objects.arguments.ExecuteArguments;

/** Checks an Execute of a standard resource that takes no arguments. */
public final class NoArguments {

    private NoArguments() {}

    /**
     * @throws Refusal 4.00 when the payload isn't a list of arguments, or holds any; the
     *     correlator, which is ours, is let pass
     */
    public static void check(String operation, byte[] payload) throws Refusal {
        try {
            org.omtpdm.objects.arguments.ArgumentRules.of(operation).parse(payload);
        } catch (BadArgumentsException e) {
            throw Refusal.badRequest(e.getMessage());
        }
    }

    /** The arguments of a payload, whatever they mean. */
    public static ExecuteArguments parse(byte[] payload) throws Refusal {
        try {
            return ExecuteArguments.parse(payload);
        } catch (BadArgumentsException e) {
            throw Refusal.badRequest(e.getMessage());
        }
    }
}
