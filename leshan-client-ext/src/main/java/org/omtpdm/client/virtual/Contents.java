package org.omtpdm.client.virtual;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import org.omtpdm.objects.Sha256Prefix;

/** Made-up contents of files. */
final class Contents {

    private Contents() {}

    /** Bytes that look like text; the same for the same seed. */
    static byte[] make(long seed, int length) {
        Random random = new Random(seed);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i % 64 == 63 ? '\n' : 'a' + random.nextInt(26));
        }
        return bytes;
    }

    static Sha256Prefix digest(byte[] content) {
        try {
            return Sha256Prefix.of(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
