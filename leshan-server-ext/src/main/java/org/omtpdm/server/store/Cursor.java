package org.omtpdm.server.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A position in a list: the sort keys of the last item that was given. Opaque to callers of the
 * API.
 *
 * @param keys texts and whole numbers, at most eight
 */
public record Cursor(List<Object> keys) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_KEYS = 8;
    private static final int MAX_LENGTH = 2000;

    public Cursor {
        keys = List.copyOf(keys);
        if (keys.isEmpty() || keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException("Not a cursor: " + keys.size() + " keys");
        }
        for (var key : keys) {
            if (!(key instanceof String || key instanceof Long)) {
                throw new IllegalArgumentException(
                        "Not a cursor: key of " + key.getClass().getSimpleName());
            }
        }
    }

    /** A cursor of texts and numbers; any {@code Integer} is widened. */
    public static Cursor of(Object... keys) {
        var widened = new ArrayList<Object>(keys.length);
        for (var key : keys) {
            widened.add(key instanceof Integer number ? Long.valueOf(number) : key);
        }
        return new Cursor(widened);
    }

    /**
     * @throws IllegalArgumentException when it isn't what {@link #encode} gave
     */
    public static Cursor parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("Not a cursor: too long");
        }
        try {
            var bytes = Base64.getUrlDecoder().decode(text);
            var keys = JSON.readValue(new String(bytes, StandardCharsets.UTF_8), Object[].class);
            if (keys == null) {
                throw new IllegalArgumentException("Not a cursor");
            }
            for (var key : keys) {
                if (key == null) {
                    throw new IllegalArgumentException("Not a cursor");
                }
            }
            return of(keys);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IllegalArgumentException("Not a cursor", e);
        }
    }

    public String encode() {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(JSON.writeValueAsBytes(keys));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @throws IllegalArgumentException when there is no text at this place
     */
    public String text(int index) {
        if (index < keys.size() && keys.get(index) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("Not a cursor of this list");
    }

    /**
     * @throws IllegalArgumentException when there is no number at this place
     */
    public long number(int index) {
        if (index < keys.size() && keys.get(index) instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException("Not a cursor of this list");
    }
}
