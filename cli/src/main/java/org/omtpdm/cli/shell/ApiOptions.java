package org.omtpdm.cli.shell;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import org.omtpdm.cli.CommandFailure;
import org.omtpdm.cli.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options every command of the API has. */
public final class ApiOptions {

    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The server. Default: OMTPDM_URL, else the running demo")
    Optional<String> url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description =
                    "Bearer token. Default: OMTPDM_TOKEN, else the running demo's. Others see options in the process list")
    Optional<String> token;

    @Option(names = "--json", description = "Print the API's body instead of a table")
    boolean json;

    private ApiClient client;

    public ApiClient api() {
        if (client == null) {
            client =
                    new ApiClient(
                            Connection.find(
                                    url, token, System.getenv(), ConnectionFile.ofDefaultDemo()));
        }
        return client;
    }

    public boolean wantsJson() {
        return json;
    }

    public Output output() {
        return new Output(Streams.out(), Streams.err(), System.console() != null);
    }

    /**
     * The id of a device named by its id, its endpoint client name or its display name.
     *
     * @throws CommandFailure not found, or several devices have this name
     */
    public String deviceId(String named) {
        JsonNode byEndpoint = api().get("/api/v1/devices", Map.of("endpoint", named, "limit", 2));
        if (byEndpoint.path("items").size() == 1) {
            return byEndpoint.at("/items/0/id").asText();
        }
        if (named.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            return api().get("/api/v1/devices/" + named).path("id").asText();
        }
        String found = null;
        for (JsonNode device :
                api().get("/api/v1/devices", Map.of("q", named, "limit", 500)).path("items")) {
            if (device.path("name").asText().equals(named)) {
                if (found != null) {
                    throw new CommandFailure(
                            ExitCode.USAGE,
                            "Several devices are named '"
                                    + SafeText.of(named)
                                    + "'; use an endpoint or an id");
                }
                found = device.path("id").asText();
            }
        }
        if (found == null) {
            throw new CommandFailure(
                    ExitCode.NOT_FOUND,
                    "No device has the id, endpoint or name '"
                            + SafeText.of(named)
                            + "'; see: dm device list");
        }
        return found;
    }

    public CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message);
    }
}
