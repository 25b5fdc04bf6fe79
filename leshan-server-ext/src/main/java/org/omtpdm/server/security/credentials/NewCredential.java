package org.omtpdm.server.security.credentials;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A pre-shared key to be set for an endpoint.
 *
 * @param endpoint 1 to 255 characters, without control characters
 * @param pskIdentity 1 to 128 bytes in UTF-8; the endpoint when absent
 * @param pskKey 16 to 64 bytes in hexadecimal; one of 16 random bytes is made when absent
 * @see "RFC 4279 §5, limits of PSK identities and keys"
 */
public record NewCredential(
        String endpoint, Optional<String> pskIdentity, Optional<String> pskKey) {

    private static final int ENDPOINT_MAX = 255;
    private static final int IDENTITY_MAX = 128;

    public NewCredential {
        requireText("endpoint", endpoint, ENDPOINT_MAX);
        requireText("pskIdentity", pskIdentity.orElse(endpoint), IDENTITY_MAX);
        if (pskKey.filter(key -> !key.matches("([0-9a-fA-F]{2}){16,64}")).isPresent()) {
            throw new IllegalArgumentException("pskKey: expected 16 to 64 bytes in hexadecimal");
        }
    }

    public static NewCredential of(String endpoint) {
        return new NewCredential(endpoint, Optional.empty(), Optional.empty());
    }

    private static void requireText(String field, String text, int maxBytes) {
        if (text.isBlank()
                || text.getBytes(StandardCharsets.UTF_8).length > maxBytes
                || text.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    field
                            + ": expected 1 to "
                            + maxBytes
                            + " bytes of text without control characters");
        }
    }

    String identity() {
        return pskIdentity.orElse(endpoint);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "NewCredential[" + endpoint + ", " + identity() + "]";
    }
}
