package org.omtpdm.cli.shell;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A plain table for people: a line of headings, columns separated by two blanks, the last one
 * unpadded. Cells are made harmless by {@link SafeText}. Confined to one thread.
 */
public final class Table {

    private static final int WIDEST_CELL = 72;

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headings) {
        this.headings = List.of(headings);
    }

    /** Adds a row; an empty cell stands for what is not known. */
    public Table row(Object... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException(
                    "Row of "
                            + cells.length
                            + " cells in a table of "
                            + headings.size()
                            + " columns");
        }
        List<String> row = new ArrayList<>(cells.length);
        for (Object cell : cells) {
            row.add(SafeText.of(String.valueOf(cell), WIDEST_CELL));
        }
        rows.add(row);
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    public void print(PrintStream out) {
        int[] widths = new int[headings.size()];
        measure(widths, headings);
        rows.forEach(row -> measure(widths, row));
        out.println(line(widths, headings));
        rows.forEach(row -> out.println(line(widths, row)));
    }

    private static void measure(int[] widths, List<String> cells) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], columns(cells.get(i)));
        }
    }

    private static String line(int[] widths, List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            line.append(cell);
            if (i < widths.length - 1) {
                line.append(" ".repeat(widths[i] - columns(cell) + 2));
            }
        }
        return line.toString().stripTrailing();
    }

    private static int columns(String text) {
        return text.codePointCount(0, text.length());
    }
}
