package org.omtpdm.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds on every database. */
class DatabaseContractTest {

    @TempDir Path folder;

    private Database open(DatabaseConfig config) {
        var database = Database.open(config, Clock.systemUTC());
        database.write(
                tx ->
                        tx.handle()
                                .execute(
                                        "CREATE TABLE notes (id BIGINT PRIMARY KEY, text TEXT,"
                                                + " at BIGINT, flag INTEGER)"));
        return database;
    }

    private static void add(Tx tx, long id, String text) {
        tx.handle()
                .createUpdate(
                        "INSERT INTO notes (id, text, at, flag) VALUES (:id, :text, :at, :flag)")
                .bind("id", id)
                .bind("text", text)
                .bind("at", tx.now())
                .bind("flag", true)
                .execute();
    }

    private static List<Long> ids(Database database) {
        return database.read(
                handle ->
                        handle.createQuery("SELECT id FROM notes ORDER BY id")
                                .mapTo(Long.class)
                                .list());
    }

    @ParameterizedTest
    @EnumSource(TestDatabases.Kind.class)
    void what_was_written_is_seen_by_the_next_read_and_after_reopening(TestDatabases.Kind kind) {
        var config = TestDatabases.fresh(kind, folder);
        try (var database = open(config)) {
            database.write(
                    tx -> {
                        add(tx, 1, "one");
                        return null;
                    });
            assertThat(ids(database)).containsExactly(1L);
        }
        try (var database = Database.open(config, Clock.systemUTC())) {
            assertThat(ids(database)).containsExactly(1L);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabases.Kind.class)
    void times_are_milliseconds_and_booleans_numbers(TestDatabases.Kind kind) {
        try (var database = open(TestDatabases.fresh(kind, folder))) {
            var now =
                    database.write(
                            tx -> {
                                add(tx, 1, "one");
                                return tx.now();
                            });
            assertThat(now.toEpochMilli() * 1_000_000L)
                    .isEqualTo(now.getEpochSecond() * 1_000_000_000L + now.getNano());
            database.read(
                    handle -> {
                        assertThat(
                                        handle.createQuery("SELECT at FROM notes")
                                                .mapTo(Instant.class)
                                                .one())
                                .isEqualTo(now);
                        assertThat(
                                        handle.createQuery("SELECT flag FROM notes")
                                                .mapTo(Boolean.class)
                                                .one())
                                .isTrue();
                        return null;
                    });
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabases.Kind.class)
    void a_failing_task_rolls_back_alone(TestDatabases.Kind kind) {
        try (var database = open(TestDatabases.fresh(kind, folder))) {
            var effects = new CopyOnWriteArrayList<String>();
            var futures = new ArrayList<CompletableFuture<Object>>();
            for (var id = 0; id < 60; id++) {
                var number = id;
                futures.add(
                        database.writeAsync(
                                tx -> {
                                    add(tx, number, "n" + number);
                                    tx.afterCommit(() -> effects.add("after " + number));
                                    if (number % 3 == 0) {
                                        // also when it is the database that refuses
                                        add(tx, number, "twice");
                                    }
                                    return null;
                                }));
            }
            futures.forEach(future -> future.exceptionally(e -> null).join());
            database.settle();
            var expected =
                    IntStream.range(0, 60).filter(n -> n % 3 != 0).mapToObj(n -> (long) n).toList();
            assertThat(ids(database)).isEqualTo(expected);
            assertThat(effects)
                    .isEqualTo(expected.stream().map(number -> "after " + number).toList());
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabases.Kind.class)
    void the_caller_gets_what_the_task_threw(TestDatabases.Kind kind) {
        try (var database = open(TestDatabases.fresh(kind, folder))) {
            assertThatThrownBy(
                            () ->
                                    database.write(
                                            tx -> {
                                                throw new IllegalArgumentException("no");
                                            }))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("no");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabases.Kind.class)
    void memory_is_updated_before_the_writer_answers(TestDatabases.Kind kind) {
        try (var database = open(TestDatabases.fresh(kind, folder))) {
            var seen = new ArrayList<String>();
            database.write(
                    tx -> {
                        tx.onCommit(() -> seen.add("updated"));
                        return null;
                    });
            assertThat(seen).containsExactly("updated");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabases.Kind.class)
    void an_after_effect_may_write(TestDatabases.Kind kind) {
        try (var database = open(TestDatabases.fresh(kind, folder))) {
            database.write(
                    tx -> {
                        tx.afterCommit(
                                () ->
                                        database.write(
                                                later -> {
                                                    add(later, 7, "later");
                                                    return null;
                                                }));
                        return null;
                    });
            database.settle();
            assertThat(ids(database)).containsExactly(7L);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabases.Kind.class)
    void a_task_that_waits_for_another_is_refused(TestDatabases.Kind kind) {
        try (var database = open(TestDatabases.fresh(kind, folder))) {
            assertThatThrownBy(() -> database.write(tx -> database.write(inner -> null)))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabases.Kind.class)
    void a_read_cannot_write(TestDatabases.Kind kind) {
        try (var database = open(TestDatabases.fresh(kind, folder))) {
            assertThatThrownBy(
                            () ->
                                    database.read(
                                            handle ->
                                                    handle.execute(
                                                            "INSERT INTO notes (id) VALUES (1)")))
                    .isInstanceOf(RuntimeException.class);
            assertThat(ids(database)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabases.Kind.class)
    void a_read_sees_one_state_throughout(TestDatabases.Kind kind) {
        try (var database = open(TestDatabases.fresh(kind, folder))) {
            var counts =
                    database.read(
                            handle -> {
                                var sql = "SELECT COUNT(*) FROM notes";
                                var before = handle.createQuery(sql).mapTo(Long.class).one();
                                database.write(
                                        tx -> {
                                            add(tx, 1, "meanwhile");
                                            return null;
                                        });
                                var after = handle.createQuery(sql).mapTo(Long.class).one();
                                return List.of(before, after);
                            });
            assertThat(counts).containsExactly(0L, 0L);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabases.Kind.class)
    void references_are_enforced(TestDatabases.Kind kind) {
        try (var database = open(TestDatabases.fresh(kind, folder))) {
            assertThatThrownBy(
                            () ->
                                    database.write(
                                            tx ->
                                                    tx.handle()
                                                            .execute(
                                                                    "INSERT INTO sessions (id_hash,"
                                                                            + " user_id, csrf_token,"
                                                                            + " created_at,"
                                                                            + " last_used_at,"
                                                                            + " expires_at, address)"
                                                                            + " VALUES ('a', 'nobody',"
                                                                            + " 'c', 1, 1, 1, 'x')")))
                    .isInstanceOf(RuntimeException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabases.Kind.class)
    void tables_of_a_newer_version_are_refused(TestDatabases.Kind kind) {
        var config = TestDatabases.fresh(kind, folder);
        try (var database = open(config)) {
            database.write(
                    tx ->
                            tx.handle()
                                    .execute(
                                            "INSERT INTO flyway_schema_history (installed_rank,"
                                                    + " version, description, type, script,"
                                                    + " installed_by, execution_time, success,"
                                                    + " installed_on) VALUES (900, '900', 'later',"
                                                    + " 'SQL', 'V900__later.sql', 'x', 1, "
                                                    + (kind == TestDatabases.Kind.SQLITE
                                                            ? "1"
                                                            : "true")
                                                    + ", CURRENT_TIMESTAMP)"));
        }
        assertThatThrownBy(() -> Database.open(config, Clock.systemUTC()))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("newer version");
    }
}
