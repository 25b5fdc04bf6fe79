package org.omtpdm.server.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets before they go to the database or to disk: AES-256-GCM with a random nonce. The key
 * is outside the database, so that a copy of the database gives no device key away. Thread-safe.
 *
 * <p>A sealed secret is a version byte, the nonce (12 bytes), the cipher text and the tag (16
 * bytes). What it belongs to is authenticated with it: sealed bytes moved to another row don't
 * open.
 */
public final class SecretBox {

    private static final byte VERSION = 1;
    private static final int KEY_LENGTH = 32;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    private SecretBox(byte[] key) {
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException(
                    "The secret key has " + key.length + " bytes, expected " + KEY_LENGTH);
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    /**
     * With a key given as text.
     *
     * @param hex 64 hexadecimal digits
     */
    public static SecretBox ofHex(String hex) {
        try {
            return new SecretBox(HexFormat.of().parseHex(hex.strip()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The secret key must be " + 2 * KEY_LENGTH + " hexadecimal digits");
        }
    }

    /**
     * With the key in a file, which is made with a new key, mode 600, if it doesn't exist.
     *
     * @throws DatabaseException when others may read the file, or it holds no key
     */
    public static SecretBox ofFile(Path file) {
        try {
            if (!Files.exists(file)) {
                var fresh = new byte[KEY_LENGTH];
                new SecureRandom().nextBytes(fresh);
                PrivateFiles.write(
                        file,
                        (HexFormat.of().formatHex(fresh) + "\n")
                                .getBytes(StandardCharsets.US_ASCII));
            }
            if (!PrivateFiles.isPrivate(file)) {
                throw new DatabaseException(
                        "Others may read the secret key " + file + "; set its mode to 600");
            }
            return ofHex(Files.readString(file, StandardCharsets.US_ASCII));
        } catch (IOException | IllegalArgumentException e) {
            throw new DatabaseException(
                    "The secret key " + file + " can't be used: " + e.getMessage(), e);
        }
    }

    /**
     * Seals a secret.
     *
     * @param purpose what the secret belongs to, for example {@code psk/ENDPOINT}; the same is
     *     needed to open it
     */
    public byte[] seal(String purpose, byte[] secret) {
        var nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, nonce, purpose);
            var sealed = Arrays.copyOf(new byte[] {VERSION}, 1 + NONCE_LENGTH + secret.length + 16);
            System.arraycopy(nonce, 0, sealed, 1, NONCE_LENGTH);
            cipher.doFinal(secret, 0, secret.length, sealed, 1 + NONCE_LENGTH);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @throws DatabaseException when it was sealed with another key or for another purpose, or was
     *     changed
     */
    public byte[] open(String purpose, byte[] sealed) {
        if (sealed.length < 1 + NONCE_LENGTH + TAG_BITS / 8 || sealed[0] != VERSION) {
            throw new DatabaseException("Not a sealed secret: " + purpose);
        }
        try {
            var nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE_LENGTH);
            return cipher(Cipher.DECRYPT_MODE, nonce, purpose)
                    .doFinal(sealed, 1 + NONCE_LENGTH, sealed.length - 1 - NONCE_LENGTH);
        } catch (AEADBadTagException e) {
            throw new DatabaseException(
                    "A sealed secret does not open ("
                            + purpose
                            + "): another secret key is needed, or it was changed",
                    e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String purpose) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /**
     * A key for one purpose, derived from this one: for state that another library encrypts.
     *
     * @return 32 bytes, the same each time
     */
    public byte[] derive(String purpose) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getEncoded(), "HmacSHA256"));
            return mac.doFinal(("omtpdm/" + purpose).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "SecretBox";
    }
}
