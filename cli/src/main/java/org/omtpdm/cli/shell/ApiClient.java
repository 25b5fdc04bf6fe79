package org.omtpdm.cli.shell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.omtpdm.cli.CommandFailure;
import org.omtpdm.cli.ExitCode;

/**
 * The management API as the shell needs it. Errors of the API become {@link CommandFailure}s whose
 * exit code follows from the error code. Thread-safe.
 */
public final class ApiClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Connection connection;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build();

    public ApiClient(Connection connection) {
        this.connection = connection;
    }

    public JsonNode get(String path) {
        return get(path, Map.of());
    }

    /**
     * @param query empty values are left out
     */
    public JsonNode get(String path, Map<String, ?> query) {
        return parse(send(request(path + queryString(query)).GET().build()));
    }

    /** The body as it came, for content that is no JSON. */
    public byte[] bytes(String path) {
        HttpRequest request = request(path).GET().build();
        return exchange(request);
    }

    /** Copies a body that may be long, as it comes. */
    public void copy(String path, OutputStream out) {
        HttpResponse<InputStream> response =
                send(request(path).GET().build(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() >= 400) {
                throw failure(response.statusCode(), body.readAllBytes());
            }
            body.transferTo(out);
            out.flush();
        } catch (IOException e) {
            throw noAnswer(e);
        }
    }

    /** Starts work once, however often this one request is repeated on its way. */
    public JsonNode post(String path, Object body) {
        return parse(
                send(
                        withBody(request(path), body)
                                .header("Idempotency-Key", UUID.randomUUID().toString())
                                .build(),
                        true));
    }

    public JsonNode patch(String path, Object body) {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
        return parse(send(request.method("PATCH", BodyPublishers.ofString(text(body))).build()));
    }

    public void delete(String path) {
        send(request(path).DELETE().build());
    }

    /** A path segment that may hold anything. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static HttpRequest.Builder withBody(HttpRequest.Builder request, Object body) {
        if (body == null) {
            return request.POST(BodyPublishers.noBody());
        }
        return request.header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(text(body)));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(connection.url() + path)).timeout(PATIENCE);
        connection.token().ifPresent(token -> builder.header("Authorization", "Bearer " + token));
        return builder;
    }

    private byte[] send(HttpRequest request) {
        return exchange(request);
    }

    private byte[] send(HttpRequest request, boolean repeatable) {
        try {
            return exchange(request);
        } catch (CommandFailure failure) {
            if (repeatable
                    && failure.getCause() instanceof IOException
                    && !(failure.getCause() instanceof ConnectException)) {
                return exchange(request);
            }
            throw failure;
        }
    }

    private byte[] exchange(HttpRequest request) {
        HttpResponse<byte[]> response = send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() >= 400) {
            throw failure(response.statusCode(), response.body());
        }
        return response.body();
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw noAnswer(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.NO_ANSWER, "Interrupted", e);
        }
    }

    private CommandFailure noAnswer(IOException e) {
        return new CommandFailure(
                ExitCode.NO_ANSWER,
                "No answer from the server at "
                        + connection.url()
                        + " ("
                        + e.getClass().getSimpleName()
                        + "); is it running? Name another with --url or OMTPDM_URL",
                e);
    }

    private CommandFailure failure(int status, byte[] body) {
        JsonNode error = MissingNode.getInstance();
        try {
            error = JSON.readTree(body);
        } catch (IOException e) {
            // not our API; the status says enough
        }
        String code = error.path("code").asText("");
        if (code.isEmpty()) {
            return new CommandFailure(
                    ExitCode.NO_ANSWER,
                    connection.url()
                            + " answered HTTP "
                            + status
                            + " without an error of this API");
        }
        String message = SafeText.of(error.path("message").asText(code));
        if (code.equals("NOT_SIGNED_IN") && connection.token().isEmpty()) {
            message = "No token: pass --token, set OMTPDM_TOKEN, or run this where ./dm demo runs";
        }
        return new CommandFailure(exitCodeOf(code), message + " [" + SafeText.of(code) + "]");
    }

    static int exitCodeOf(String errorCode) {
        return switch (errorCode) {
            case "BAD_REQUEST", "BODY_TOO_LARGE", "METHOD_NOT_ALLOWED", "UNSUPPORTED_MEDIA_TYPE" ->
                    ExitCode.USAGE;
            case "NOT_FOUND", "DEVICE_UNKNOWN", "COMMAND_UNKNOWN", "JOB_UNKNOWN" ->
                    ExitCode.NOT_FOUND;
            case "OVERLOADED" -> ExitCode.NO_ANSWER;
            case "INTERNAL" -> ExitCode.BROKEN;
            default -> ExitCode.REFUSED;
        };
    }

    private static JsonNode parse(byte[] body) {
        if (body.length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.NO_ANSWER,
                    "The server's answer is no JSON; is this the right address?",
                    e);
        }
    }

    private static String text(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Request body: " + e.getOriginalMessage(), e);
        }
    }

    private static String queryString(Map<String, ?> query) {
        Map<String, Object> given = new LinkedHashMap<>(query);
        given.values().removeIf(value -> value == null || value.toString().isEmpty());
        if (given.isEmpty()) {
            return "";
        }
        return given.entrySet().stream()
                .flatMap(
                        entry ->
                                entry.getValue() instanceof Iterable<?> several
                                        ? pairs(entry.getKey(), several)
                                        : pairs(entry.getKey(), List.of(entry.getValue())))
                .collect(Collectors.joining("&", "?", ""));
    }

    private static Stream<String> pairs(String name, Iterable<?> values) {
        Stream.Builder<String> pairs = Stream.builder();
        values.forEach(value -> pairs.add(name + "=" + segment(value.toString())));
        return pairs.build();
    }
}
