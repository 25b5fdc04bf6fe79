package org.omtpdm.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreValuesTest {

    @TempDir Path folder;

    @Test
    void ids_ascend_and_never_repeat() {
        var ids = IntStream.range(0, 20_000).mapToObj(i -> Ids.next()).toList();
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
        assertThat(ids).isSorted();
        assertThat(ids).allMatch(id -> id.matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab].*"));
    }

    @Test
    void every_cursor_reads_back_as_written() {
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++) {
            var text =
                    random.ints(random.nextInt(30), 32, 0xD7FF)
                            .collect(
                                    StringBuilder::new,
                                    StringBuilder::appendCodePoint,
                                    StringBuilder::append)
                            .toString();
            var cursor = Cursor.of(text, random.nextLong());
            assertThat(Cursor.parse(cursor.encode())).isEqualTo(cursor);
        }
    }

    @Test
    void what_is_no_cursor_is_refused() {
        var random = new Random(11);
        var wrong =
                List.of(
                        "",
                        "!",
                        "bnVsbA",
                        "W10",
                        "W251bGxd",
                        "WzEuNV0",
                        "W1tdXQ",
                        "x".repeat(3000));
        wrong.forEach(
                text ->
                        assertThatThrownBy(() -> Cursor.parse(text))
                                .isInstanceOf(IllegalArgumentException.class));
        for (var i = 0; i < 2_000; i++) {
            var bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            var text = new String(bytes, StandardCharsets.ISO_8859_1);
            try {
                Cursor.parse(text);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("cursor");
            }
        }
    }

    @Test
    void a_page_says_where_the_next_begins_only_when_there_is_more() {
        var request = PageRequest.first(2);
        var last = Page.cut(List.of(1, 2), request, Optional.empty(), Cursor::of);
        assertThat(last.nextCursor()).isEmpty();
        var more = Page.cut(List.of(1, 2, 3), request, Optional.of(9L), Cursor::of);
        assertThat(more.items()).containsExactly(1, 2);
        assertThat(Cursor.parse(more.nextCursor().orElseThrow()).number(0)).isEqualTo(2);
    }

    @Test
    void a_sealed_secret_opens_with_the_same_key_and_purpose_only() {
        var box = SecretBox.ofFile(folder.resolve("key"));
        var sealed = box.seal("psk/a", new byte[] {1, 2, 3});
        assertThat(SecretBox.ofFile(folder.resolve("key")).open("psk/a", sealed))
                .containsExactly(1, 2, 3);
        assertThat(box.seal("psk/a", new byte[] {1, 2, 3})).isNotEqualTo(sealed);
        assertThatThrownBy(() -> box.open("psk/b", sealed)).isInstanceOf(DatabaseException.class);
        assertThatThrownBy(() -> SecretBox.ofHex("00".repeat(32)).open("psk/a", sealed))
                .isInstanceOf(DatabaseException.class);
        for (var i = 0; i < sealed.length; i++) {
            var changed = sealed.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> box.open("psk/a", changed))
                    .isInstanceOf(DatabaseException.class);
        }
        assertThatThrownBy(() -> box.open("psk/a", new byte[3]))
                .isInstanceOf(DatabaseException.class);
    }

    @Test
    void a_secret_key_that_others_may_read_is_refused() throws Exception {
        var file = folder.resolve("key");
        SecretBox.ofFile(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> SecretBox.ofFile(file))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("600");
    }

    @Test
    void a_folder_of_a_newer_layout_is_refused_and_stays_free() throws Exception {
        DataFolder.open(folder).close();
        Files.writeString(folder.resolve("format"), "99\n");
        assertThatThrownBy(() -> DataFolder.open(folder))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("newer version");
        Files.writeString(folder.resolve("format"), "1\n");
        DataFolder.open(folder).close();
    }

    @Test
    void an_older_database_is_copied_before_it_is_migrated() throws Exception {
        var file = folder.resolve("old.db");
        try (var connection =
                        java.sql.DriverManager.getConnection(
                                "jdbc:sqlite:" + file.toAbsolutePath());
                var statement = connection.createStatement()) {
            // as if only the first migration had been there
            var first =
                    new String(
                            Database.class
                                    .getResourceAsStream("migrations/V1__core.sql")
                                    .readAllBytes(),
                            StandardCharsets.UTF_8);
            for (var sql :
                    first.replaceAll("(?m)--.*$", "").replace("${blob}", "BLOB").split(";")) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
            statement.execute(
                    "INSERT INTO tokens (id, name, secret_hash, roles, created_at, created_by)"
                            + " VALUES ('1', 'kept', 'h', '[\"viewer\"]', 1, 'x')");
        }
        Migrations.baseline(DatabaseConfig.sqlite(file), "1");
        try (var database =
                Database.open(DatabaseConfig.sqlite(file), java.time.Clock.systemUTC())) {
            assertThat(
                            database.<String>read(
                                    handle ->
                                            handle.createQuery("SELECT name FROM tokens")
                                                    .mapTo(String.class)
                                                    .one()))
                    .isEqualTo("kept");
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .anyMatch(name -> name.matches("old\\.db\\.before-v[0-9.]+-[0-9TZ]+"));
        }
    }
}
