package org.omtpdm.server.commands;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** The performer of each kind of command. Immutable. */
public final class Performers {

    private final Map<CommandKind, CommandPerformer> byKind = new EnumMap<>(CommandKind.class);

    /**
     * @throws IllegalArgumentException when two are for the same kind
     */
    public Performers(Collection<? extends CommandPerformer> performers) {
        for (var performer : performers) {
            if (byKind.put(performer.kind(), performer) != null) {
                throw new IllegalArgumentException("Two performers for " + performer.kind());
            }
        }
    }

    /**
     * @throws IllegalStateException when this server has none for the kind
     */
    CommandPerformer of(CommandKind kind) {
        var performer = byKind.get(kind);
        if (performer == null) {
            throw new IllegalStateException("No performer for " + kind);
        }
        return performer;
    }
}
