package org.omtpdm.server.processes;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.omtpdm.objects.Glob;
import org.omtpdm.objects.ProcessState;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.process.ProcessEntry;
import org.omtpdm.server.commands.Listing;
import org.omtpdm.server.store.Tx;

/** The last process list of each device. */
final class ProcessStore {

    private static final int IDS_AT_ONCE = 500;
    private static final int PROTECTED_KEPT = 500;

    /** A process for good: a pid alone may be used again. */
    record Identity(long pid, long startTime) {}

    /** How the last listing went. */
    record ListFacts(
            Instant at, boolean complete, int exchanges, int bytes, boolean changedMeanwhile) {}

    void replace(Tx tx, String deviceId, Listing<ProcessEntry> listing, boolean changedMeanwhile) {
        tx.handle()
                .createUpdate(
                        """
                        INSERT INTO process_lists
                        (device_id, at, complete, exchanges, bytes, changed_meanwhile)
                        VALUES (:device, :now, :complete, :exchanges, :bytes, :changed)
                        ON CONFLICT (device_id) DO UPDATE SET at = :now, complete = :complete,
                        exchanges = :exchanges, bytes = :bytes, changed_meanwhile = :changed
                        """)
                .bind("device", deviceId)
                .bind("now", tx.now())
                .bind("complete", listing.complete() ? 1 : 0)
                .bind("exchanges", listing.exchanges())
                .bind("bytes", listing.bytes())
                .bind("changed", changedMeanwhile ? 1 : 0)
                .execute();
        tx.handle()
                .createUpdate("DELETE FROM processes WHERE device_id = :device")
                .bind("device", deviceId)
                .execute();
        insert(tx.handle(), deviceId, listing.records());
    }

    private static void insert(Handle handle, String deviceId, List<ProcessEntry> processes) {
        if (processes.isEmpty()) {
            return;
        }
        var batch =
                handle.prepareBatch(
                        """
                        INSERT INTO processes (device_id, pid, parent_pid, uid, state, cpu_permille,
                            rss_kib, start_time, name, package_instance, hash8)
                        VALUES (:device, :pid, :parent, :uid, :state, :cpu, :rss, :start, :name,
                            :package, :hash)
                        ON CONFLICT (device_id, pid) DO NOTHING
                        """);
        for (var process : processes) {
            batch.bind("device", deviceId)
                    .bind("pid", process.pid())
                    .bind("parent", process.parent())
                    .bind("uid", process.uid())
                    .bind("state", process.state().code())
                    .bind("cpu", process.cpuPermille())
                    .bind("rss", process.rssKiB())
                    .bind("start", process.startTime().getEpochSecond())
                    .bind("name", process.name().replace("\0", ""))
                    .bindByType(
                            "package",
                            process.packageInstance().isPresent()
                                    ? process.packageInstance().getAsInt()
                                    : null,
                            Integer.class)
                    .bind("hash", process.hash().map(Sha256Prefix::hex).orElse(null))
                    .add();
        }
        batch.execute();
    }

    Optional<ListFacts> facts(Handle handle, String deviceId) {
        return handle.createQuery("SELECT * FROM process_lists WHERE device_id = :device")
                .bind("device", deviceId)
                .map(
                        (row, context) ->
                                new ListFacts(
                                        Instant.ofEpochMilli(row.getLong("at")),
                                        row.getInt("complete") != 0,
                                        row.getInt("exchanges"),
                                        row.getInt("bytes"),
                                        row.getInt("changed_meanwhile") != 0))
                .findOne();
    }

    List<ProcessEntry> list(Handle handle, String deviceId) {
        return handle.createQuery("SELECT * FROM processes WHERE device_id = :device ORDER BY pid")
                .bind("device", deviceId)
                .map((row, context) -> entry(row))
                .list();
    }

    private static ProcessEntry entry(ResultSet row) throws SQLException {
        var instance = row.getInt("package_instance");
        var packageInstance = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(instance);
        return new ProcessEntry(
                row.getLong("pid"),
                row.getLong("parent_pid"),
                row.getLong("uid"),
                ProcessState.forCode(row.getInt("state")).orElse(ProcessState.OTHER),
                row.getInt("cpu_permille"),
                row.getLong("rss_kib"),
                Instant.ofEpochSecond(row.getLong("start_time")),
                row.getString("name"),
                packageInstance,
                Optional.ofNullable(row.getString("hash8")).map(Sha256Prefix::new));
    }

    /** A process is gone. */
    void remove(Tx tx, String deviceId, Identity process) {
        tx.handle()
                .createUpdate(
                        """
                        DELETE FROM processes
                        WHERE device_id = :device AND pid = :pid AND start_time = :start
                        """)
                .bind("device", deviceId)
                .bind("pid", process.pid())
                .bind("start", process.startTime())
                .execute();
    }

    /** The device refused to end this process. */
    void protect(Tx tx, String deviceId, Identity process) {
        tx.handle()
                .createUpdate(
                        """
                        INSERT INTO process_protected (device_id, pid, start_time, at)
                        VALUES (:device, :pid, :start, :now)
                        ON CONFLICT (device_id, pid, start_time) DO UPDATE SET at = :now
                        """)
                .bind("device", deviceId)
                .bind("pid", process.pid())
                .bind("start", process.startTime())
                .bind("now", tx.now())
                .execute();
        tx.handle()
                .createUpdate(
                        """
                        DELETE FROM process_protected WHERE device_id = :device AND at < (
                            SELECT MIN(at) FROM (
                                SELECT at FROM process_protected WHERE device_id = :device
                                ORDER BY at DESC LIMIT :kept) AS newest)
                        """)
                .bind("device", deviceId)
                .bind("kept", PROTECTED_KEPT)
                .execute();
    }

    Set<Identity> protectedOnes(Handle handle, String deviceId) {
        return new HashSet<>(
                handle.createQuery(
                                """
                                SELECT pid, start_time FROM process_protected
                                WHERE device_id = :device
                                """)
                        .bind("device", deviceId)
                        .map(
                                (row, context) ->
                                        new Identity(row.getLong("pid"), row.getLong("start_time")))
                        .list());
    }

    /** One process of the last list of a device. */
    record Match(String deviceId, Identity process, String name) {}

    /** Processes whose name fits, in the last lists of these devices, by device. */
    Map<String, List<Match>> matching(Handle handle, Collection<String> deviceIds, Glob name) {
        var all = List.copyOf(deviceIds);
        var byDevice = new HashMap<String, List<Match>>();
        for (int from = 0; from < all.size(); from += IDS_AT_ONCE) {
            handle.createQuery(
                            """
                            SELECT device_id, pid, start_time, name FROM processes
                            WHERE device_id IN (<ids>) ORDER BY device_id, pid
                            """)
                    .bindList("ids", all.subList(from, Math.min(from + IDS_AT_ONCE, all.size())))
                    .map(
                            (row, context) ->
                                    new Match(
                                            row.getString("device_id"),
                                            new Identity(
                                                    row.getLong("pid"), row.getLong("start_time")),
                                            row.getString("name")))
                    .filter(match -> name.matches(match.name()))
                    .forEach(
                            match ->
                                    byDevice.computeIfAbsent(
                                                    match.deviceId(), id -> new ArrayList<>())
                                            .add(match));
        }
        return byDevice;
    }

    /** Those of the devices that gave a list. */
    Set<String> listed(Handle handle, Collection<String> deviceIds) {
        var all = List.copyOf(deviceIds);
        var listed = new HashSet<String>();
        for (int from = 0; from < all.size(); from += IDS_AT_ONCE) {
            listed.addAll(
                    handle.createQuery(
                                    """
                                    SELECT device_id FROM process_lists WHERE device_id IN (<ids>)
                                    """)
                            .bindList(
                                    "ids",
                                    all.subList(from, Math.min(from + IDS_AT_ONCE, all.size())))
                            .mapTo(String.class)
                            .list());
        }
        return listed;
    }
}
