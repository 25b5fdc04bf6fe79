package org.omtpdm.server.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.omtpdm.objects.ResourcePath;

/** The table {@code inventory_values}. */
final class InventoryTable {

    /** Values kept per device. */
    static final int MOST = 4_000;

    private InventoryTable() {}

    /** All values of a device, or those at and below a path, by path. */
    static List<KnownValue> below(Handle handle, String deviceId, ResourcePath path) {
        var query =
                handle.createQuery(
                        """
                        SELECT object_id, instance_id, resource_id, item_id, value, origin, at
                        FROM inventory_values WHERE device_id = :device%s
                        ORDER BY object_id, instance_id, resource_id, item_id
                        """
                                .formatted(condition(path)));
        return query.bind("device", deviceId).map(InventoryTable::value).list();
    }

    /** The path's numbers are ours, so they may stand in the statement. */
    private static String condition(ResourcePath path) {
        var columns = List.of("object_id", "instance_id", "resource_id", "item_id");
        var sql = new StringBuilder();
        for (int i = 0; i < path.ids().size(); i++) {
            sql.append(" AND ").append(columns.get(i)).append(" = ").append(path.ids().get(i));
        }
        return sql.toString();
    }

    static int count(Handle handle, String deviceId) {
        return handle.createQuery("SELECT COUNT(*) FROM inventory_values WHERE device_id = :id")
                .bind("id", deviceId)
                .mapTo(Integer.class)
                .one();
    }

    /** Stores values; one that is older than what is known is left out, but for our own guesses. */
    static void put(Handle handle, String deviceId, Collection<KnownValue> values) {
        if (values.isEmpty()) {
            return;
        }
        var batch =
                handle.prepareBatch(
                        """
                        INSERT INTO inventory_values (device_id, object_id, instance_id,
                          resource_id, item_id, value, origin, at)
                        VALUES (:device, :object, :instance, :resource, :item, :value, :origin, :at)
                        ON CONFLICT (device_id, object_id, instance_id, resource_id, item_id)
                        DO UPDATE SET value = excluded.value, origin = excluded.origin,
                          at = excluded.at
                        WHERE excluded.at >= inventory_values.at
                          OR inventory_values.origin = 'assumed'
                        """);
        for (var known : values) {
            var ids = known.path().ids();
            batch.bind("device", deviceId)
                    .bind("object", ids.get(0))
                    .bind("instance", ids.get(1))
                    .bind("resource", ids.get(2))
                    .bind("item", ids.size() > 3 ? ids.get(3) : -1)
                    .bind("value", ValueText.write(known.value()))
                    .bind("origin", known.origin().toString())
                    .bind("at", known.at().toEpochMilli())
                    .add();
        }
        batch.execute();
    }

    /** Forgets the values at and below a path. */
    static void remove(Handle handle, String deviceId, ResourcePath path) {
        handle.createUpdate("DELETE FROM inventory_values WHERE device_id = :id" + condition(path))
                .bind("id", deviceId)
                .execute();
    }

    static void keepOnly(Handle handle, String deviceId, int objectId, List<Integer> instances) {
        handle.createUpdate(
                        """
                        DELETE FROM inventory_values
                        WHERE device_id = :id AND object_id = :object
                          AND instance_id NOT IN (<instances>)
                        """)
                .bind("id", deviceId)
                .bind("object", objectId)
                .bindList("instances", instances)
                .execute();
    }

    private static KnownValue value(ResultSet row, StatementContext context) throws SQLException {
        var item = row.getInt("item_id");
        var resource =
                ResourcePath.of(
                        row.getInt("object_id"),
                        row.getInt("instance_id"),
                        row.getInt("resource_id"));
        return new KnownValue(
                item < 0 ? resource : resource.child(item),
                ValueText.read(row.getString("value")),
                Instant.ofEpochMilli(row.getLong("at")),
                Origin.of(row.getString("origin")));
    }
}
