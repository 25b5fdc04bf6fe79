package org.omtpdm.server.files;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.file.StatResult;

/** {@code FileStat} of {@code openapi.yaml}: what Stat found. */
public record FileFacts(
        String path,
        String type,
        long size,
        Optional<Instant> modifiedAt,
        Optional<Integer> mode,
        Optional<String> sha256,
        @JsonProperty("package") Optional<String> packageName,
        Instant at) {

    static FileFacts of(StatResult stat, Instant at) {
        return new FileFacts(
                stat.path().toString(),
                stat.type().name().toLowerCase(Locale.ROOT),
                stat.size(),
                Optional.of(stat.modified()),
                stat.mode().isPresent() ? Optional.of(stat.mode().getAsInt()) : Optional.empty(),
                stat.sha256().map(Sha256Prefix::hex),
                stat.packageInstance().isPresent()
                        ? Optional.of(
                                "/" + ObjectIds.SOFTWARE + "/" + stat.packageInstance().getAsInt())
                        : Optional.empty(),
                at);
    }
}
