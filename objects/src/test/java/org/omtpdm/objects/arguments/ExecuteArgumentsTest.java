package org.omtpdm.objects.arguments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.eclipse.leshan.core.request.argument.Arguments;
import org.eclipse.leshan.core.request.argument.InvalidArgumentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecuteArgumentsTest {

    private static final Argument<String> TEXT = Argument.text(1, "text", 0, 1000);

    @Test
    void digits_carry_values_or_stand_alone() throws Exception {
        ExecuteArguments arguments = ExecuteArguments.parse("0='12',1,9=''");

        assertThat(arguments.raw())
                .isEqualTo(Map.of(0, Optional.of("12"), 1, Optional.empty(), 9, Optional.of("")));
        assertThat(ExecuteArguments.parse("")).isEqualTo(ExecuteArguments.none());
        assertThat(ExecuteArguments.parse("1").has(1)).isTrue();
        assertThat(ExecuteArguments.parse("0='%C3%A9:/,='").raw())
                .isEqualTo(Map.of(0, Optional.of("%C3%A9:/,=")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0='a b'",
                "7, 0='x'",
                "0='1',0='2'",
                "0,0",
                "a",
                "10",
                "-1",
                "0=",
                "0='",
                "0=''x",
                "0='1",
                "0=1",
                "0=\"1\"",
                ",",
                "0,",
                ",0",
                "0,,1",
                "0='\"'",
                "0='\\'",
                "0='''",
                "0='\u0001'",
                "0='\u007f'",
                "0='\u00e9'",
                " 0",
                "0 ",
                "\n",
                "0='1'1='2'",
                "0 ='1'"
            })
    void what_the_grammar_does_not_know_is_refused(String payload) {
        assertThatThrownBy(() -> ExecuteArguments.parse(payload))
                .isInstanceOf(BadArgumentsException.class);
        assertThatThrownBy(() -> Arguments.parse(payload))
                .isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void leshan_reads_the_same_language() throws Exception {
        Random random = new Random(42);
        String alphabet = "0123459,,=='''''!#%&(/AZ[]^~ \"\\\u0001\u007f\u0080\u00ff";
        int accepted = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder payload = new StringBuilder();
            if (random.nextInt(3) > 0) {
                payload.append("0='7',1,2='x'", 0, random.nextInt(14));
            }
            for (int n = random.nextInt(7); n > 0; n--) {
                payload.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            Optional<ExecuteArguments> ours = ours(payload.toString());
            Optional<Arguments> leshans = leshans(payload.toString());
            assertThat(ours.isPresent()).as("<%s>", payload).isEqualTo(leshans.isPresent());
            if (ours.isPresent()) {
                accepted++;
                assertThat(ours.get().raw().keySet()).isEqualTo(leshans.get().getDigits());
                assertThat(
                                ExecuteArguments.parse(
                                        leshans.get().serialize() == null
                                                ? ""
                                                : leshans.get().serialize()))
                        .isEqualTo(ours.get());
            }
        }
        assertThat(accepted).isGreaterThan(10_000);
    }

    @Test
    void any_text_travels() throws Exception {
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(20); n > 0; n--) {
                int c = 1 + random.nextInt(random.nextBoolean() ? 0x7F : 0x10FFFF);
                text.appendCodePoint(Character.getType(c) == Character.SURROGATE ? 'x' : c);
            }
            String payload = ExecuteArguments.none().with(TEXT, text.toString()).toString();
            assertThat(payload).matches("1='[!#-&(-\\[\\]-~]*'");
            assertThat(ExecuteArguments.parse(payload).get(TEXT)).isEqualTo(text.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1='%'",
                "1='%4'",
                "1='%zz'",
                "1='%C3'",
                "1='%C0%80'",
                "1='%ED%A0%80'",
                "1='a%00b'",
                "1='%+1'"
            })
    void a_text_that_cannot_be_decoded_is_refused(String payload) throws Exception {
        ExecuteArguments arguments = ExecuteArguments.parse(payload);
        assertThatThrownBy(() -> arguments.get(TEXT))
                .isInstanceOf(BadArgumentsException.class)
                .hasMessageStartingWith("argument 1 (text): ");
    }

    @Test
    void two_thousand_and_forty_eight_bytes_are_the_limit() throws Exception {
        String longest = "0='" + "x".repeat(2044) + "'";
        assertThat(ExecuteArguments.parse(longest).has(0)).isTrue();
        String longer = "0='" + "x".repeat(2045) + "'";
        assertThatThrownBy(() -> ExecuteArguments.parse(longer))
                .isInstanceOf(BadArgumentsException.class);
        assertThatThrownBy(() -> ExecuteArguments.parse(new byte[100_000]))
                .isInstanceOf(BadArgumentsException.class);
        Argument<String> wide = Argument.text(0, "wide", 0, 5000);
        assertThatThrownBy(() -> ExecuteArguments.none().with(wide, " ".repeat(700)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bytes_that_are_no_text_are_refused_not_replaced() {
        byte[] payload = "0='x'".getBytes(StandardCharsets.US_ASCII);
        for (int b = 0; b < 256; b++) {
            payload[3] = (byte) b;
            boolean legal =
                    b == '!'
                            || b >= 0x23 && b <= 0x26
                            || b >= 0x28 && b <= 0x5B
                            || b >= 0x5D && b <= 0x7E;
            assertThat(ours(new String(payload, StandardCharsets.ISO_8859_1)).isPresent())
                    .isEqualTo(legal);
        }
    }

    private static Optional<ExecuteArguments> ours(String payload) {
        try {
            return Optional.of(
                    ExecuteArguments.parse(payload.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (BadArgumentsException e) {
            return Optional.empty();
        }
    }

    private static Optional<Arguments> leshans(String payload) {
        try {
            return Optional.of(Arguments.parse(payload));
        } catch (InvalidArgumentException e) {
            return Optional.empty();
        }
    }
}
