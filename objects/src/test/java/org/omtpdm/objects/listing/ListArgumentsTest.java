package org.omtpdm.objects.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.omtpdm.objects.Glob;
import org.omtpdm.objects.ListFlag;
import org.omtpdm.objects.ProcessSort;
import org.omtpdm.objects.Requirement;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.arguments.BadArgumentsException;
import org.omtpdm.objects.file.DevicePath;
import org.omtpdm.objects.file.FileListArguments;
import org.omtpdm.objects.process.ProcessListArguments;

class ListArgumentsTest {

    @Test
    void the_simplest_list_says_nothing() throws Exception {
        assertThat(ProcessListArguments.everything().toArguments()).hasToString("");
        assertThat(ProcessListArguments.parse(new byte[0]))
                .isEqualTo(ProcessListArguments.everything());
        assertThat(FileListArguments.directory(new DevicePath(0, "")).toArguments())
                .hasToString("0='0:'");
        assertThat(FileListArguments.allRoots().toArguments()).hasToString("0='*',7='16'");
    }

    @Test
    void every_process_list_reads_back_as_written() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            ProcessListArguments list =
                    new ProcessListArguments(
                            options(random, Integer.toString(random.nextInt(100_000))),
                            random.nextInt(1001),
                            random.nextInt(1 << 20),
                            ProcessSort.values()[random.nextInt(3)],
                            random.nextBoolean()
                                    ? Optional.empty()
                                    : Optional.of(random.nextLong(1L << 32)));
            assertThat(ProcessListArguments.parse(bytes(list.toArguments().toString())))
                    .isEqualTo(list);
        }
    }

    @Test
    void every_file_list_reads_back_as_written() throws Exception {
        Random random = new Random(2);
        for (int i = 0; i < 5_000; i++) {
            FileListArguments list =
                    new FileListArguments(
                            random.nextBoolean()
                                    ? Optional.empty()
                                    : Optional.of(new DevicePath(3, "\u00e4 b/c")),
                            options(random, "3:\u00e4 b/c/d"),
                            random.nextLong(1L << 53),
                            random.nextBoolean()
                                    ? Optional.empty()
                                    : Optional.of(Instant.ofEpochSecond(random.nextLong(1L << 40))),
                            1 + random.nextInt(16),
                            random.nextBoolean()
                                    ? Optional.empty()
                                    : Optional.of(random.nextLong(1L << 32)));
            assertThat(FileListArguments.parse(bytes(list.toArguments().toString())))
                    .isEqualTo(list);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0='x'",
                "1=''",
                "2='1001'",
                "3='-1'",
                "4=''",
                "4='x'",
                "4='0:a'",
                "4='**'",
                "4='4294967296'",
                "5='0'",
                "5='4294967296'",
                "6='32'",
                "6='-1'",
                "7='3'",
                "8='abc'",
                "8='0123456789abcdeg'",
                "9='x'",
                "1",
                "6"
            })
    void a_process_list_with_other_arguments_is_refused(String payload) {
        assertThatThrownBy(() -> ProcessListArguments.parse(bytes(payload)))
                .isInstanceOf(BadArgumentsException.class);
    }

    @ParameterizedTest
    @Requirement("R-FI-03")
    @ValueSource(
            strings = {
                "",
                "0='**'",
                "0='0:../etc'",
                "0='/etc/passwd'",
                "0='0:a//b'",
                "0='0:a%00b'",
                "0='0:',4='17'",
                "0='0:',4='0:../x'",
                "0='0:',7='0'",
                "0='0:',7='17'",
                "0='0:',3='yesterday'",
                "0='0:',2='9007199254740993'"
            })
    void a_file_list_with_other_arguments_is_refused(String payload) {
        assertThatThrownBy(() -> FileListArguments.parse(bytes(payload)))
                .isInstanceOf(BadArgumentsException.class);
    }

    @Test
    void a_path_of_more_than_255_bytes_is_refused_however_it_is_encoded() throws Exception {
        String fits = "0:" + "%C3%A9".repeat(126) + "x";
        assertThat(FileListArguments.parse(bytes("0='" + fits + "'")).directory()).isPresent();
        assertThatThrownBy(() -> FileListArguments.parse(bytes("0='" + fits + "x'")))
                .isInstanceOf(BadArgumentsException.class);
    }

    private static ListOptions options(Random random, String key) {
        ListOptions options = ListOptions.everything();
        if (random.nextBoolean()) {
            options = options.withName(new Glob("*.\u00e9?\uD83D\uDE00 '%"));
        }
        options =
                options.startingAt(
                        switch (random.nextInt(3)) {
                            case 0 -> new ListStart.Beginning();
                            case 1 -> new ListStart.Continue();
                            default -> new ListStart.After(key);
                        });
        if (random.nextBoolean()) {
            options = options.withMaximumRecords(1 + random.nextLong(0xFFFFFFFFL));
        }
        for (ListFlag flag : ListFlag.values()) {
            options = random.nextBoolean() ? options.withFlag(flag) : options;
        }
        if (random.nextBoolean()) {
            options =
                    options.withHash(
                            new Sha256Prefix(
                                    "0123456789abcdef0"
                                            .repeat(3)
                                            .substring(0, 16 + random.nextInt(30))));
        }
        assertThat(options.maximumRecords()).isNotEqualTo(OptionalLong.of(0));
        return options;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
