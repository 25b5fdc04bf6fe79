package org.omtpdm.server.store;

import java.util.Optional;

/**
 * Which part of a list is asked for.
 *
 * @param limit 1 to 500 items
 * @param cursor where the page before ended; absent for the first page
 */
public record PageRequest(int limit, Optional<Cursor> cursor) {

    public static final int MAX_LIMIT = 500;
    public static final int DEFAULT_LIMIT = 50;

    public PageRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit: " + limit + ", expected 1 to " + MAX_LIMIT);
        }
    }

    public static PageRequest first(int limit) {
        return new PageRequest(limit, Optional.empty());
    }
}
