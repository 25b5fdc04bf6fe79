package org.omtpdm.cli.nouns;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.omtpdm.cli.ExitCode;
import org.omtpdm.cli.shell.ApiOptions;
import org.omtpdm.cli.shell.SafeText;
import org.omtpdm.cli.shell.Table;
import org.omtpdm.cli.shell.WaitOptions;
import org.omtpdm.cli.shell.Work;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Devices. */
@Command(name = "device", description = "Devices: list, show, add, refresh, resources, refused")
public final class DeviceCommand extends Noun {

    @Command(description = "List devices")
    int list(
            @Mixin ApiOptions options,
            @Mixin Paging paging,
            @Parameters(
                            paramLabel = "WORD",
                            arity = "0..*",
                            description = "Words that all must match")
                    List<String> words,
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            description =
                                    "Online, Asleep, Overdue, Silent, \"Never seen\"…; may be repeated")
                    List<String> states,
            @Option(names = "--firmware", description = "Exact firmware version") String firmware,
            @Option(names = "--model", description = "Exact model number") String model,
            @Option(names = "--attention", description = "Only devices that need a person")
                    boolean attention,
            @Option(
                            names = "--sort",
                            paramLabel = "FIELD",
                            description =
                                    "name, endpoint, state, lastHeard, firmware, model, registeredAt, battery; a leading - sorts downwards")
                    String sort) {
        JsonNode page =
                options.api()
                        .get(
                                "/api/v1/devices",
                                paging.query(
                                        "q",
                                        words == null ? null : String.join(" ", words),
                                        "state",
                                        Fields.orNull(states),
                                        "firmware",
                                        firmware,
                                        "model",
                                        model,
                                        "attention",
                                        attention ? "true" : null,
                                        "sort",
                                        sort));
        return print(
                options,
                page,
                "No device matches.",
                new Table(
                        "NAME",
                        "ENDPOINT",
                        "STATE",
                        "",
                        "MODEL",
                        "FIRMWARE",
                        "LAST HEARD",
                        "WAITING"),
                (table, device) ->
                        table.row(
                                Fields.text(device, "name"),
                                Fields.text(device, "endpoint"),
                                Fields.text(device, "state"),
                                Fields.text(device, "stateDetail"),
                                Fields.text(device, "model"),
                                Fields.text(device, "firmware"),
                                Fields.age(device, "lastHeard"),
                                device.path("waitingCommands").asInt() == 0
                                        ? ""
                                        : device.path("waitingCommands").asText()));
    }

    @Command(description = "Show one device")
    int show(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = "DEVICE", description = DEVICE) String device) {
        JsonNode body = options.api().get("/api/v1/devices/" + options.deviceId(device));
        if (options.wantsJson()) {
            options.output().json(body);
            return ExitCode.DONE;
        }
        Table table = new Table("WHAT", "VALUE", "KNOWN SINCE");
        table.row("name", Fields.text(body, "name"), "")
                .row("endpoint", Fields.text(body, "endpoint"), "");
        table.row("id", Fields.text(body, "id"), "");
        table.row(
                "state",
                (Fields.text(body, "state") + " " + Fields.text(body, "stateDetail")).strip(),
                "");
        table.row("address", Fields.text(body, "address"), Fields.age(body, "registeredAt"));
        table.row(
                "LwM2M",
                Fields.text(body, "lwm2mVersion")
                        + (body.path("secured").asBoolean() ? ", DTLS" : ", not secured"),
                "");
        table.row("last heard", Fields.age(body, "lastHeard"), "");
        for (JsonNode fact : body.path("facts")) {
            String value =
                    fact.has("text")
                            ? Fields.text(fact, "text")
                            : fact.at("/known/value").asText("");
            table.row(Fields.text(fact, "label"), value, Fields.age(fact.path("known"), "at"));
        }
        for (JsonNode object : body.path("objects")) {
            table.row(
                    "object /" + object.path("objectId").asText(),
                    Fields.text(object, "name") + " " + Fields.text(object, "version"),
                    "");
        }
        for (JsonNode note : body.path("registrationNotes")) {
            table.row("note", note.asText(), "");
        }
        options.output().table(table, "");
        return ExitCode.DONE;
    }

    @Command(
            description =
                    "Announce a device and make or set its pre-shared key; the key is shown this once")
    int add(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = "ENDPOINT", description = "Endpoint client name")
                    String endpoint,
            @Option(names = "--name", description = "Display name") String name,
            @Option(names = "--psk-identity", description = "Default: the endpoint client name")
                    String identity,
            @Option(
                            names = "--psk-key",
                            paramLabel = "HEX",
                            description = "16 to 64 bytes; without it the server makes one")
                    String key) {
        JsonNode body =
                options.api()
                        .post(
                                "/api/v1/devices",
                                Fields.body(
                                        "endpoint",
                                        endpoint,
                                        "name",
                                        name,
                                        "pskIdentity",
                                        identity,
                                        "pskKey",
                                        key));
        if (options.wantsJson()) {
            options.output().json(body);
            return ExitCode.DONE;
        }
        options.output().line("id            " + SafeText.of(body.at("/device/id").asText()));
        options.output().line("PSK identity  " + SafeText.of(Fields.text(body, "pskIdentity")));
        if (body.has("pskKey")) {
            options.output().line("PSK key       " + SafeText.of(Fields.text(body, "pskKey")));
        }
        options.output().line("on the device " + SafeText.of(Fields.text(body, "agentCommand")));
        return ExitCode.DONE;
    }

    @Command(description = "Ask the device again; waits in the queue while it sleeps")
    int refresh(
            @Mixin ApiOptions options,
            @Mixin WaitOptions waiting,
            @Parameters(paramLabel = "DEVICE", description = DEVICE) String device,
            @Option(
                            names = "--what",
                            defaultValue = "facts",
                            description =
                                    "facts, objects, processes or roots (default: ${DEFAULT-VALUE})")
                    String what,
            @Option(
                            names = "--path",
                            paramLabel = "PATH",
                            description = "Only these paths; may be repeated")
                    List<String> paths) {
        JsonNode command =
                options.api()
                        .post(
                                "/api/v1/devices/" + options.deviceId(device) + "/refresh",
                                Fields.body("what", what, "paths", Fields.orNull(paths)));
        return Work.finish(options, waiting, command);
    }

    @Command(description = "Last known value of every resource; costs the device nothing")
    int resources(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = "DEVICE", description = DEVICE) String device) {
        JsonNode body =
                options.api().get("/api/v1/devices/" + options.deviceId(device) + "/resources");
        if (options.wantsJson()) {
            options.output().json(body);
            return ExitCode.DONE;
        }
        Table table = new Table("PATH", "NAME", "VALUE", "UNITS", "AGE", "HOW");
        for (JsonNode object : body.path("objects")) {
            for (JsonNode instance : object.path("instances")) {
                for (JsonNode resource : instance.path("resources")) {
                    addResource(table, object, resource);
                }
            }
        }
        options.output()
                .table(
                        table,
                        "Nothing is known of this device yet; ask it with: dm device refresh");
        return ExitCode.DONE;
    }

    private static void addResource(Table table, JsonNode object, JsonNode resource) {
        String name = Fields.text(object, "name") + " / " + Fields.text(resource, "name");
        if (resource.has("known")) {
            addValue(table, Fields.text(resource, "path"), name, resource, resource.path("known"));
        }
        for (JsonNode instance : resource.path("instances")) {
            String path =
                    Fields.text(resource, "path") + "/" + instance.path("instanceId").asText();
            addValue(table, path, name, resource, instance.path("known"));
        }
    }

    private static void addValue(
            Table table, String path, String name, JsonNode resource, JsonNode known) {
        table.row(
                path,
                name,
                Fields.text(known, "value"),
                Fields.text(resource, "units"),
                Fields.age(known, "at"),
                Fields.text(known, "origin"));
    }

    @Command(description = "Handshakes and registrations that were refused, with the reason")
    int refused(@Mixin ApiOptions options, @Mixin Paging paging) {
        JsonNode page = options.api().get("/api/v1/refused", paging.query());
        return print(
                options,
                page,
                "Nobody was refused.",
                new Table(
                        "LAST",
                        "TIMES",
                        "ADDRESS",
                        "ENDPOINT",
                        "IDENTITY",
                        "WHY",
                        "WHAT WOULD WORK"),
                (table, contact) ->
                        table.row(
                                Fields.age(contact, "at"),
                                Fields.text(contact, "count"),
                                Fields.text(contact, "address"),
                                Fields.text(contact, "endpoint"),
                                Fields.text(contact, "identity"),
                                Fields.text(contact, "text"),
                                Fields.text(contact, "suggestion")));
    }
}
