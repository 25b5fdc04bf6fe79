package org.omtpdm.client.virtual;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.omtpdm.objects.Sha256Prefix;

/** SHA-256 over bytes in memory. */
final class Digests {
    private Digests() {}

    static Sha256Prefix sha256(byte[] content) {
        try {
            return Sha256Prefix.of(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
