package org.omtpdm.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class GlobTest {

    @Test
    void stars_and_question_marks_stand_for_characters() {
        assertThat(new Glob("*.txt").matches("notes.txt")).isTrue();
        assertThat(new Glob("*.txt").matches("notes.txt.gz")).isFalse();
        assertThat(new Glob("?").matches("\uD83D\uDE00"))
                .as("a character outside the basic plane")
                .isTrue();
        assertThat(new Glob("?").matches("")).isFalse();
        assertThat(new Glob("*").matches("")).isTrue();
        assertThat(new Glob("a.c").matches("abc")).as("a dot is a dot").isFalse();
        assertThat(new Glob("[a]\\d").matches("[a]\\d")).isTrue();
    }

    @Test
    void every_answer_is_that_of_the_regular_expression() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            String pattern = letters(random, "ab*?", 1 + random.nextInt(7));
            String name = letters(random, "abc", random.nextInt(9));
            String expression = pattern.replace("*", ".*").replace('?', '.');
            assertThat(new Glob(pattern).matches(name))
                    .as("%s on %s", pattern, name)
                    .isEqualTo(Pattern.matches(expression, name));
        }
    }

    /** About 65 million steps; backtracking would need more than the age of the universe. */
    @Test
    @Timeout(60)
    void no_pattern_makes_matching_explode() {
        Glob hostile = new Glob("*a".repeat(127));

        for (int i = 0; i < 1_000; i++) {
            assertThat(hostile.matches("a".repeat(126) + "b".repeat(129))).isFalse();
        }
    }

    @Test
    void an_unreasonable_pattern_is_refused() {
        assertThatThrownBy(() -> new Glob("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Glob("a".repeat(256)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Glob("\uD83D")).isInstanceOf(IllegalArgumentException.class);
    }

    private static String letters(Random random, String alphabet, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
