package org.omtpdm.server.inventory;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be asked of a device again. */
public enum RefreshScope {
    /** Identity, power, memory, errors, connectivity and the last abnormal exit. */
    FACTS("Read its facts again"),
    /** Every readable object, or the paths that are named. */
    OBJECTS("Read its objects again"),
    /** The counters of its processes. */
    PROCESSES("Read its process counters again"),
    /** The roots of its file system. */
    ROOTS("Read its file roots again");

    private final String title;

    RefreshScope(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** The word of the API. */
    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<RefreshScope> find(String word) {
        return Arrays.stream(values()).filter(scope -> scope.toString().equals(word)).findFirst();
    }
}
