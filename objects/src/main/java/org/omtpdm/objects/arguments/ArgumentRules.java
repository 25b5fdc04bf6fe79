package org.omtpdm.objects.arguments;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which arguments an executable resource takes. The correlator (9) is always among them; every
 * other digit that isn't named is refused.
 */
public final class ArgumentRules {

    private final String operation;
    private final Map<Integer, Argument<?>> allowed = new LinkedHashMap<>();
    private final List<Argument<?>> required;

    private ArgumentRules(
            String operation, List<Argument<?>> required, List<Argument<?>> optional) {
        this.operation = operation;
        this.required = required;
        required.forEach(this::allow);
        optional.forEach(this::allow);
        allow(ExecuteArguments.CORRELATOR);
    }

    private void allow(Argument<?> argument) {
        if (allowed.put(argument.digit(), argument) != null) {
            throw new IllegalArgumentException(
                    operation + ": argument " + argument.digit() + " is defined twice");
        }
    }

    /**
     * Rules of an operation whose listed arguments must all be there; add others with {@link
     * #optional}.
     */
    public static ArgumentRules of(String operation, Argument<?>... required) {
        return new ArgumentRules(operation, List.of(required), List.of());
    }

    /** The same rules with arguments that may be left out. */
    public ArgumentRules optional(Argument<?>... optional) {
        return new ArgumentRules(operation, required, List.of(optional));
    }

    /** Name of the operation, for people. */
    public String operation() {
        return operation;
    }

    /** All arguments the operation knows, the correlator included. */
    public Collection<Argument<?>> arguments() {
        return List.copyOf(allowed.values());
    }

    /** Whether the argument must be there. */
    public boolean requires(Argument<?> argument) {
        return required.contains(argument);
    }

    /** Reads a payload as it came from the network and checks every argument in it. */
    public ExecuteArguments parse(byte[] payload) throws BadArgumentsException {
        return check(ExecuteArguments.parse(payload));
    }

    /** Reads a payload and checks every argument in it. */
    public ExecuteArguments parse(String payload) throws BadArgumentsException {
        return check(ExecuteArguments.parse(payload));
    }

    private ExecuteArguments check(ExecuteArguments arguments) throws BadArgumentsException {
        for (int digit : arguments.raw().keySet()) {
            Argument<?> argument = allowed.get(digit);
            if (argument == null) {
                throw new BadArgumentsException(
                        "argument " + digit + ": " + operation + " does not take it");
            }
            arguments.find(argument);
        }
        for (Argument<?> argument : required) {
            arguments.get(argument);
        }
        return arguments;
    }
}
