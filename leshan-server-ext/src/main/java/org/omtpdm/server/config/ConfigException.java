package org.omtpdm.server.config;

import java.util.List;

/** Settings that can't be used: all that is wrong, each with the full name of its key. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public ConfigException(List<String> problems) {
        super("The configuration can't be used:\n  " + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems == null ? List.of() : problems;
    }
}
