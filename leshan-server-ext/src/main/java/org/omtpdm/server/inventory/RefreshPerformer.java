package org.omtpdm.server.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.commands.ArgumentReader;
import org.omtpdm.server.commands.CommandKind;
import org.omtpdm.server.commands.CommandPerformer;
import org.omtpdm.server.commands.Outcome;
import org.omtpdm.server.commands.Performance;
import org.omtpdm.server.devices.DeviceService;
import org.omtpdm.server.lwm2m.DeviceReply;
import org.omtpdm.server.lwm2m.DeviceRequest;
import org.omtpdm.server.lwm2m.Reading;
import org.omtpdm.server.security.Permission;

/** {@code device.refresh}: reads what is known of a device again, path by path. */
public final class RefreshPerformer implements CommandPerformer {

    static final String WHAT = "what";
    static final String PATHS = "paths";
    private static final int MOST_PATHS = 50;
    private static final int LONGEST_PATH = 30;

    private final DeviceService devices;
    private final InventoryService inventory;

    public RefreshPerformer(DeviceService devices, InventoryService inventory) {
        this.devices = devices;
        this.inventory = inventory;
    }

    @Override
    public CommandKind kind() {
        return CommandKind.DEVICE_REFRESH;
    }

    @Override
    public Permission permission() {
        return Permission.OPERATE;
    }

    @Override
    public boolean changes() {
        return false;
    }

    @Override
    public OptionalInt objectId() {
        return OptionalInt.empty();
    }

    @Override
    public JsonNode validate(JsonNode arguments) {
        var reader = new ArgumentReader(arguments);
        var what = RefreshScope.find(reader.text(WHAT, 20));
        if (what.isEmpty()) {
            throw ArgumentReader.bad(WHAT, "expected facts, objects, processes or roots");
        }
        var checked = JsonNodeFactory.instance.objectNode().put(WHAT, what.get().toString());
        if (reader.has(PATHS)) {
            if (what.get() != RefreshScope.OBJECTS) {
                throw ArgumentReader.bad(PATHS, "goes with objects only");
            }
            var paths = checked.putArray(PATHS);
            checkedPaths(arguments.get(PATHS)).forEach(path -> paths.add(path.toString()));
        }
        reader.end();
        return checked;
    }

    private static List<ResourcePath> checkedPaths(JsonNode given) {
        if (!given.isArray() || given.size() > MOST_PATHS) {
            throw ArgumentReader.bad(PATHS, "expected a list of at most " + MOST_PATHS + " paths");
        }
        var paths = new ArrayList<ResourcePath>();
        for (var text : given) {
            if (!text.isTextual() || text.asText().length() > LONGEST_PATH) {
                throw ArgumentReader.bad(PATHS, "expected paths like /3/0/9");
            }
            paths.add(path(text.asText()));
        }
        return paths;
    }

    private static ResourcePath path(String text) {
        try {
            var path = ResourcePath.parse(text);
            if (path.ids().isEmpty()) {
                throw ArgumentReader.bad(PATHS, "a device can't be read as a whole");
            }
            return path;
        } catch (IllegalArgumentException e) {
            throw ArgumentReader.bad(PATHS, "expected paths like /3/0/9");
        }
    }

    @Override
    public String title(JsonNode arguments) {
        return arguments.hasNonNull(PATHS)
                ? "Read " + String.join(", ", texts(arguments.get(PATHS)))
                : scope(arguments).title();
    }

    private static RefreshScope scope(JsonNode arguments) {
        return RefreshScope.find(arguments.path(WHAT).asText()).orElseThrow();
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    @Override
    public CompletableFuture<Outcome> perform(Performance performance) {
        var paths = paths(performance);
        return paths.isEmpty()
                ? CompletableFuture.completedFuture(
                        new Outcome.Refused(
                                "The device has nothing of this kind", Optional.empty()))
                : new Round(performance, paths).next();
    }

    private List<ResourcePath> paths(Performance performance) {
        var arguments = performance.arguments();
        return arguments.hasNonNull(PATHS)
                ? checkedPaths(arguments.get(PATHS))
                : devices.announcement(performance.device().id())
                        .map(announced -> RefreshPlan.paths(scope(arguments), announced))
                        .orElse(List.of());
    }

    /**
     * One path after the other; a path the device refuses doesn't keep the others from being read.
     */
    private final class Round {
        private final Performance performance;
        private final List<ResourcePath> paths;
        private final List<ResourcePath> refused = new ArrayList<>();
        private Outcome lastRefusal;
        private int done;
        private int values;

        private Round(Performance performance, List<ResourcePath> paths) {
            this.performance = performance;
            this.paths = paths;
        }

        private CompletableFuture<Outcome> next() {
            if (done == paths.size()) {
                return CompletableFuture.completedFuture(end());
            }
            var path = paths.get(done);
            return performance
                    .send(new DeviceRequest.Read(path))
                    .thenCompose(reply -> take(path, reply));
        }

        private CompletableFuture<Outcome> take(ResourcePath path, DeviceReply<Reading> reply) {
            if (reply instanceof DeviceReply.Answered<Reading> answered) {
                inventory.read(performance.device().id(), path, answered.value());
                values += answered.value().values().size();
            } else if (reply instanceof DeviceReply.Refused<Reading>
                    && Outcome.of(reply) instanceof Outcome.Refused refusal) {
                refused.add(path);
                lastRefusal = refusal;
            } else {
                return CompletableFuture.completedFuture(Outcome.of(reply));
            }
            done++;
            return done == paths.size()
                    ? next()
                    : performance.giveWay().thenCompose(turn -> next());
        }

        private Outcome end() {
            if (refused.size() == paths.size()) {
                return lastRefusal;
            }
            var result = JsonNodeFactory.instance.objectNode().put("values", values);
            if (!refused.isEmpty()) {
                var list = result.putArray("refused");
                refused.forEach(path -> list.add(path.toString()));
            }
            return new Outcome.Done(
                            values
                                    + (values == 1 ? " value read" : " values read")
                                    + (refused.isEmpty()
                                            ? ""
                                            : "; refused: "
                                                    + refused.size()
                                                    + " of "
                                                    + paths.size()
                                                    + " paths"))
                    .withResult(result);
        }
    }
}
