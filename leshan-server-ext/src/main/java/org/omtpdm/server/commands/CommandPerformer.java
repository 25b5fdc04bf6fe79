package org.omtpdm.server.commands;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.omtpdm.server.api.ManagementException;
import org.omtpdm.server.reconcile.ManagedDevice;
import org.omtpdm.server.security.Permission;

/**
 * Knows one kind of command: what its arguments are, who may give it, and how it is done. One
 * performer per kind; stateless and thread-safe.
 */
public interface CommandPerformer {

    CommandKind kind();

    Permission permission();

    /**
     * Whether it changes the device. Changes keep their order among themselves, are not shared, and
     * must do their operation through {@link Performance#act}.
     */
    boolean changes();

    /** The object it needs; a device without it is refused the command. */
    OptionalInt objectId();

    /**
     * Checks arguments as they came.
     *
     * @return them with defaults filled in and nothing unknown
     * @throws ManagementException {@code BAD_REQUEST}, naming the argument
     */
    JsonNode validate(JsonNode arguments);

    /** Its title, for example {@code Terminate sleep (pid 4711)}. */
    String title(JsonNode arguments);

    /** A job's sentence, for example {@code Terminate every process named sleep*}. */
    default String jobTitle(JsonNode arguments) {
        return title(arguments);
    }

    /** How long it waits for the device if nobody says otherwise. */
    default Duration expiresIn() {
        return changes() ? Duration.ofDays(7) : Duration.ofDays(1);
    }

    /**
     * Whether a job of this kind can be undone by the person who gave it; shown before it starts.
     */
    default boolean undoable() {
        return false;
    }

    /**
     * Checks a job's arguments, which may name things by pattern.
     *
     * @throws ManagementException {@code BAD_REQUEST}
     */
    default JsonNode validateForJob(JsonNode arguments) {
        return validate(arguments);
    }

    /**
     * Decides for each device of a job what its command's arguments are, or why it is left out. All
     * of these devices exist, are in service and have the object.
     *
     * @param arguments from {@link #validateForJob}
     * @return by device id; devices that are missing in it take {@code arguments} as they are
     */
    default Map<String, Prepared> prepare(
            Handle handle, List<ManagedDevice> devices, JsonNode arguments) {
        return new HashMap<>();
    }

    /**
     * Does it. Called on a lane thread when the device is reachable and it is this command's turn;
     * returns quickly. Completes exceptionally only with {@link EndedException} or a bug.
     */
    CompletableFuture<Outcome> perform(Performance performance);

    /**
     * Goes on with a command whose operation was intended before: after silence, a crash, a
     * notification, or a pause. The device is to be asked whether the operation happened before it
     * is sent again.
     */
    default CompletableFuture<Outcome> recover(Performance performance) {
        return changes()
                ? CompletableFuture.completedFuture(
                        new Outcome.Unknown("It was sent, and the device gives no proof"))
                : perform(performance);
    }

    /** What a job does on one device. */
    sealed interface Prepared {
        /** This, there. */
        record Included(JsonNode arguments) implements Prepared {}

        /** Nothing. @param why in a few words, the same for the same cause */
        record Excluded(String why) implements Prepared {}
    }
}
