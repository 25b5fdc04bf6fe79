package org.omtpdm.server.devices;

import java.util.Optional;

/**
 * A device to be announced before it comes.
 *
 * @param endpoint 1 to 255 characters, none of them a control character, no blank at either end
 * @param name display name, at most 200 characters
 * @param pskIdentity 1 to 128 characters
 * @param pskKey hexadecimal, 16 to 64 bytes
 */
public record NewDevice(
        String endpoint,
        Optional<String> name,
        Optional<String> pskIdentity,
        Optional<String> pskKey) {

    private static final int LONGEST_ENDPOINT = 255;
    private static final int LONGEST_IDENTITY = 128;
    static final int LONGEST_NAME = 200;
    static final int LONGEST_NOTE = 2000;

    public NewDevice {
        check(
                !endpoint.isEmpty() && endpoint.length() <= LONGEST_ENDPOINT,
                "endpoint: expected 1 to 255 characters");
        check(
                PlainText.isPlain(endpoint) && endpoint.equals(endpoint.strip()),
                "endpoint: expected no control characters, and no blank at either end");
        check(
                name.map(text -> text.length() <= LONGEST_NAME).orElse(true),
                "name: expected at most 200 characters");
        check(
                pskIdentity
                        .map(
                                text ->
                                        !text.isEmpty()
                                                && text.length() <= LONGEST_IDENTITY
                                                && PlainText.isPlain(text))
                        .orElse(true),
                "pskIdentity: expected 1 to 128 characters, none a control character");
        check(
                pskKey.map(text -> text.matches("([0-9a-fA-F]{2}){16,64}")).orElse(true),
                "pskKey: expected 16 to 64 bytes in hexadecimal");
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "NewDevice[" + endpoint + "]";
    }
}
