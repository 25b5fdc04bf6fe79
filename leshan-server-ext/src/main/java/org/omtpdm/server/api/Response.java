package org.omtpdm.server.api;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer: a status, headers, and one of the bodies below.
 *
 * @param headers besides Content-Type and Content-Length
 */
public record Response(int status, Map<String, String> headers, Body body) {

    public Response {
        headers = Map.copyOf(headers);
    }

    /** What is sent. */
    public sealed interface Body {}

    /** Nothing. */
    record Nothing() implements Body {}

    /** A value, written as JSON. */
    record JsonValue(Object value) implements Body {}

    /** Bytes as they are. */
    record Content(byte[] bytes, String contentType) implements Body {}

    /** Written piece by piece, on a thread of its own, for as long as it takes. */
    record Stream(String contentType, Writing writing) implements Body {}

    /** Writes a stream; the stream ends when it returns or throws. */
    @FunctionalInterface
    public interface Writing {
        void to(OutputStream out) throws IOException, InterruptedException;
    }

    public static Response ok(Object value) {
        return new Response(200, Map.of(), new JsonValue(value));
    }

    public static Response created(Object value) {
        return new Response(201, Map.of(), new JsonValue(value));
    }

    public static Response accepted(Object value) {
        return new Response(202, Map.of(), new JsonValue(value));
    }

    public static Response noContent() {
        return new Response(204, Map.of(), new Nothing());
    }

    public static Response bytes(byte[] content, String contentType) {
        return new Response(200, Map.of(), new Content(content.clone(), contentType));
    }

    public static Response stream(String contentType, Writing writing) {
        return new Response(200, Map.of(), new Stream(contentType, writing));
    }

    static Response error(ErrorCode code, String message, Map<String, Object> details) {
        return new Response(
                code.httpStatus(), Map.of(), new JsonValue(new ErrorBody(code, message, details)));
    }

    /** The form of every error. */
    record ErrorBody(ErrorCode code, String message, Map<String, Object> details) {}

    public Response withStatus(int other) {
        return new Response(other, headers, body);
    }

    public Response withHeader(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Response(status, more, body);
    }
}
