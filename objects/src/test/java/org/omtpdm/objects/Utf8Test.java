package org.omtpdm.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {

    @Test
    void the_order_is_that_of_the_bytes() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            String left = text(random);
            String right = text(random);
            int expected =
                    Arrays.compareUnsigned(
                            left.getBytes(StandardCharsets.UTF_8),
                            right.getBytes(StandardCharsets.UTF_8));
            assertThat(Integer.signum(Utf8.compare(left, right)))
                    .as("%s and %s", left, right)
                    .isEqualTo(Integer.signum(expected));
        }
    }

    @Test
    void a_text_is_shortened_between_characters() {
        String text = "a\u00e4\u20ac\uD83D\uDE00z";
        for (int bytes = 0; bytes <= 11; bytes++) {
            String shorter = Utf8.shorten(text, bytes);
            assertThat(text).startsWith(shorter);
            assertThat(Utf8.length(shorter).orElseThrow()).isLessThanOrEqualTo(bytes);
        }
        assertThat(Utf8.shorten(text, 9)).isEqualTo("a\u00e4\u20ac");
        assertThat(Utf8.shorten(text, 11)).isEqualTo(text);
        assertThat(Utf8.shorten("\uD83D!", 5)).isEqualTo("?!");
    }

    @Test
    void what_is_not_utf8_is_not_text() {
        assertThat(Utf8.decode(new byte[] {(byte) 0xC0, (byte) 0x80})).as("overlong NUL").isEmpty();
        assertThat(Utf8.decode(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}))
                .as("surrogate")
                .isEmpty();
        assertThat(Utf8.length("\uDE00")).isEmpty();
    }

    private static String text(Random random) {
        int[] alphabet = {
            0, 'a', 'b', 0x7F, 0x80, 0x7FF, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000, 0x10FFFF
        };
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
        }
        return text.toString();
    }
}
