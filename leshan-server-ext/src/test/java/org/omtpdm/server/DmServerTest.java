package org.omtpdm.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.server.api.ApiClient;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.security.Role;
import org.omtpdm.server.security.accounts.NewToken;
import org.omtpdm.server.store.DatabaseException;

class DmServerTest {

    @TempDir Path folder;

    @Test
    void a_started_server_is_healthy_and_tells_of_itself() {
        try (var server = DmServer.start(ServerConfig.inFolder(folder))) {
            var anonymous = ApiClient.anonymous(server.httpPort());
            assertThat(anonymous.get("/health").json().get("status").asText()).isEqualTo("ok");

            var token =
                    server.accounts()
                            .tokens()
                            .add(
                                    Caller.system(),
                                    new NewToken("t", List.of(Role.VIEWER), Optional.empty()));
            var viewer = anonymous.withToken(token.secret());
            var facts = viewer.get("/api/v1/system").json();
            assertThat(facts.get("endpoints").get(0).asText())
                    .isEqualTo("coaps://127.0.0.1:" + server.coapsPort());
            assertThat(viewer.get("/metrics").text()).contains("omtpdm_registrations");
        }
    }

    @Test
    void a_folder_in_use_is_refused_by_name_and_with_the_process() {
        try (var server = DmServer.start(ServerConfig.inFolder(folder))) {
            assertThat(server.httpPort()).isPositive();
            assertThatThrownBy(() -> DmServer.start(ServerConfig.inFolder(folder)))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void a_server_starts_again_on_its_folder() {
        try (var server = DmServer.start(ServerConfig.inFolder(folder))) {
            server.accounts()
                    .tokens()
                    .add(
                            Caller.system(),
                            new NewToken("t", List.of(Role.VIEWER), Optional.empty()));
        }
        try (var server = DmServer.start(ServerConfig.inFolder(folder))) {
            assertThat(server.accounts().tokens().all()).hasSize(1);
        }
    }
}
