package org.omtpdm.server.files;

import com.fasterxml.jackson.core.type.TypeReference;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.omtpdm.objects.file.DevicePath;
import org.omtpdm.server.store.Json;
import org.omtpdm.server.store.Tx;

/** The last listing of directories and the last facts of files, bounded per device. */
final class FileStore {

    static final int DIRECTORIES_KEPT = 500;
    static final int STATS_KEPT = 1000;
    private static final TypeReference<List<FileView>> ENTRIES = new TypeReference<>() {};
    private static final int PATHS_AT_ONCE = 500;

    /** One directory as it was listed last. */
    record Directory(Instant at, boolean complete, List<FileView> entries) {}

    void keep(
            Tx tx,
            String deviceId,
            DevicePath directory,
            boolean complete,
            List<FileView> entries) {
        tx.handle()
                .createUpdate(
                        """
                        INSERT INTO file_listings (device_id, path, at, complete, entries, document)
                        VALUES (:device, :path, :now, :complete, :entries, :document)
                        ON CONFLICT (device_id, path) DO UPDATE SET at = :now,
                        complete = :complete, entries = :entries, document = :document
                        """)
                .bind("device", deviceId)
                .bind("path", directory.toString())
                .bind("now", tx.now())
                .bind("complete", complete ? 1 : 0)
                .bind("entries", entries.size())
                .bind("document", Json.write(entries))
                .execute();
    }

    /** Drops what was listed longest ago, beyond what is kept. */
    void trim(Tx tx, String deviceId) {
        trim(tx, "file_listings", deviceId, DIRECTORIES_KEPT);
        trim(tx, "file_stats", deviceId, STATS_KEPT);
    }

    private static void trim(Tx tx, String table, String deviceId, int kept) {
        var oldest =
                "SELECT path FROM "
                        + table
                        + " WHERE device_id = :device"
                        + " ORDER BY at DESC, path LIMIT 100000 OFFSET :kept";
        tx.handle()
                .createUpdate(
                        "DELETE FROM "
                                + table
                                + " WHERE device_id = :device AND path IN ("
                                + oldest
                                + ")")
                .bind("device", deviceId)
                .bind("kept", kept)
                .execute();
    }

    Optional<Directory> directory(Handle handle, String deviceId, DevicePath path) {
        return handle.createQuery(
                        "SELECT * FROM file_listings WHERE device_id = :device AND path = :path")
                .bind("device", deviceId)
                .bind("path", path.toString())
                .map(
                        (row, context) ->
                                new Directory(
                                        Instant.ofEpochMilli(row.getLong("at")),
                                        row.getInt("complete") != 0,
                                        Json.read(row.getString("document"), ENTRIES)))
                .findOne();
    }

    void keepStat(Tx tx, String deviceId, FileFacts stat) {
        tx.handle()
                .createUpdate(
                        """
                        INSERT INTO file_stats (device_id, path, at, document)
                        VALUES (:device, :path, :now, :document)
                        ON CONFLICT (device_id, path) DO UPDATE SET at = :now, document = :document
                        """)
                .bind("device", deviceId)
                .bind("path", stat.path())
                .bind("now", tx.now())
                .bind("document", Json.write(stat))
                .execute();
        trim(tx, deviceId);
    }

    /** The last facts of these files, by path. */
    Map<String, FileFacts> stats(Handle handle, String deviceId, Collection<String> paths) {
        var all = List.copyOf(paths);
        var found = new HashMap<String, FileFacts>();
        for (int from = 0; from < all.size(); from += PATHS_AT_ONCE) {
            handle.createQuery(
                            """
                            SELECT path, document FROM file_stats
                            WHERE device_id = :device AND path IN (<paths>)
                            """)
                    .bind("device", deviceId)
                    .bindList(
                            "paths", all.subList(from, Math.min(from + PATHS_AT_ONCE, all.size())))
                    .map(
                            (row, context) ->
                                    found.put(
                                            row.getString("path"),
                                            Json.read(row.getString("document"), FileFacts.class)))
                    .list();
        }
        return found;
    }

    /**
     * A file or directory is gone: it leaves its directory's listing, and what was below it too.
     */
    void remove(Tx tx, String deviceId, DevicePath path) {
        path.parent()
                .flatMap(
                        parent ->
                                directory(tx.handle(), deviceId, parent)
                                        .map(d -> Map.entry(parent, d)))
                .ifPresent(
                        entry ->
                                tx.handle()
                                        .createUpdate(
                                                """
                                                UPDATE file_listings SET document = :document
                                                WHERE device_id = :device AND path = :path
                                                """)
                                        .bind("device", deviceId)
                                        .bind("path", entry.getKey().toString())
                                        .bind(
                                                "document",
                                                Json.write(
                                                        entry.getValue().entries().stream()
                                                                .filter(
                                                                        file ->
                                                                                !file.path()
                                                                                        .equals(
                                                                                                path
                                                                                                        .toString()))
                                                                .toList()))
                                        .execute());
        for (var table : List.of("file_listings", "file_stats")) {
            tx.handle()
                    .createUpdate(
                            "DELETE FROM "
                                    + table
                                    + " WHERE device_id = :device AND (path = :path"
                                    + " OR (path > :below AND path < :beyond))")
                    .bind("device", deviceId)
                    .bind("path", path.toString())
                    .bind("below", path + "/")
                    .bind("beyond", path + "0")
                    .execute();
        }
    }
}
