package org.omtpdm.objects.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Arrays;
import java.util.Random;

/**
 * Damages documents in the ways networks, bugs and attackers do, always the same ones for one seed.
 */
public final class Mutations {

    /** Something that reads a document. */
    @FunctionalInterface
    public interface Decoder {
        Object decode(byte[] document) throws MalformedDocumentException;
    }

    /** CBOR heads that promise much, or what our documents never use. */
    private static final byte[][] HEADS = {
        {(byte) 0x9F},
        {(byte) 0xBF},
        {0x5F},
        {0x7F},
        {(byte) 0xFF},
        {(byte) 0xF6},
        {(byte) 0xF5},
        {(byte) 0xC2},
        {(byte) 0x9A, 0x7F, -1, -1, -1},
        {(byte) 0x9B, 0x7F, -1, -1, -1, -1, -1, -1, -1},
        {0x1C},
        {0x3E},
        {0x5B, 0x7F, -1, -1, -1, -1, -1, -1, -1},
        {0x7A, -1, -1, -1, -1},
        {(byte) 0xBB, -1, -1, -1, -1, -1, -1, -1, -1},
        {0x1B, -1, -1, -1, -1, -1, -1, -1, -1},
        {0x3B, 0x7F, -1, -1, -1, -1, -1, -1, -1},
        {(byte) 0xFB, 0x7F, (byte) 0xF0, 0, 0, 0, 0, 0, 0},
        {(byte) 0xD8, 0x1E},
        {0x62, (byte) 0xC3, 0x28}
    };

    private Mutations() {}

    /**
     * Feeds a decoder damaged documents and fails when anything but a value or {@link
     * MalformedDocumentException} comes out, or when fewer than half are refused.
     */
    public static void assertRefused(Decoder decoder, byte[] valid, int times, long seed) {
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < times; i++) {
            byte[] damaged = damage(valid, random);
            try {
                assertThat(decoder.decode(damaged)).isNotNull();
            } catch (MalformedDocumentException e) {
                refused++;
                assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(250);
            }
        }
        assertThat(refused).isGreaterThan(times / 2);
    }

    /** Every shorter begin of a document and the document with something after it is refused. */
    public static void assertExactLength(Decoder decoder, byte[] valid) {
        for (int length = 0; length < valid.length; length++) {
            byte[] part = Arrays.copyOf(valid, length);
            assertThat(catchThrowable(() -> decoder.decode(part)))
                    .as("first %s bytes", length)
                    .isInstanceOf(MalformedDocumentException.class);
        }
        byte[] longer = Arrays.copyOf(valid, valid.length + 1);
        assertThat(catchThrowable(() -> decoder.decode(longer)))
                .isInstanceOf(MalformedDocumentException.class);
    }

    public static byte[] damage(byte[] valid, Random random) {
        byte[] damaged = valid.clone();
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            int at = damaged.length == 0 ? 0 : random.nextInt(damaged.length);
            damaged =
                    switch (random.nextInt(6)) {
                        case 0 -> Arrays.copyOf(damaged, at);
                        case 1 -> splice(damaged, at, 0, random.nextInt(4), random);
                        case 2 -> splice(damaged, at, 1 + random.nextInt(4), 0, random);
                        case 3 -> head(damaged, at, HEADS[random.nextInt(HEADS.length)]);
                        case 4 -> splice(damaged, at, 1, 1, random);
                        default -> flip(damaged, at, random);
                    };
        }
        return damaged;
    }

    private static byte[] flip(byte[] bytes, int at, Random random) {
        if (bytes.length > 0) {
            bytes[at] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static byte[] head(byte[] bytes, int at, byte[] head) {
        byte[] longer = Arrays.copyOf(bytes, Math.max(bytes.length, at + head.length));
        System.arraycopy(head, 0, longer, at, head.length);
        return longer;
    }

    private static byte[] splice(byte[] bytes, int at, int removed, int added, Random random) {
        int end = Math.min(bytes.length, at + removed);
        byte[] result = new byte[at + added + bytes.length - end];
        random.nextBytes(result);
        System.arraycopy(bytes, 0, result, 0, at);
        System.arraycopy(bytes, end, result, at + added, bytes.length - end);
        return result;
    }
}
