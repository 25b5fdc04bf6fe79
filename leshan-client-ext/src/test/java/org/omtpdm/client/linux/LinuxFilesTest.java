package org.omtpdm.client.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.client.file.DeviceFiles;
import org.omtpdm.client.file.DeviceFilesContract;
import org.omtpdm.client.file.FileProblem;
import org.omtpdm.client.file.FileRoot;
import org.omtpdm.client.file.FoundFile;
import org.omtpdm.objects.FileType;
import org.omtpdm.objects.OperationResult;
import org.omtpdm.objects.Requirement;
import org.omtpdm.objects.RootRight;
import org.omtpdm.objects.file.DevicePath;

class LinuxFilesTest extends DeviceFilesContract {

    @TempDir Path temp;
    private Path root;
    private Path outside;
    private LinuxFiles files;

    @BeforeEach
    void open() throws Exception {
        root = Files.createDirectory(temp.resolve("root"));
        outside = Files.createDirectory(temp.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        files = files(List.of());
    }

    private LinuxFiles files(List<Path> hidden) throws IOException {
        return new LinuxFiles(
                List.of(new FileRoot("all", root, Set.of(RootRight.values()))),
                new DigestCache(),
                hidden);
    }

    @Override
    protected DeviceFiles files() {
        return files;
    }

    @Override
    protected void put(String path, byte[] content) throws Exception {
        Path file = root;
        for (String segment : path.split("/")) {
            file = file.resolve(RawNames.path(segment));
        }
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    @Override
    protected void putLink(String path) throws Exception {
        Files.createSymbolicLink(root.resolve(path), outside);
    }

    @Test
    @Requirement("R-FI-03")
    void a_link_to_a_file_outside_is_neither_read_nor_does_deleting_it_touch_the_file()
            throws Exception {
        Files.createSymbolicLink(root.resolve("link"), outside.resolve("secret"));

        assertProblem(() -> files.read(path("link"), 0, 10), OperationResult.NOT_A_FILE);
        files.delete(path("link"), Optional.empty());

        assertThat(outside.resolve("secret")).hasContent("secret");
    }

    @Test
    @Requirement("R-FI-03")
    void a_directory_swapped_for_a_link_again_and_again_never_leads_out() throws Exception {
        Path dir = Files.createDirectory(root.resolve("dir"));
        Files.writeString(dir.resolve("secret"), "inside");
        Path aside = temp.resolve("aside");
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Void> attacker =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                while (!stop.get()) {
                                    Files.move(dir, aside);
                                    Files.createSymbolicLink(dir, outside);
                                    Files.delete(dir);
                                    Files.move(aside, dir, StandardCopyOption.ATOMIC_MOVE);
                                }
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        });
        int read = 0;
        for (int i = 0; i < 3000 && read < 500; i++) {
            try {
                assertThat(files.read(path("dir/secret"), 0, 10)).asString().isEqualTo("inside");
                read++;
            } catch (FileProblem e) {
                assertThat(e.result())
                        .isIn(
                                OperationResult.OUTSIDE_ROOT,
                                OperationResult.TARGET_NOT_FOUND,
                                OperationResult.NO_READ_RIGHT);
            }
            try {
                files.delete(path("dir/nothing"), Optional.empty());
            } catch (FileProblem e) {
                assertThat(e.result()).isNotEqualTo(OperationResult.OK);
            }
        }
        stop.set(true);
        attacker.get(10, TimeUnit.SECONDS);
        assertThat(outside.resolve("secret")).hasContent("secret");
    }

    @Test
    void pipes_and_other_nodes_are_listed_and_never_opened() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start().waitFor())
                .isZero();

        assertThat(files.stat(path("pipe")).type()).isEqualTo(FileType.OTHER);
        assertProblem(() -> files.read(path("pipe"), 0, 1), OperationResult.NOT_A_FILE);
        assertProblem(
                () -> files.digest(path("pipe"), DeviceFiles.Stop.NEVER),
                OperationResult.NOT_A_FILE);
        assertProblem(
                () -> files.children(path("pipe"), Optional.empty(), 1),
                OperationResult.NOT_A_DIRECTORY);
        files.delete(path("pipe"), Optional.empty());
        assertThat(root.resolve("pipe")).doesNotExist();
    }

    @Test
    void a_second_name_of_a_file_is_removed_and_the_first_stays() throws Exception {
        Files.createLink(root.resolve("second"), outside.resolve("secret"));

        files.delete(path("second"), Optional.empty());

        assertThat(outside.resolve("secret")).hasContent("secret");
    }

    @Test
    void names_that_are_no_text_are_left_out_and_harm_nobody() throws Exception {
        put("good", HELLO);
        Path bad = Path.of(java.net.URI.create("file://" + root + "/%FF%FEbad"));
        Files.write(bad, HELLO);

        assertThat(files.children(path(""), Optional.empty(), 10))
                .extracting(FoundFile::name)
                .containsExactly("good");
    }

    @Test
    void names_in_utf_8_work_whatever_the_locale_is() throws Exception {
        put("größe/日本語", HELLO);

        assertThat(files.children(path("größe"), Optional.empty(), 10))
                .extracting(FoundFile::name)
                .containsExactly("日本語");
        assertThat(files.read(path("größe/日本語"), 0, 5)).isEqualTo(HELLO);
        files.delete(path("größe/日本語"), Optional.empty());
    }

    @Test
    void no_permission_is_told_apart() throws Exception {
        put("dir/file", HELLO);
        boolean isRoot = "root".equals(System.getProperty("user.name"));
        Files.setPosixFilePermissions(root.resolve("dir"), Set.of());
        try {
            if (isRoot) {
                assertThat(files.stat(path("dir/file")).size()).as("root may always").isEqualTo(5);
            } else {
                assertProblem(() -> files.stat(path("dir/file")), OperationResult.NO_READ_RIGHT);
                assertProblem(
                        () -> files.delete(path("dir/file"), Optional.empty()),
                        OperationResult.NO_WRITE_RIGHT);
            }
        } finally {
            Files.setPosixFilePermissions(
                    root.resolve("dir"),
                    java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    @Requirement("R-FI-08")
    void the_agents_own_folder_is_not_there_even_below_a_root() throws Exception {
        put("agent/state", HELLO);
        LinuxFiles guarded = files(List.of(root.resolve("agent")));

        assertThat(guarded.children(path(""), Optional.empty(), 10)).isEmpty();
        assertProblem(() -> guarded.stat(path("agent")), OperationResult.TARGET_NOT_FOUND);
        assertProblem(
                () -> guarded.read(path("agent/state"), 0, 1), OperationResult.TARGET_NOT_FOUND);
        assertProblem(
                () -> guarded.delete(path("agent/state"), Optional.empty()),
                OperationResult.TARGET_NOT_FOUND);
    }

    @Test
    void a_digest_is_computed_again_when_the_file_has_changed() throws Exception {
        put("file", HELLO);
        String first = files.digest(path("file"), DeviceFiles.Stop.NEVER).hex();
        assertThat(files.knownDigest(path("file"), files.stat(path("file")))).isPresent();

        put("file", "HELLO".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        Files.setLastModifiedTime(
                root.resolve("file"), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));

        assertThat(files.knownDigest(path("file"), files.stat(path("file")))).isEmpty();
        assertThat(files.digest(path("file"), DeviceFiles.Stop.NEVER).hex()).isNotEqualTo(first);
    }

    @Test
    void hashing_stops_when_asked() throws Exception {
        put("large", new byte[1 << 20]);

        assertProblem(
                () -> files.digest(path("large"), () -> true), OperationResult.CANCELLED_BY_SERVER);
    }

    @Test
    void a_root_that_vanishes_is_told() throws Exception {
        Files.delete(root);

        assertProblem(
                () -> files.children(path(""), Optional.empty(), 1),
                OperationResult.TARGET_NOT_FOUND);
        assertProblem(() -> files.space(0), OperationResult.TARGET_NOT_FOUND);
        assertThatThrownBy(() -> Files.readAllBytes(root)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void a_path_cannot_even_be_written_that_leaves_a_root() {
        for (String evil :
                List.of(
                        "..",
                        "../x",
                        "a/../b",
                        "/etc/passwd",
                        "a//b",
                        "./a",
                        "a/.",
                        "a\0b",
                        "a/")) {
            assertThatThrownBy(() -> new DevicePath(0, evil))
                    .as(evil)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
