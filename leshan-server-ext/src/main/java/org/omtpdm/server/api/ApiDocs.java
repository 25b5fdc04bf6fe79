package org.omtpdm.server.api;

import java.nio.charset.StandardCharsets;

/** The description of the API, for programs ({@code openapi.yaml}) and for people (Swagger UI). */
final class ApiDocs {

    private static final String PATH = "/api/docs";
    private static final String SWAGGER_UI = "META-INF/resources/webjars/swagger-ui/5.32.0";

    private final StaticFiles description = new StaticFiles("org/omtpdm/server/api");
    private final StaticFiles swagger = new StaticFiles(SWAGGER_UI);

    void addTo(Router router) {
        router.anonymous(
                Method.GET,
                "/api/v1/openapi.yaml",
                request -> fileOf(description, "openapi.yaml", request));
        router.anonymous(Method.GET, PATH, request -> page("docs.html", request));
        router.anonymous(
                Method.GET, PATH + "/docs.js", request -> fileOf(description, "docs.js", request));
        router.anonymous(
                Method.GET,
                PATH + "/{file}",
                request -> fileOf(swagger, request.path("file"), request));
    }

    private Response page(String name, Request request) {
        return fileOf(description, name, request);
    }

    private static Response fileOf(StaticFiles files, String name, Request request) {
        return files.file(name, "no-cache", request).orElseThrow(Console::notFound);
    }

    /** The text of {@code openapi.yaml}. */
    static String text() {
        try (var in = ApiDocs.class.getResourceAsStream("openapi.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
