package org.omtpdm.client.lwm2m;

import java.util.Optional;

/**
 * How the root link of a registration names the optional content formats; some servers take only
 * one form of it.
 */
public enum RootLink {
    /** All of them, in quotes: {@code </>;rt="oma.lwm2m";ct="60 110 112"}. */
    LIST,
    /** One without quotes: {@code </>;rt="oma.lwm2m";ct=110}. */
    SINGLE,
    /** None: {@code </>;rt="oma.lwm2m"}. */
    NONE;

    /** What to try when a server has refused this form with 4.00. */
    Optional<RootLink> simpler() {
        return switch (this) {
            case LIST -> Optional.of(SINGLE);
            case SINGLE -> Optional.of(NONE);
            case NONE -> Optional.empty();
        };
    }
}
