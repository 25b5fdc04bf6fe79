package org.omtpdm.server.api;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Checks answers against {@code openapi.yaml}: status, content type, and body. */
public final class Contract {

    public static final String TEXT = text();

    private static final OpenApiInteractionValidator VALIDATOR =
            OpenApiInteractionValidator.createForInlineApiSpecification(asOpenApi30(TEXT))
                    .withLevelResolver(
                            LevelResolver.create()
                                    .withLevel(
                                            "validation.schema.additionalProperties",
                                            ValidationReport.Level.ERROR)
                                    .build())
                    .build();

    private Contract() {}

    private static String text() {
        try (var in = Router.class.getResourceAsStream("openapi.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The validator knows 3.0; we use nothing of 3.1 that 3.0 lacks, but the licence's identifier.
     */
    private static String asOpenApi30(String yaml) {
        return yaml.replace("openapi: 3.1.0", "openapi: 3.0.3")
                .replace(", identifier: Apache-2.0", "");
    }

    /**
     * @throws AssertionError when the answer isn't as documented
     */
    public static void check(String method, String path, HttpResponse<byte[]> answer) {
        var response = SimpleResponse.Builder.status(answer.statusCode()).withBody(answer.body());
        answer.headers().map().forEach((name, values) -> response.withHeader(name, values));
        var report = VALIDATOR.validateResponse(path, Method.valueOf(method), response.build());
        if (report.hasErrors()) {
            throw new AssertionError(
                    method
                            + " "
                            + path
                            + " answered "
                            + answer.statusCode()
                            + " "
                            + new String(answer.body(), StandardCharsets.UTF_8)
                            + "\nwhich is not as documented:\n"
                            + report.getMessages().stream()
                                    .map(ValidationReport.Message::getMessage)
                                    .collect(Collectors.joining("\n")));
        }
    }
}
