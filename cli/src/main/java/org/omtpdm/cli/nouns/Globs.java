package org.omtpdm.cli.nouns;

import java.util.function.Predicate;
import org.omtpdm.objects.Glob;

/** Names with {@code *} and {@code ?}. */
final class Globs {

    private Globs() {}

    /** Everything matches where no glob was given. */
    static Predicate<String> matching(String glob) {
        return glob == null ? name -> true : new Glob(glob)::matches;
    }
}
