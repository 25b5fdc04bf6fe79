package org.omtpdm.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.cli.CommandFailure;

class ConnectionTest {

    @TempDir Path folder;

    @Test
    void a_running_demo_is_found_without_typing_anything() throws IOException {
        var demo = demoAt("http://127.0.0.1:8080");

        assertThat(Files.getPosixFilePermissions(folder.resolve("connection")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(find(Optional.empty(), Map.of(), demo))
                .isEqualTo(new Connection("http://127.0.0.1:8080", Optional.of("secret")));
    }

    @Test
    void the_demos_token_goes_to_no_other_server() throws IOException {
        var demo = demoAt("http://127.0.0.1:8080");

        assertThat(find(Optional.of("http://example.net"), Map.of(), demo).token()).isEmpty();
        assertThat(
                        find(Optional.empty(), Map.of("OMTPDM_URL", "http://127.0.0.1:81"), demo)
                                .token())
                .isEmpty();
        assertThat(find(Optional.of("http://127.0.0.1:8080/"), Map.of(), demo).token())
                .contains("secret");
    }

    @Test
    void options_count_more_than_the_environment_and_that_more_than_the_demo() throws IOException {
        var demo = demoAt("http://127.0.0.1:8080");
        var environment = Map.of("OMTPDM_URL", "http://127.0.0.1:2", "OMTPDM_TOKEN", "two");

        assertThat(find(Optional.empty(), environment, demo))
                .isEqualTo(new Connection("http://127.0.0.1:2", Optional.of("two")));
        assertThat(
                        Connection.find(
                                Optional.of("http://127.0.0.1:1"),
                                Optional.of("one"),
                                environment,
                                demo))
                .isEqualTo(new Connection("http://127.0.0.1:1", Optional.of("one")));
    }

    @Test
    void a_file_that_others_may_read_is_not_trusted() throws IOException {
        var demo = demoAt("http://127.0.0.1:8080");
        Files.setPosixFilePermissions(
                folder.resolve("connection"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(demo.read()).isEmpty();
    }

    @Test
    void an_address_that_is_none_is_refused_and_a_token_never_printed() {
        assertThatThrownBy(() -> new Connection("127.0.0.1:8080", Optional.empty()))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(2));
        assertThat(new Connection("http://a", Optional.of("secret")).toString())
                .doesNotContain("secret");
    }

    private Connection find(
            Optional<String> url, Map<String, String> environment, ConnectionFile demo) {
        return Connection.find(url, Optional.empty(), environment, demo);
    }

    private ConnectionFile demoAt(String url) throws IOException {
        var file = new ConnectionFile(folder.resolve("connection"));
        file.write(url, "secret");
        return file;
    }
}
