package org.omtpdm.client.file;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.omtpdm.objects.RootRight;
import org.omtpdm.objects.Utf8;

/**
 * A folder that servers may see, under a label.
 *
 * @param label 1 to 64 bytes
 * @param folder where it is; for a virtual device any name
 * @param rights what servers may do below it
 */
public record FileRoot(String label, Path folder, Set<RootRight> rights) {

    public FileRoot {
        int bytes = Utf8.length(label).orElse(0);
        if (bytes < 1 || bytes > 64) {
            throw new IllegalArgumentException(
                    "Root '" + label + "': label of " + bytes + " bytes, expected 1 to 64");
        }
        rights = Set.copyOf(rights);
    }

    public boolean allows(RootRight right) {
        return rights.contains(right);
    }

    /**
     * Reads {@code LABEL=PATH} or {@code LABEL=PATH:rights}, rights being {@code list}, {@code
     * read}, {@code write}, {@code delete} separated by commas; without them it is list and read. A
     * path that itself ends in a colon and something must be followed by rights.
     */
    public static FileRoot parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1 || equals == text.length() - 1) {
            throw new IllegalArgumentException(
                    "Root '"
                            + text
                            + "': expected LABEL=PATH or LABEL=PATH:list,read,write,delete");
        }
        String path = text.substring(equals + 1);
        Set<RootRight> rights = Set.of(RootRight.LIST, RootRight.READ);
        int colon = path.lastIndexOf(':');
        if (colon > 0) {
            rights = rights(text, path.substring(colon + 1));
            path = path.substring(0, colon);
        }
        return new FileRoot(text.substring(0, equals), Path.of(path), rights);
    }

    private static Set<RootRight> rights(String root, String list) {
        Set<RootRight> rights = new TreeSet<>();
        for (String word : list.split(",")) {
            try {
                rights.add(RootRight.valueOf(word.strip().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "Root '"
                                + root
                                + "': no right is called '"
                                + word
                                + "', expected some of list, read, write, delete");
            }
        }
        return rights;
    }

    @Override
    public String toString() {
        return label
                + "="
                + folder
                + ":"
                + rights.stream()
                        .sorted()
                        .map(right -> right.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(","));
    }
}
