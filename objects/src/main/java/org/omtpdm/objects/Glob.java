package org.omtpdm.objects;

/**
 * A name pattern: {@code *} stands for any characters, {@code ?} for exactly one, everything else
 * for itself. Matching takes time linear in the name, whatever the pattern is. Thread-safe.
 */
public final class Glob {

    /** Most bytes a pattern may have. */
    public static final int MAXIMUM_BYTES = 255;

    private static final int ANY = -1;
    private static final int ONE = -2;

    private final String pattern;

    /** The pattern's elements; runs of stars are one. */
    private final int[] elements;

    /**
     * @throws IllegalArgumentException when the pattern is empty, too long or not valid Unicode
     */
    public Glob(String pattern) {
        int bytes = Utf8.length(pattern).orElse(0);
        if (bytes < 1 || bytes > MAXIMUM_BYTES) {
            throw new IllegalArgumentException(
                    "Name pattern of " + bytes + " bytes, expected 1 to 255");
        }
        this.pattern = pattern;
        this.elements =
                pattern.replaceAll("\\*+", "*")
                        .codePoints()
                        .map(c -> c == '*' ? ANY : c == '?' ? ONE : c)
                        .toArray();
    }

    /** Whether the whole name fits. */
    public boolean matches(String name) {
        // Bit i of the set says: the characters so far fit the first i elements.
        boolean[] fits = new boolean[elements.length + 1];
        fits[0] = true;
        skipStars(fits);
        int[] characters = name.codePoints().toArray();
        for (int character : characters) {
            boolean alive = false;
            for (int i = elements.length; i > 0; i--) {
                int element = elements[i - 1];
                fits[i] =
                        element == ANY
                                ? fits[i]
                                : fits[i - 1] && (element == ONE || element == character);
                alive |= fits[i];
            }
            fits[0] = false;
            if (!alive) {
                return false;
            }
            skipStars(fits);
        }
        return fits[elements.length];
    }

    private void skipStars(boolean[] fits) {
        for (int i = 0; i < elements.length; i++) {
            fits[i + 1] |= fits[i] && elements[i] == ANY;
        }
    }

    @Override
    public String toString() {
        return pattern;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Glob that && pattern.equals(that.pattern);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }
}
