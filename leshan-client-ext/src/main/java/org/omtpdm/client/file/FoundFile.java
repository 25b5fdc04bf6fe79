package org.omtpdm.client.file;

import java.time.Instant;
import java.util.Objects;
import org.omtpdm.objects.FileType;

/**
 * What the system says about one name in a directory.
 *
 * @param name without slash
 * @param size bytes; 0 for anything but a file
 * @param mode permission bits, 0 to 07777
 * @param identity equal for the same file and different for another, also after it was replaced
 *     under its name
 */
public record FoundFile(
        String name, FileType type, long size, Instant modified, int mode, Object identity) {

    public FoundFile {
        Objects.requireNonNull(type);
        Objects.requireNonNull(modified);
        Objects.requireNonNull(identity);
    }

    /** Whether neither file nor content seems to have changed. */
    public boolean isUnchangedSince(FoundFile before) {
        return type == before.type
                && size == before.size
                && modified.equals(before.modified)
                && identity.equals(before.identity);
    }
}
