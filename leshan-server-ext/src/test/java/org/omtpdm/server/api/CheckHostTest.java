package org.omtpdm.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.server.security.Permission;

/** Requests as other web sites, and broken clients, would send them: byte by byte. */
class CheckHostTest {

    @TempDir Path folder;

    private static String send(ApiFixture api, String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", api.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(readAll(socket.getInputStream()), StandardCharsets.UTF_8);
        }
    }

    private static byte[] readAll(InputStream in) throws IOException {
        return in.readAllBytes();
    }

    private static String signIn(String headers) {
        var body = "{\"username\":\"a\",\"password\":\"b\"}";
        return "POST /api/v1/session HTTP/1.1\r\n"
                + headers
                + "Content-Type: application/json\r\nConnection: close\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body;
    }

    @Test
    void other_sites_and_other_names_are_kept_out_and_broken_requests_answered_in_our_form()
            throws Exception {
        try (var api =
                ApiFixture.open(
                        folder,
                        (fixture, router) ->
                                router.get(
                                        "/api/v1/secret",
                                        Permission.SEE,
                                        request -> Response.ok("")))) {
            assertThat(send(api, signIn("Host: evil.example\r\n"))).contains("NOT_ALLOWED");
            assertThat(
                            send(
                                    api,
                                    signIn(
                                            "Host: 127.0.0.1:80\r\nOrigin:"
                                                    + " http://evil.example\r\n")))
                    .contains("NOT_ALLOWED");
            assertThat(send(api, signIn("Host: localhost\r\nSec-Fetch-Site: cross-site\r\n")))
                    .contains("NOT_ALLOWED");
            assertThat(send(api, signIn("Host: localhost:1\r\nOrigin: http://localhost:1\r\n")))
                    .contains("SIGN_IN_FAILED");
            assertThat(
                            send(
                                    api,
                                    "GET /api/v1/secret HTTP/1.1\r\nHost: rebound.example\r\n"
                                            + "Connection: close\r\n\r\n"))
                    .contains("NOT_ALLOWED");
            for (var broken :
                    new String[] {
                        "GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                        "NONSENSE\r\n\r\n",
                        "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(40_000) + "\r\n\r\n"
                    }) {
                var answer = send(api, broken);
                assertThat(answer).startsWith("HTTP/1.1 4");
                assertThat(answer).doesNotContain("Jetty").doesNotContain("at org.");
            }
        }
    }
}
