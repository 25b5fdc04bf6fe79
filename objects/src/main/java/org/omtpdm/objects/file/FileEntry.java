package org.omtpdm.objects.file;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.omtpdm.objects.FileType;
import org.omtpdm.objects.Sha256Prefix;

/**
 * One file, directory or link as a listing shows it.
 *
 * @param size bytes, 0 to 2^53
 * @param modified whole seconds, years 1 to 9999
 * @param hash first 8 bytes of the SHA-256 of the content
 */
public record FileEntry(
        DevicePath path, FileType type, long size, Instant modified, Optional<Sha256Prefix> hash) {

    static final long MAXIMUM_SIZE = 1L << 53;
    static final long MINIMUM_TIME = -62_135_596_800L;
    static final long MAXIMUM_TIME = 253_402_300_799L;

    public FileEntry {
        Objects.requireNonNull(path);
        Objects.requireNonNull(type);
        long seconds = modified.getEpochSecond();
        if (size < 0 || size > MAXIMUM_SIZE || seconds < MINIMUM_TIME || seconds > MAXIMUM_TIME) {
            throw new IllegalArgumentException(
                    "File "
                            + path
                            + ": size "
                            + size
                            + " or time "
                            + modified
                            + " is out of range");
        }
        modified = Instant.ofEpochSecond(seconds);
        hash = hash.map(Sha256Prefix::shortened);
    }
}
