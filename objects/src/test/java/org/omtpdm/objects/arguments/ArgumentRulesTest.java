package org.omtpdm.objects.arguments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.omtpdm.objects.Requirement;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.TerminateMode;
import org.omtpdm.objects.file.DevicePath;
import org.omtpdm.objects.file.FileOperations;
import org.omtpdm.objects.process.ProcessOperations;

class ArgumentRulesTest {

    @Test
    void terminate_reads_what_it_is_sent() throws Exception {
        ExecuteArguments sent =
                ExecuteArguments.none()
                        .with(ProcessOperations.PID, 4711L)
                        .with(ProcessOperations.START_TIME, Instant.ofEpochSecond(1_700_000_000))
                        .with(ProcessOperations.MODE, TerminateMode.FORCED)
                        .with(ExecuteArguments.CORRELATOR, 4_294_967_295L);

        assertThat(sent).hasToString("0='4711',1='1700000000',2='1',9='4294967295'");
        ExecuteArguments read = ProcessOperations.TERMINATE.parse(sent.toString());
        assertThat(read.get(ProcessOperations.PID)).isEqualTo(4711);
        assertThat(read.find(ProcessOperations.MODE)).contains(TerminateMode.FORCED);
        assertThat(read.find(ProcessOperations.GRACE_SECONDS)).isEmpty();
        assertThat(read.find(ExecuteArguments.CORRELATOR)).contains(4_294_967_295L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0='12'",
                "0='12',0='13',1='1'",
                "0='abc',1='1'",
                "0='-1',1='1'",
                "0='99999999999',1='1'",
                "0='12',1='1',8",
                "0='12',1='1',8='x'",
                "0,1='1'",
                "0='',1='1'",
                "0='%31',1='1'",
                "0='1.0',1='1'",
                "0='0x1',1='1'",
                "0='+1',1='1'",
                "0='12',1='1',2='2'",
                "0='12',1='1',2",
                "0='12',1='1',3='61'",
                "0='12',1='1',9='4294967296'",
                "0='12',1='1',9",
                "0='12',1='99999999999999999999'"
            })
    void arguments_terminate_does_not_define_are_refused(String payload) {
        assertThatThrownBy(() -> ProcessOperations.TERMINATE.parse(payload))
                .isInstanceOf(BadArgumentsException.class)
                .hasMessageContaining("argument");
    }

    @Test
    void numbers_may_be_negative_where_the_range_says_so() throws Exception {
        ArgumentRules rules = ProcessOperations.SET_PRIORITY;
        assertThat(rules.parse("0='1',1='1',2='-20'").get(ProcessOperations.NICE)).isEqualTo(-20);
        for (String wrong : new String[] {"-21", "20", "--1", "-"}) {
            assertThatThrownBy(() -> rules.parse("0='1',1='1',2='" + wrong + "'"))
                    .isInstanceOf(BadArgumentsException.class);
        }
    }

    @ParameterizedTest
    @Requirement("R-FI-03")
    @ValueSource(
            strings = {
                "0:../etc",
                "/etc/passwd",
                "0:a//b",
                "0:a%00b",
                "0:/a",
                "0:a/",
                "0:.",
                "0:a/./b",
                "0:a/..",
                "0:%2e%2e/b",
                "0:%2fetc",
                "a",
                ":",
                ":a",
                "-1:a",
                "65535:a",
                "999999:a",
                "0:%ff",
                ""
            })
    void a_path_that_could_leave_its_root_is_refused(String path) {
        for (ArgumentRules rules :
                new ArgumentRules[] {
                    FileOperations.STAT, FileOperations.FETCH, FileOperations.DELETE
                }) {
            assertThatThrownBy(() -> rules.parse("0='" + path + "'"))
                    .isInstanceOf(BadArgumentsException.class)
                    .hasMessageStartingWith("argument 0 (path): ");
        }
    }

    @Test
    void a_path_travels_encoded() throws Exception {
        DevicePath path = new DevicePath(2, "Bilder/Stra\u00dfe 'x' 100%.jpg");
        String payload = ExecuteArguments.none().with(FileOperations.PATH, path).toString();

        assertThat(payload).isEqualTo("0='2:Bilder/Stra%C3%9Fe%20%27x%27%20100%25.jpg'");
        assertThat(FileOperations.MAKE_DIRECTORY.parse(payload).get(FileOperations.PATH))
                .isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({"63", "65", "0"})
    void the_guard_of_delete_is_a_whole_digest(int digits) throws Exception {
        String path = "0='0:a',2='";
        assertThat(
                        FileOperations.DELETE
                                .parse(path + "aB".repeat(32) + "'")
                                .get(FileOperations.EXPECTED_HASH)
                                .isWhole())
                .isTrue();
        assertThatThrownBy(() -> FileOperations.DELETE.parse(path + "a".repeat(digits) + "'"))
                .isInstanceOf(BadArgumentsException.class);
        assertThatThrownBy(() -> FileOperations.DELETE.parse(path + "g".repeat(64) + "'"))
                .isInstanceOf(BadArgumentsException.class);
    }

    @Test
    void what_a_sender_gets_wrong_is_a_bug_not_an_answer() {
        assertThatThrownBy(() -> ExecuteArguments.none().with(ProcessOperations.GRACE_SECONDS, 61L))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                ExecuteArguments.none()
                                        .with(ProcessOperations.COMMAND_ARGUMENTS, "a\0"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                ExecuteArguments.none()
                                        .with(
                                                FileOperations.EXPECTED_HASH,
                                                new Sha256Prefix("ab".repeat(8))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                ExecuteArguments.none()
                                        .with(ProcessOperations.COMMAND_ARGUMENTS, "\uD83D"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                ExecuteArguments.none()
                                        .with(ProcessOperations.PID, 1L)
                                        .with(ProcessOperations.PID, 2L))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> ArgumentRules.of("Twice", ProcessOperations.PID, FileOperations.PATH))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void garbage_is_refused_and_nothing_else_happens() {
        Random random = new Random(99);
        byte[] valid =
                "0='0:logs/a%20b.txt',1='1',2='"
                        .concat("ab".repeat(32))
                        .concat("',9='7'")
                        .getBytes(StandardCharsets.US_ASCII);
        int refused = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] mutated = valid.clone();
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            try {
                FileOperations.DELETE.parse(mutated);
            } catch (BadArgumentsException e) {
                refused++;
                assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(200);
            }
        }
        assertThat(refused).isGreaterThan(5_000);
    }
}
