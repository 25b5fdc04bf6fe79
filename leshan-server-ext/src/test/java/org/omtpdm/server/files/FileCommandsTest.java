package org.omtpdm.server.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.omtpdm.server.commands.LaneRig.ANNA;
import static org.omtpdm.server.commands.LaneRig.json;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.omtpdm.objects.Requirement;
import org.omtpdm.objects.file.DevicePath;
import org.omtpdm.server.api.ErrorCode;
import org.omtpdm.server.api.ManagementException;
import org.omtpdm.server.commands.Command;
import org.omtpdm.server.commands.CommandKind;
import org.omtpdm.server.commands.CommandState;
import org.omtpdm.server.commands.LaneRig;
import org.omtpdm.server.commands.ModelDevice;
import org.omtpdm.server.store.TestDatabase;

class FileCommandsTest {

    private final LaneRig rig = LaneRig.on(TestDatabase.SQLITE).start();
    private final ModelDevice device =
            rig.device("d1")
                    .withFile("0:a.txt", "alpha")
                    .withFile("0:docs/b.txt", "beta")
                    .withFile("0:docs/deep/c.txt", "gamma");

    @AfterEach
    void close() {
        rig.close();
    }

    private FileService files() {
        return new FileService(
                rig.fleet, rig.commands, (id, path) -> List.of(), rig.contents, rig.audit);
    }

    private List<String> names(String path) {
        return files().list(ANNA, "id-d1", Optional.of(path)).items().stream()
                .map(FileView::name)
                .toList();
    }

    @Test
    @Requirement("R-FI-01")
    void a_directory_is_listed_and_kept() {
        assertThat(files().list(ANNA, "id-d1", Optional.of("0:")).at()).isEmpty();
        var command = rig.request("d1", CommandKind.FILE_LIST, json().put("path", "0:"));
        rig.run();
        assertThat(rig.now(command).state()).isEqualTo(CommandState.DONE);
        assertThat(names("0:")).containsExactly("a.txt", "docs");
        var listing = files().list(ANNA, "id-d1", Optional.of("0:"));
        assertThat(listing.complete()).contains(true);
        assertThat(listing.at()).contains(rig.clock.instant());
    }

    @Test
    void a_deep_listing_fills_every_directory_above_its_depth() {
        rig.request("d1", CommandKind.FILE_LIST, json().put("path", "0:").put("depth", 2));
        rig.run();
        assertThat(names("0:")).containsExactly("a.txt", "docs");
        assertThat(names("0:docs")).containsExactly("b.txt", "deep");
        assertThat(files().list(ANNA, "id-d1", Optional.of("0:docs/deep")).at()).isEmpty();
    }

    @Test
    void a_search_leaves_the_kept_listing_alone_and_gives_its_finds() {
        rig.request("d1", CommandKind.FILE_LIST, json().put("path", "0:"));
        rig.run();
        var search =
                rig.request(
                        "d1",
                        CommandKind.FILE_LIST,
                        json().put("path", "0:").put("depth", 16).put("name", "c.*"));
        rig.run();
        var result = rig.now(search).result().orElseThrow();
        assertThat(result.get("items")).hasSize(1);
        assertThat(result.get("items").get(0).get("path").asText()).isEqualTo("0:docs/deep/c.txt");
        assertThat(names("0:")).containsExactly("a.txt", "docs");
    }

    @Test
    @Requirement("R-FI-04")
    void five_thousand_files_come_in_windows() {
        for (int i = 0; i < 5000; i++) {
            device.withFile(String.format("1:many/file-%05d.dat", i), "x");
        }
        var command = rig.request("d1", CommandKind.FILE_LIST, json().put("path", "1:many"));
        rig.run();
        assertThat(rig.now(command).state()).isEqualTo(CommandState.DONE);
        assertThat(names("1:many")).hasSize(5000);
        assertThat(rig.now(command).result().orElseThrow().get("exchanges").asInt())
                .isLessThan(150);
    }

    @Test
    void listing_a_file_is_refused_with_a_reason() {
        var command = rig.request("d1", CommandKind.FILE_LIST, json().put("path", "0:a.txt"));
        rig.run();
        assertThat(rig.now(command).state()).isEqualTo(CommandState.REFUSED);
        assertThat(rig.now(command).cause()).contains("The path is not a directory");
    }

    @Test
    @Requirement("R-FI-02")
    void facts_with_digest_are_the_result_and_shown_in_the_listing() {
        rig.request("d1", CommandKind.FILE_LIST, json().put("path", "0:"));
        var command = rig.request("d1", CommandKind.FILE_STAT, json().put("path", "0:a.txt"));
        rig.run();
        var result = rig.now(command).result().orElseThrow();
        assertThat(result.get("sha256").asText()).isEqualTo(sha256("alpha"));
        var entry = files().list(ANNA, "id-d1", Optional.of("0:")).items().get(0);
        assertThat(entry.stat().orElseThrow().sha256()).contains(sha256("alpha"));
    }

    @Test
    void a_slow_stat_is_awaited() {
        device.slow(true);
        var command = rig.request("d1", CommandKind.FILE_STAT, json().put("path", "0:a.txt"));
        rig.run();
        assertThat(rig.now(command).state()).isEqualTo(CommandState.WORKING);
        device.finish();
        device.slow(false);
        rig.pass(Duration.ofMinutes(6));
        rig.run();
        assertThat(rig.now(command).state()).isEqualTo(CommandState.DONE);
    }

    @Test
    void content_comes_slice_by_slice_is_kept_sealed_for_an_hour_and_each_opening_is_audited() {
        device.withFile("0:long.bin", "0123456789".repeat(1000));
        var command =
                rig.request(
                        "d1",
                        CommandKind.FILE_FETCH,
                        json().put("path", "0:long.bin").put("offset", 5).put("length", 9000));
        rig.run();
        assertThat(rig.now(command).state()).isEqualTo(CommandState.DONE);
        var bytes = files().open(ANNA, command.id());
        assertThat(new String(bytes, StandardCharsets.UTF_8))
                .hasSize(9000)
                .startsWith("5678901234");
        var sealed =
                rig.database.read(
                        handle ->
                                handle.createQuery("SELECT sealed FROM command_contents")
                                        .mapTo(byte[].class)
                                        .one());
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("56789");
        assertThat(audited("file.open")).isEqualTo(1);

        rig.pass(Duration.ofMinutes(61));
        assertThatThrownBy(() -> files().open(ANNA, command.id()))
                .isInstanceOf(ManagementException.class)
                .extracting(e -> ((ManagementException) e).code())
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    private int audited(String action) {
        return rig.database.read(
                handle ->
                        handle.createQuery(
                                        "SELECT COUNT(*) FROM audit_records WHERE action = :action")
                                .bind("action", action)
                                .mapTo(Integer.class)
                                .one());
    }

    @Test
    @Requirement("R-FI-05")
    void a_file_is_deleted_only_while_it_is_the_one_that_was_meant() {
        rig.request("d1", CommandKind.FILE_LIST, json().put("path", "0:"));
        rig.run();
        var wrong = delete("0:a.txt", sha256("other"));
        rig.run();
        assertThat(rig.now(wrong).state()).isEqualTo(CommandState.REFUSED);
        assertThat(rig.now(wrong).cause())
                .contains("The file has changed meanwhile; nothing was done");
        var right = delete("0:a.txt", sha256("alpha"));
        rig.run();
        assertThat(rig.now(right).state()).isEqualTo(CommandState.DONE);
        assertThat(names("0:")).containsExactly("docs");
    }

    private Command delete(String path, String hash) {
        return rig.request(
                "d1", CommandKind.FILE_DELETE, json().put("path", path).put("sha256", hash));
    }

    @Test
    @Requirement("R-FI-03")
    void paths_that_could_leave_a_root_are_refused_before_anything_is_queued() {
        for (var path :
                List.of(
                        "0:../etc",
                        "/etc/passwd",
                        "0:a//b",
                        "0:a\0b",
                        "0:/etc",
                        "0:.",
                        "x:a",
                        "0")) {
            for (var kind :
                    List.of(
                            CommandKind.FILE_LIST,
                            CommandKind.FILE_STAT,
                            CommandKind.FILE_DELETE)) {
                assertThatThrownBy(() -> rig.request("d1", kind, json().put("path", path)))
                        .as("%s %s", kind, path)
                        .isInstanceOf(ManagementException.class)
                        .extracting(e -> ((ManagementException) e).code())
                        .isEqualTo(ErrorCode.BAD_REQUEST);
            }
        }
        rig.run();
        assertThat(rig.fleet.sent).isEmpty();
    }

    @Test
    void the_listings_kept_of_a_device_are_bounded_and_the_oldest_go_first() {
        var store = new FileStore();
        for (int i = 0; i < FileStore.DIRECTORIES_KEPT + 10; i++) {
            var path = new DevicePath(2, "d" + i);
            rig.database.write(
                    tx -> {
                        store.keep(tx, "id-d1", path, true, List.of());
                        store.trim(tx, "id-d1");
                        return null;
                    });
            rig.clock.advance(Duration.ofSeconds(1));
        }
        assertThat(files().list(ANNA, "id-d1", Optional.of("2:d9")).at()).isEmpty();
        assertThat(files().list(ANNA, "id-d1", Optional.of("2:d10")).at()).isPresent();
    }

    private static String sha256(String content) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
