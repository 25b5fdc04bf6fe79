package org.omtpdm.server.api;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.omtpdm.server.security.Secrets;
import org.omtpdm.server.store.Json;

/** Does the work of a POST with an {@code Idempotency-Key} once, and answers repetitions alike. */
final class KeepPromises implements Filter {

    private static final int LONGEST_KEY = 100;

    private final Promises promises;

    KeepPromises(Promises promises) {
        this.promises = promises;
    }

    @Override
    public Response apply(Request request, Handler next) throws Exception {
        var header = request.header("Idempotency-Key");
        if (header.isEmpty()
                || request.route().method() != Method.POST
                || request.whoever().isEmpty()) {
            return next.handle(request);
        }
        var key = new Promises.Key(request.caller().name(), require(header.get()));
        var kept = promises.take(key, fingerprint(request));
        if (kept.isPresent()) {
            return again(kept.get());
        }
        return work(key, request, next);
    }

    private static String require(String key) {
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw new ManagementException(
                    ErrorCode.BAD_REQUEST,
                    "Idempotency-Key: expected 1 to " + LONGEST_KEY + " characters",
                    Map.of("header", "Idempotency-Key"));
        }
        return key;
    }

    private Response work(Promises.Key key, Request request, Handler next) throws Exception {
        try {
            var response = promises.doMarked(key, next, request);
            if (response.body() instanceof Response.JsonValue json) {
                promises.keep(
                        key, new Promises.Answer(response.status(), Json.write(json.value())));
            } else {
                promises.release(key);
            }
            return response;
        } catch (Exception e) {
            promises.release(key);
            throw e;
        }
    }

    private static Response again(Promises.Answer answer) {
        return Response.bytes(answer.body().getBytes(StandardCharsets.UTF_8), "application/json")
                .withStatus(answer.status())
                .withHeader("Idempotency-Replayed", "true");
    }

    private static String fingerprint(Request request) {
        return Secrets.hash(
                request.route().method()
                        + " "
                        + request.context().path()
                        + "?"
                        + request.context().queryString()
                        + "\n"
                        + HexFormat.of().formatHex(request.bodyBytes()));
    }
}
