package org.omtpdm.server.lwm2m;

import java.util.Optional;

/**
 * Where the link asks for device keys. Called during handshakes: answers from memory, never blocks.
 */
public interface CredentialSource {

    /** The key for a PSK identity, and the endpoint bound to it. */
    Optional<PskCredential> byIdentity(String identity);

    /** The credential of an endpoint; present means the endpoint must use DTLS. */
    Optional<PskCredential> byEndpoint(String endpoint);

    /** Equality is by identity; the key never appears in {@code toString}. */
    record PskCredential(String endpoint, String identity, byte[] key) {
        public PskCredential {
            key = key.clone();
        }

        @Override
        public byte[] key() {
            return key.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof PskCredential credential
                    && credential.endpoint.equals(endpoint)
                    && credential.identity.equals(identity)
                    && java.security.MessageDigest.isEqual(credential.key, key);
        }

        @Override
        public int hashCode() {
            return identity.hashCode();
        }

        @Override
        public String toString() {
            return "PskCredential[" + endpoint + ", " + identity + "]";
        }
    }
}
