package org.omtpdm.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SafeTextTest {

    @Test
    void harmless_text_stays_as_it_is() {
        assertThat(SafeText.of("Kiosk Lyon №3 ☕ 東京 😀")).isEqualTo("Kiosk Lyon №3 ☕ 東京 😀");
    }

    @Test
    void what_a_terminal_obeys_is_shown_instead() {
        assertThat(SafeText.of("a\u001b[2Jb")).isEqualTo("a\\u{1b}[2Jb");
        assertThat(SafeText.of("line\nbreak\ttab\u0007"))
                .isEqualTo("line\\u{a}break\\u{9}tab\\u{7}");
        assertThat(SafeText.of("gpj.\u202eexe")).isEqualTo("gpj.\\u{202e}exe");
        assertThat(SafeText.of("\u009b31m")).isEqualTo("\\u{9b}31m");
        assertThat(SafeText.of("zero\u200bwidth")).isEqualTo("zero\\u{200b}width");
        assertThat(SafeText.of("lone\ud800")).isEqualTo("lone\\u{d800}");
    }

    @Test
    void long_text_loses_its_middle() {
        assertThat(SafeText.of("abcdefghij", 10)).isEqualTo("abcdefghij");
        assertThat(SafeText.of("abcdefghijk", 10)).isEqualTo("abcde…hijk");
        assertThat(SafeText.of("😀".repeat(30), 5)).isEqualTo("😀😀…😀😀");
    }

    @Test
    void no_text_yields_anything_a_terminal_obeys() {
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            String text =
                    random.ints(40, 0, 0x3000)
                            .collect(
                                    StringBuilder::new,
                                    StringBuilder::appendCodePoint,
                                    StringBuilder::append)
                            .toString();
            assertThat(SafeText.of(text).codePoints()).noneMatch(SafeText::isHarmful);
            String shortened = SafeText.of(text, 20);
            assertThat(shortened.codePointCount(0, shortened.length())).isLessThanOrEqualTo(20);
        }
    }
}
