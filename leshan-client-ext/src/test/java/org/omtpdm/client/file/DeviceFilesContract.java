package org.omtpdm.client.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.omtpdm.objects.FileType;
import org.omtpdm.objects.OperationResult;
import org.omtpdm.objects.file.DevicePath;

/** What every {@link DeviceFiles} does; root 0 is empty at the start and all is allowed in it. */
public abstract class DeviceFilesContract {

    protected static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

    protected abstract DeviceFiles files();

    /** Puts a file there, and the directories above it. */
    protected abstract void put(String path, byte[] content) throws Exception;

    /** Puts a link there, to somewhere outside the root. */
    protected abstract void putLink(String path) throws Exception;

    protected static DevicePath path(String path) {
        return new DevicePath(0, path);
    }

    protected static void assertProblem(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, OperationResult result) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FileProblem.class,
                        problem -> assertThat(problem.result()).isEqualTo(result));
    }

    @Test
    void children_come_in_the_order_of_their_bytes_and_no_more_than_asked() throws Exception {
        for (String name : List.of("b", "a", "Z", "é", "a.txt", "a-b", "zz", "𝄞")) {
            put(name, HELLO);
        }

        List<FoundFile> all = files().children(path(""), Optional.empty(), 100);

        assertThat(all)
                .extracting(FoundFile::name)
                .containsExactly("Z", "a", "a-b", "a.txt", "b", "zz", "é", "𝄞");
        assertThat(files().children(path(""), Optional.of("a"), 2))
                .extracting(FoundFile::name)
                .containsExactly("a-b", "a.txt");
        assertThat(files().children(path(""), Optional.of("𝄞"), 2)).isEmpty();
    }

    @Test
    void a_file_is_described_read_and_hashed() throws Exception {
        put("dir/hello.txt", HELLO);

        FoundFile found = files().stat(path("dir/hello.txt"));

        assertThat(found.type()).isEqualTo(FileType.FILE);
        assertThat(found.size()).isEqualTo(5);
        assertThat(files().read(path("dir/hello.txt"), 1, 3)).asString().isEqualTo("ell");
        assertThat(files().read(path("dir/hello.txt"), 4, 10)).asString().isEqualTo("o");
        assertThat(files().read(path("dir/hello.txt"), 99, 10)).isEmpty();
        assertThat(files().digest(path("dir/hello.txt"), DeviceFiles.Stop.NEVER).hex())
                .isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        assertThat(files().stat(path("dir")).type()).isEqualTo(FileType.DIRECTORY);
        assertThat(files().stat(path("")).type()).isEqualTo(FileType.DIRECTORY);
    }

    @Test
    void what_is_not_there_or_not_of_that_kind_is_told() throws Exception {
        put("file", HELLO);
        put("dir/inner", HELLO);

        assertProblem(() -> files().stat(path("nothing")), OperationResult.TARGET_NOT_FOUND);
        assertProblem(() -> files().stat(new DevicePath(9, "x")), OperationResult.TARGET_NOT_FOUND);
        assertProblem(
                () -> files().children(path("nothing"), Optional.empty(), 1),
                OperationResult.TARGET_NOT_FOUND);
        assertProblem(
                () -> files().children(path("file"), Optional.empty(), 1),
                OperationResult.NOT_A_DIRECTORY);
        assertProblem(() -> files().stat(path("file/below")), OperationResult.NOT_A_DIRECTORY);
        assertProblem(() -> files().read(path("dir"), 0, 1), OperationResult.NOT_A_FILE);
        assertProblem(
                () -> files().delete(path("dir"), Optional.empty()),
                OperationResult.DIRECTORY_NOT_EMPTY);
        assertProblem(
                () -> files().delete(path(""), Optional.empty()), OperationResult.TARGET_PROTECTED);
    }

    @Test
    void links_are_seen_and_never_followed() throws Exception {
        putLink("link");

        assertThat(files().stat(path("link")).type()).isEqualTo(FileType.LINK);
        assertThat(files().children(path(""), Optional.empty(), 9))
                .extracting(FoundFile::type)
                .containsExactly(FileType.LINK);
        assertProblem(
                () -> files().children(path("link"), Optional.empty(), 1),
                OperationResult.OUTSIDE_ROOT);
        assertProblem(() -> files().stat(path("link/x")), OperationResult.OUTSIDE_ROOT);
        assertProblem(() -> files().read(path("link"), 0, 1), OperationResult.NOT_A_FILE);
        assertProblem(
                () -> files().digest(path("link"), DeviceFiles.Stop.NEVER),
                OperationResult.NOT_A_FILE);
        assertProblem(
                () -> files().delete(path("link/x"), Optional.empty()),
                OperationResult.OUTSIDE_ROOT);
    }

    @Test
    void only_what_was_meant_is_deleted() throws Exception {
        put("dir/file", HELLO);
        FoundFile before = files().stat(path("dir/file"));
        put("dir/file", "other content".getBytes(StandardCharsets.UTF_8));

        assertProblem(
                () -> files().delete(path("dir/file"), Optional.of(before)),
                OperationResult.TARGET_CHANGED);
        assertThat(files().stat(path("dir/file")).size()).isEqualTo(13);

        files().delete(path("dir/file"), Optional.empty());
        files().delete(path("dir"), Optional.empty());
        assertThat(files().children(path(""), Optional.empty(), 9)).isEmpty();
    }
}
