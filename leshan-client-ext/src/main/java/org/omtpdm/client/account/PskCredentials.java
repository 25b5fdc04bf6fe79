package org.omtpdm.client.account;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A pre-shared key and the identity it belongs to. Prints no secret.
 *
 * @param identity 1 to 128 bytes of UTF-8
 */
public final class PskCredentials {

    private final String identity;
    private final byte[] key;

    private PskCredentials(String identity, byte[] key) {
        int bytes = identity.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > 128) {
            throw new IllegalArgumentException(
                    "PSK identity of " + bytes + " bytes, expected 1 to 128");
        }
        if (key.length < 1 || key.length > 64) {
            throw new IllegalArgumentException("PSK of " + key.length + " bytes, expected 1 to 64");
        }
        this.identity = identity;
        this.key = key;
    }

    public static PskCredentials of(String identity, byte[] key) {
        return new PskCredentials(identity, key.clone());
    }

    /** With the key in hexadecimal digits. */
    public static PskCredentials ofHex(String identity, String key) {
        try {
            return new PskCredentials(identity, HexFormat.of().parseHex(key));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "PSK of identity '" + identity + "': expected pairs of hexadecimal digits", e);
        }
    }

    public String identity() {
        return identity;
    }

    public byte[] key() {
        return key.clone();
    }

    @Override
    public String toString() {
        return "PSK of " + identity;
    }
}
