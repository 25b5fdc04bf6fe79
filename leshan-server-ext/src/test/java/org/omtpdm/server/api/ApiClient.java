package org.omtpdm.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.omtpdm.server.store.Json;

/**
 * Talks to the API as somebody, and checks every answer against {@code openapi.yaml}. Immutable,
 * but for its cookies.
 */
public final class ApiClient {

    private final int port;
    private final HttpClient http;
    private final Map<String, String> headers;
    private final boolean checked;

    private ApiClient(int port, HttpClient http, Map<String, String> headers, boolean checked) {
        this.port = port;
        this.http = http;
        this.headers = Map.copyOf(headers);
        this.checked = checked;
    }

    /** Nobody in particular, with a cookie jar of its own. */
    public static ApiClient anonymous(int port) {
        return new ApiClient(
                port,
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .cookieHandler(new CookieManager())
                        .connectTimeout(Duration.ofSeconds(5))
                        .build(),
                Map.of(),
                true);
    }

    public ApiClient with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new ApiClient(port, http, more, checked);
    }

    public ApiClient withToken(String secret) {
        return with("Authorization", "Bearer " + secret);
    }

    /** Without the check against {@code openapi.yaml}: for paths that it doesn't have. */
    public ApiClient unchecked() {
        return new ApiClient(port, http, headers, false);
    }

    /** Signs in; the returned client sends the cookie and the CSRF token. */
    public ApiClient signIn(String username, String password) {
        var answer = post("/api/v1/session", Map.of("username", username, "password", password));
        if (answer.status() != 201) {
            throw new AssertionError("Not signed in: " + answer);
        }
        return with("X-CSRF-Token", answer.json().get("csrfToken").asText());
    }

    /** An answer. */
    public record Answer(int status, byte[] body, HttpResponse<byte[]> response) {
        public JsonNode json() {
            return Json.readTree(text());
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** The error's code, empty when it isn't an error. */
        public String code() {
            return status < 400 ? "" : json().path("code").asText();
        }

        public Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }

        @Override
        public String toString() {
            return status + " " + text();
        }
    }

    public Answer get(String path) {
        return send("GET", path, Optional.empty());
    }

    public Answer post(String path, Object body) {
        return send("POST", path, Optional.of(Json.write(body)));
    }

    public Answer post(String path) {
        return send("POST", path, Optional.empty());
    }

    public Answer put(String path, Object body) {
        return send("PUT", path, Optional.of(Json.write(body)));
    }

    public Answer patch(String path, Object body) {
        return send("PATCH", path, Optional.of(Json.write(body)));
    }

    public Answer delete(String path) {
        return send("DELETE", path, Optional.empty());
    }

    /**
     * @param body JSON as text
     */
    public Answer send(String method, String path, Optional<String> body) {
        return sendBytes(method, path, body.map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    public Answer sendBytes(String method, String path, Optional<byte[]> body) {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(30))
                        .method(
                                method,
                                body.map(HttpRequest.BodyPublishers::ofByteArray)
                                        .orElse(HttpRequest.BodyPublishers.noBody()));
        headers.forEach(request::header);
        if (body.isPresent() && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (checked) {
                Contract.check(method, path.replaceAll("\\?.*", ""), response);
            }
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
