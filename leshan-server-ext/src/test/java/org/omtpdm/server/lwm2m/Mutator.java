package org.omtpdm.server.lwm2m;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

/** Damages bytes the way networks, bugs and attackers do. Seeded: a failure can be repeated. */
public final class Mutator {
    private static final int[] INTERESTING = {
        0, 1, 0x7F, 0x80, 0xFE, 0xFF, '"', '<', ',', '[', '{'
    };

    private final Random random;

    public Mutator(long seed) {
        random = new Random(seed);
    }

    public Random random() {
        return random;
    }

    /** One to four changes. */
    public byte[] mutate(byte[] valid) {
        var bytes = valid.clone();
        for (int left = 1 + random.nextInt(4); left > 0; left--) {
            bytes = once(bytes);
        }
        return bytes;
    }

    public byte[] noise(int atMost) {
        var bytes = new byte[random.nextInt(atMost)];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] once(byte[] bytes) {
        if (bytes.length == 0) {
            return noise(8);
        }
        int at = random.nextInt(bytes.length);
        int length = Math.min(1 + random.nextInt(8), bytes.length - at);
        switch (random.nextInt(7)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt();
            case 2 -> bytes[at] = (byte) INTERESTING[random.nextInt(INTERESTING.length)];
            case 3 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 4 -> {
                return joined(bytes, at, new byte[0], at + length);
            }
            case 5 -> {
                return joined(bytes, at, noise(8), at);
            }
            default -> {
                return joined(
                        bytes,
                        at + length,
                        Arrays.copyOfRange(bytes, at, at + length),
                        at + length);
            }
        }
        return bytes;
    }

    private static byte[] joined(byte[] bytes, int until, byte[] middle, int from) {
        var out = new ByteArrayOutputStream();
        out.write(bytes, 0, until);
        out.writeBytes(middle);
        out.write(bytes, from, bytes.length - from);
        return out.toByteArray();
    }
}
