package org.omtpdm.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;

/** Signs in as a browser does and makes a token with every role. */
final class Tokens {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Tokens() {}

    static String make(String url, String username, String password) {
        try {
            HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
            JsonNode session =
                    post(
                            browser,
                            url + "/api/v1/session",
                            "",
                            Map.of("username", username, "password", password));
            JsonNode token =
                    post(
                            browser,
                            url + "/api/v1/tokens",
                            session.path("csrfToken").asText(),
                            Map.of(
                                    "name",
                                    "test",
                                    "roles",
                                    List.of("viewer", "operator", "security-officer", "admin")));
            return token.path("secret").asText();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static JsonNode post(HttpClient browser, String url, String csrfToken, Object body)
            throws IOException, InterruptedException {
        var response =
                browser.send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("Content-Type", "application/json")
                                .header("X-CSRF-Token", csrfToken)
                                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                                .build(),
                        BodyHandlers.ofString());
        if (response.statusCode() != 201) {
            throw new AssertionError(url + ": " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }
}
