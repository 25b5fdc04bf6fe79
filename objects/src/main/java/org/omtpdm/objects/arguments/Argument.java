package org.omtpdm.objects.arguments;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.Utf8;
import org.omtpdm.objects.WireCode;

/**
 * One argument of an Execute: its digit, its name for people, and how its value is read and
 * printed.
 *
 * @param <T> type of the value
 */
public final class Argument<T> {

    /** Reads a value; {@code text} is free of the grammar's quoting but still percent-encoded. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(String label, String text) throws BadArgumentsException;
    }

    private final int digit;
    private final String name;
    private final Reader<T> reader;
    private final Function<T, String> printer;

    private Argument(int digit, String name, Reader<T> reader, Function<T, String> printer) {
        if (digit < 0 || digit > 9) {
            throw new IllegalArgumentException("Argument digit " + digit + ", expected 0 to 9");
        }
        this.digit = digit;
        this.name = name;
        this.reader = reader;
        this.printer = printer;
    }

    /** A whole number within a range, both ends included. */
    public static Argument<Long> number(int digit, String name, long minimum, long maximum) {
        return new Argument<>(
                digit,
                name,
                (label, text) -> number(label, text, minimum, maximum),
                value -> Long.toString(value));
    }

    /** Whole seconds since 1970. */
    public static Argument<Instant> time(int digit, String name) {
        Argument<Long> seconds = number(digit, name, 0, 1L << 40);
        return new Argument<>(
                digit,
                name,
                (label, text) -> Instant.ofEpochSecond(seconds.read(text)),
                value -> seconds.print(value.getEpochSecond()));
    }

    /** The code of an enumeration. */
    public static <E extends WireCode> Argument<E> code(int digit, String name, E[] constants) {
        return new Argument<>(
                digit,
                name,
                (label, text) ->
                        WireCode.find(constants, number(label, text, 0, Integer.MAX_VALUE))
                                .orElseThrow(
                                        () -> new BadArgumentsException(label + ": no such code")),
                value -> Integer.toString(value.code()));
    }

    /**
     * Text, percent-encoded on the way, of a length in bytes within a range. It may not contain
     * NUL.
     */
    public static Argument<String> text(
            int digit, String name, int minimumBytes, int maximumBytes) {
        return parsed(
                digit,
                name,
                (label, text) -> checkedText(label, text, minimumBytes, maximumBytes),
                Function.identity());
    }

    /**
     * A value with a textual form, which is percent-encoded on the way; {@code reader} gets it
     * decoded.
     */
    public static <T> Argument<T> parsed(
            int digit, String name, Reader<T> reader, Function<T, String> printer) {
        return new Argument<>(
                digit,
                name,
                (label, text) -> reader.read(label, PercentCoding.decode(label, text)),
                value -> PercentCoding.encode(printer.apply(value)));
    }

    /** The begin of a SHA-256 in hexadecimal digits. */
    public static Argument<Sha256Prefix> hash(int digit, String name, int minimumDigits) {
        return new Argument<>(
                digit,
                name,
                (label, text) -> {
                    if (!text.matches("[0-9A-Fa-f]{" + minimumDigits + ",64}")) {
                        throw new BadArgumentsException(
                                label
                                        + ": expected "
                                        + (minimumDigits == 64 ? "64" : minimumDigits + " to 64")
                                        + " hexadecimal digits");
                    }
                    return new Sha256Prefix(text);
                },
                Sha256Prefix::hex);
    }

    public int digit() {
        return digit;
    }

    public String name() {
        return name;
    }

    /** How error messages call it: {@code argument 0 (pid)}. */
    public String label() {
        return "argument " + digit + " (" + name + ")";
    }

    T read(String text) throws BadArgumentsException {
        return reader.read(label(), text);
    }

    /** What is sent would also be accepted here; anything else is a mistake of the caller. */
    String print(T value) {
        String text = printer.apply(value);
        try {
            read(text);
        } catch (BadArgumentsException e) {
            throw new IllegalArgumentException("Send " + e.getMessage(), e);
        }
        return text;
    }

    private static long number(String label, String text, long minimum, long maximum)
            throws BadArgumentsException {
        String range = ": expected a whole number from " + minimum + " to " + maximum;
        if (!text.matches(minimum < 0 ? "-?[0-9]{1,18}" : "[0-9]{1,18}")) {
            throw new BadArgumentsException(label + range);
        }
        long value = Long.parseLong(text);
        if (value < minimum || value > maximum) {
            throw new BadArgumentsException(label + range);
        }
        return value;
    }

    private static String checkedText(String label, String text, int minimumBytes, int maximumBytes)
            throws BadArgumentsException {
        Optional<Integer> bytes = Utf8.length(text);
        if (bytes.isEmpty() || bytes.get() < minimumBytes || bytes.get() > maximumBytes) {
            throw new BadArgumentsException(
                    label
                            + ": expected "
                            + minimumBytes
                            + " to "
                            + maximumBytes
                            + " bytes of text");
        }
        if (text.indexOf('\0') >= 0) {
            throw new BadArgumentsException(label + ": contains NUL");
        }
        return text;
    }
}
