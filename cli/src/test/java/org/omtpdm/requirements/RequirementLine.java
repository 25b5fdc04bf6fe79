package org.omtpdm.requirements;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One requirement as {@code docs/requirements.tsv} states it.
 *
 * @param state what we claim; whether it is proved is another question
 */
record RequirementLine(
        String id,
        int tier,
        String capability,
        String enabler,
        String standard,
        String ours,
        State state,
        String text) {

    enum State {
        DONE("done"),
        PARTLY("partly"),
        OPEN("open");

        private final String word;

        State(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        private static Optional<State> parse(String word) {
            return Arrays.stream(values()).filter(state -> state.word.equals(word)).findFirst();
        }
    }

    /** All lines but empty ones and comments, which begin with {@code #}. */
    static List<RequirementLine> parseAll(List<String> lines) {
        List<RequirementLine> parsed =
                lines.stream()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .map(RequirementLine::parse)
                        .toList();
        long distinct = parsed.stream().map(RequirementLine::id).distinct().count();
        if (distinct != parsed.size()) {
            throw new IllegalArgumentException("Requirements: an id is listed twice");
        }
        return parsed;
    }

    private static RequirementLine parse(String line) {
        String[] cells = line.split("\t", -1);
        if (cells.length != 8) {
            throw new IllegalArgumentException(
                    "Requirement of " + cells.length + " columns, expected 8: " + line);
        }
        State state =
                State.parse(cells[6])
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                cells[0]
                                                        + ": state '"
                                                        + cells[6]
                                                        + "', expected done, partly or open"));
        return new RequirementLine(
                cells[0],
                Integer.parseInt(cells[1]),
                cells[2],
                cells[3],
                cells[4],
                cells[5],
                state,
                cells[7]);
    }
}
