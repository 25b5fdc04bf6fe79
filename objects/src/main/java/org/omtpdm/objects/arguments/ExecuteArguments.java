package org.omtpdm.objects.arguments;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The arguments of an Execute, read or to be sent: {@code 0='12',1='1700000000',9='4711'}.
 *
 * <p>Grammar (LwM2M Core 1.1.1 §6.3.5, as Leshan reads it): {@code arg *("," arg)}, {@code arg =
 * DIGIT ["='" *CHAR "'"]}, each digit once, no blanks. {@code CHAR} leaves out the blank, double
 * quote, apostrophe, backslash, control and non-ASCII characters, so texts travel percent-encoded.
 */
public final class ExecuteArguments {

    /** Most bytes a payload may have. */
    public static final int MAXIMUM_BYTES = 2048;

    /** Argument of every operation that comes back as Operation Token (resource 32). */
    public static final Argument<Long> CORRELATOR =
            Argument.number(9, "correlator", 0, 0xFFFFFFFFL);

    private final TreeMap<Integer, Optional<String>> values;

    private ExecuteArguments(TreeMap<Integer, Optional<String>> values) {
        this.values = values;
    }

    /** No arguments; the begin of some. */
    public static ExecuteArguments none() {
        return new ExecuteArguments(new TreeMap<>());
    }

    /** Reads a payload as it came from the network. */
    public static ExecuteArguments parse(byte[] payload) throws BadArgumentsException {
        return parse(new String(payload, StandardCharsets.ISO_8859_1));
    }

    /**
     * Reads a payload; which digits mean something is the resource's affair, see {@link
     * ArgumentRules}.
     */
    public static ExecuteArguments parse(String payload) throws BadArgumentsException {
        if (payload.length() > MAXIMUM_BYTES) {
            throw new BadArgumentsException("arguments: longer than 2048 bytes");
        }
        TreeMap<Integer, Optional<String>> values = new TreeMap<>();
        int at = 0;
        while (at < payload.length()) {
            if (at > 0) {
                expect(payload, at++, ',');
            }
            int digit = digit(payload, at++);
            Optional<String> value = Optional.empty();
            if (at < payload.length() && payload.charAt(at) == '=') {
                expect(payload, at + 1, '\'');
                int end = endOfValue(payload, at + 2);
                value = Optional.of(payload.substring(at + 2, end));
                at = end + 1;
            }
            if (values.put(digit, value) != null) {
                throw new BadArgumentsException("argument " + digit + ": given twice");
            }
        }
        return new ExecuteArguments(values);
    }

    /**
     * The same arguments and one more.
     *
     * @throws IllegalArgumentException when the argument is there already, the value isn't one it
     *     may have, or all together exceed {@link #MAXIMUM_BYTES}
     */
    public <T> ExecuteArguments with(Argument<T> argument, T value) {
        return withRaw(argument.digit(), Optional.of(argument.print(value)));
    }

    /** The same arguments and a digit without a value. */
    public ExecuteArguments withBare(int digit) {
        return withRaw(digit, Optional.empty());
    }

    private ExecuteArguments withRaw(int digit, Optional<String> raw) {
        TreeMap<Integer, Optional<String>> more = new TreeMap<>(values);
        if (more.put(digit, raw) != null) {
            throw new IllegalArgumentException("Argument " + digit + " is given twice");
        }
        ExecuteArguments result = new ExecuteArguments(more);
        if (result.toString().length() > MAXIMUM_BYTES) {
            throw new IllegalArgumentException(
                    "Arguments are longer than " + MAXIMUM_BYTES + " bytes");
        }
        return result;
    }

    /** The value of an argument that must be there. */
    public <T> T get(Argument<T> argument) throws BadArgumentsException {
        Optional<T> value = find(argument);
        if (value.isEmpty()) {
            throw new BadArgumentsException(argument.label() + ": missing");
        }
        return value.get();
    }

    /** The value of an argument that may be left out. */
    public <T> Optional<T> find(Argument<T> argument) throws BadArgumentsException {
        Optional<String> raw = values.get(argument.digit());
        if (raw == null) {
            return Optional.empty();
        }
        if (raw.isEmpty()) {
            throw new BadArgumentsException(argument.label() + ": has no value");
        }
        return Optional.of(argument.read(raw.get()));
    }

    /** Whether the digit is there, with or without a value. */
    public boolean has(int digit) {
        return values.containsKey(digit);
    }

    /** Each digit with its value as it stands in the payload; a bare digit has none. */
    public Map<Integer, Optional<String>> raw() {
        return Map.copyOf(values);
    }

    /** The payload. */
    @Override
    public String toString() {
        StringBuilder payload = new StringBuilder();
        values.forEach(
                (digit, value) -> {
                    payload.append(payload.isEmpty() ? "" : ",").append(digit);
                    value.ifPresent(text -> payload.append("='").append(text).append('\''));
                });
        return payload.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExecuteArguments that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    static boolean isCharacter(char c) {
        return c == '!'
                || c >= 0x23 && c <= 0x26
                || c >= 0x28 && c <= 0x5B
                || c >= 0x5D && c <= 0x7E;
    }

    private static int digit(String payload, int at) throws BadArgumentsException {
        if (at >= payload.length() || payload.charAt(at) < '0' || payload.charAt(at) > '9') {
            throw new BadArgumentsException("arguments: expected a digit at position " + at);
        }
        return payload.charAt(at) - '0';
    }

    private static void expect(String payload, int at, char expected) throws BadArgumentsException {
        if (at >= payload.length() || payload.charAt(at) != expected) {
            throw new BadArgumentsException(
                    "arguments: expected " + expected + " at position " + at);
        }
    }

    private static int endOfValue(String payload, int start) throws BadArgumentsException {
        int at = start;
        while (at < payload.length() && isCharacter(payload.charAt(at))) {
            at++;
        }
        expect(payload, at, '\'');
        return at;
    }
}
