package org.omtpdm.server.commands;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** What a command does. */
public enum CommandKind {
    DEVICE_REFRESH("device.refresh"),
    PROCESS_LIST("process.list"),
    PROCESS_TERMINATE("process.terminate"),
    FILE_LIST("file.list"),
    FILE_STAT("file.stat"),
    FILE_FETCH("file.fetch"),
    FILE_DELETE("file.delete");

    private final String wire;

    CommandKind(String wire) {
        this.wire = wire;
    }

    /** As the API and the database write it. */
    @JsonValue
    @Override
    public String toString() {
        return wire;
    }

    public static Optional<CommandKind> find(String wire) {
        return Arrays.stream(values()).filter(kind -> kind.wire.equals(wire)).findFirst();
    }

    /**
     * @throws IllegalArgumentException when there is no such kind
     */
    @JsonCreator
    public static CommandKind of(String wire) {
        return find(wire)
                .orElseThrow(() -> new IllegalArgumentException("Not a command kind: " + wire));
    }
}
