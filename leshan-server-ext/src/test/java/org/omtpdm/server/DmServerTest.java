package org.omtpdm.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.server.events.EventStore;
import org.omtpdm.server.events.Events;
import org.omtpdm.server.events.NewEvent;

class DmServerTest {

    @TempDir Path folder;

    @Test
    void a_started_server_says_that_it_is_healthy() throws Exception {
        try (var server = DmServer.start(ServerConfig.inFolder(folder))) {
            var response =
                    HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(
                                                    URI.create(
                                                            "http://127.0.0.1:"
                                                                    + server.httpPort()
                                                                    + "/health"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("\"status\":\"ok\"");
            var store = new EventStore(server.database());
            var events = new Events(store);
            server.database()
                    .write(
                            tx ->
                                    events.publish(
                                            tx,
                                            NewEvent.of("user.changed", "hello")
                                                    .with(Map.of("a", 1))));
            assertThat(store.lastNumber()).isEqualTo(1);
            assertThat(store.after(0, 10, org.omtpdm.server.security.DeviceScope.all()))
                    .singleElement()
                    .satisfies(event -> assertThat(event.text()).isEqualTo("hello"));
        }
    }
}
