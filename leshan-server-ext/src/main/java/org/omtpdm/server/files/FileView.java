package org.omtpdm.server.files;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.file.FileEntry;

/** {@code File} of {@code openapi.yaml}: one entry of a directory. */
public record FileView(
        String path,
        String name,
        String type,
        long size,
        Optional<Instant> modifiedAt,
        Optional<String> hash8,
        Optional<FileFacts> stat) {

    static FileView of(FileEntry entry) {
        return new FileView(
                entry.path().toString(),
                entry.path().name(),
                entry.type().name().toLowerCase(Locale.ROOT),
                entry.size(),
                Optional.of(entry.modified()),
                entry.hash().map(Sha256Prefix::hex),
                Optional.empty());
    }

    FileView with(Optional<FileFacts> facts) {
        return new FileView(path, name, type, size, modifiedAt, hash8, facts);
    }
}
