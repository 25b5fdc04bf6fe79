package org.omtpdm.server.lwm2m;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.omtpdm.server.lwm2m.codec.Format;

/**
 * What was learnt about how to talk to one device, in the 32 bits the registry keeps for it.
 *
 * <pre>
 *   0-6   formats refused in answers      14-16  format that worked in answers (1 + ordinal)
 *   7-13  formats refused in requests     17-19  format that worked in requests
 *   20 no composite operations   21 says no Content-Format   22 no Accept at all
 *   23 composite operations went unanswered   24 clock far off   25 composite operations work
 * </pre>
 */
record Manners(int bits) {
    private static final int FORMATS = 7;
    private static final int NO_COMPOSITE = 1 << 20;
    private static final int NO_CONTENT_FORMAT = 1 << 21;
    private static final int NO_ACCEPT = 1 << 22;
    private static final int COMPOSITE_UNANSWERED = 1 << 23;
    private static final int CLOCK_OFF = 1 << 24;
    private static final int COMPOSITE_WORKS = 1 << 25;

    /** Whether a format is meant for what the device sends or for what we send. */
    enum Direction {
        ANSWER,
        REQUEST;

        private int refusedShift() {
            return ordinal() * FORMATS;
        }

        private int workedShift() {
            return 2 * FORMATS + ordinal() * 3;
        }
    }

    boolean refuses(Direction direction, Format format) {
        return (bits >> direction.refusedShift() & format.bit()) != 0;
    }

    Manners refusing(Direction direction, Format format) {
        int refused = bits | format.bit() << direction.refusedShift();
        var after = new Manners(refused);
        return worked(direction).equals(Optional.of(format))
                ? new Manners(refused & ~(7 << direction.workedShift()))
                : after;
    }

    Optional<Format> worked(Direction direction) {
        int ordinal = (bits >> direction.workedShift() & 7) - 1;
        return ordinal < 0 ? Optional.empty() : Optional.of(Format.values()[ordinal]);
    }

    Manners working(Direction direction, Format format) {
        int shift = direction.workedShift();
        return new Manners(bits & ~(7 << shift) | format.ordinal() + 1 << shift);
    }

    boolean doesComposite() {
        return (bits & NO_COMPOSITE) == 0;
    }

    boolean provedComposite() {
        return (bits & COMPOSITE_WORKS) != 0;
    }

    Manners withoutComposite(boolean unanswered) {
        return new Manners(bits | NO_COMPOSITE | (unanswered ? COMPOSITE_UNANSWERED : 0));
    }

    Manners withComposite() {
        return new Manners(bits | COMPOSITE_WORKS);
    }

    boolean takesAccept() {
        return (bits & NO_ACCEPT) == 0;
    }

    Manners withoutAccept() {
        return new Manners(bits | NO_ACCEPT);
    }

    Manners withoutContentFormat() {
        return new Manners(bits | NO_CONTENT_FORMAT);
    }

    Manners withClockOff() {
        return new Manners(bits | CLOCK_OFF);
    }

    /**
     * The formats to try, best first: what worked, then what was announced, then what the version
     * makes likely. What was refused is left out.
     *
     * @param announced bits of {@link Format}
     */
    List<Format> candidates(Direction direction, int announced, boolean version10) {
        var order = new LinkedHashSet<Format>();
        worked(direction).ifPresent(order::add);
        for (var format : Format.values()) {
            if (format.isStructured() && (announced & format.bit()) != 0) {
                order.add(format);
            }
        }
        order.add(Format.TLV);
        if (!version10) {
            order.add(Format.SENML_CBOR);
            order.add(Format.SENML_JSON);
        } else {
            order.add(Format.JSON);
        }
        return order.stream().filter(format -> !refuses(direction, format)).toList();
    }

    /** Sentences for people. */
    List<String> words() {
        var words = new ArrayList<String>();
        var answers = refused(Direction.ANSWER);
        if (!answers.isEmpty()) {
            words.add("Doesn't answer in " + answers + ".");
        }
        var requests = refused(Direction.REQUEST);
        if (!requests.isEmpty()) {
            words.add("Doesn't take " + requests + ".");
        }
        worked(Direction.ANSWER)
                .ifPresent(format -> words.add("Answers in " + format.words() + "."));
        if ((bits & NO_CONTENT_FORMAT) != 0) {
            words.add("Answers without saying the format; it is guessed.");
        }
        if (!takesAccept()) {
            words.add("Refuses to be asked for a format; answers in its own.");
        }
        if ((bits & COMPOSITE_UNANSWERED) != 0) {
            words.add("Leaves composite operations unanswered; asked one by one.");
        } else if (!doesComposite()) {
            words.add("Doesn't do composite operations; asked one by one.");
        }
        if ((bits & CLOCK_OFF) != 0) {
            words.add("Its clock is far off; times of arrival are used.");
        }
        return List.copyOf(words);
    }

    private String refused(Direction direction) {
        return Stream.of(Format.values())
                .filter(format -> refuses(direction, format))
                .map(Format::words)
                .collect(Collectors.joining(", "));
    }
}
