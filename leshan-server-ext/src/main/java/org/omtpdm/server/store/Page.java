package org.omtpdm.server.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param total number of items of the whole list, where it is counted
 * @param nextCursor where the next page begins; absent at the end
 */
public record Page<T>(List<T> items, Optional<Long> total, Optional<String> nextCursor) {

    public Page {
        items = List.copyOf(items);
    }

    /**
     * Makes a page of rows that were read with {@code LIMIT request.limit() + 1}: the row too many
     * says that there is more.
     *
     * @param position the cursor that stands after an item
     */
    public static <T> Page<T> cut(
            List<T> rows, PageRequest request, Optional<Long> total, Function<T, Cursor> position) {
        if (rows.size() <= request.limit()) {
            return new Page<>(rows, total, Optional.empty());
        }
        var items = rows.subList(0, request.limit());
        var last = items.get(items.size() - 1);
        return new Page<>(items, total, Optional.of(position.apply(last).encode()));
    }

    public <R> Page<R> map(Function<? super T, ? extends R> mapping) {
        return new Page<>(items.stream().<R>map(mapping).toList(), total, nextCursor);
    }
}
