package org.omtpdm.objects.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.upokecenter.cbor.CBORObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.omtpdm.objects.NextPage;
import org.omtpdm.objects.ProcessState;
import org.omtpdm.objects.Requirement;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.Utf8;
import org.omtpdm.objects.cbor.MalformedDocumentException;
import org.omtpdm.objects.cbor.Mutations;
import org.omtpdm.objects.listing.ListPage;
import org.omtpdm.objects.listing.PageWriter;

class ProcessRecordsTest {

    private static final Instant BOOT = Instant.parse("2026-03-01T08:00:00Z");

    @Test
    void every_list_of_processes_reads_back_as_written() throws Exception {
        Random random = new Random(4);
        for (int i = 0; i < 500; i++) {
            List<ProcessEntry> processes = new ArrayList<>();
            for (int n = random.nextInt(60); n > 0; n--) {
                processes.add(anyProcess(random));
            }
            int pageSize = 64 + random.nextInt(961);

            List<ProcessEntry> read = new ArrayList<>();
            for (byte[] page : pages(processes, pageSize)) {
                ListPage<ProcessEntry> decoded = ProcessRecords.decode(page);
                assertThat(page.length <= pageSize || decoded.records().size() == 1).isTrue();
                read.addAll(decoded.records());
            }
            assertThat(read).isEqualTo(processes);
        }
    }

    @Test
    @Requirement("R-PR-02")
    void three_hundred_processes_fit_ten_pages() throws Exception {
        List<ProcessEntry> processes = realProcesses(300);

        List<byte[]> pages = pages(processes, PageWriter.DEFAULT_PAGE_SIZE);

        int bytes = pages.stream().mapToInt(page -> page.length).sum();
        assertThat(pages)
                .hasSizeLessThanOrEqualTo(10)
                .allSatisfy(page -> assertThat(page).hasSizeLessThanOrEqualTo(1000));
        assertThat(bytes).isBetween(7_000, 10_000);
        List<ProcessEntry> read = new ArrayList<>();
        for (byte[] page : pages) {
            read.addAll(ProcessRecords.decode(page).records());
        }
        assertThat(read).isEqualTo(processes);
    }

    @Test
    void a_page_is_the_cbor_the_library_reads() throws Exception {
        PageWriter<ProcessEntry> writer = ProcessRecords.writer(7, 3, 1000);
        writer.append(process(1, "init", BOOT, OptionalInt.empty(), Optional.empty()));
        Sha256Prefix hash = new Sha256Prefix("0011223344556677");
        writer.append(
                process(20, "mail", BOOT.minusSeconds(5), OptionalInt.of(2), Optional.empty()));
        writer.append(
                process(21, "x", BOOT.plusSeconds(500), OptionalInt.empty(), Optional.of(hash)));

        CBORObject page = CBORObject.DecodeFromBytes(writer.toBytes(NextPage.NEXT_WINDOW));

        long base = BOOT.getEpochSecond();
        assertThat(page.toString())
                .isEqualTo(
                        "[1, 7, 3, 2, ["
                                + base
                                + ", [1, 0, 1000, 1, 12, 2048, 0, \"init\"],"
                                + " [20, 0, 1000, 1, 12, 2048, -5, \"mail\", 2],"
                                + " [21, 0, 1000, 1, 12, 2048, 500, \"x\", null, h'0011223344556677']]]");
        assertThat(ProcessRecords.decode(page.EncodeToBytes()).records()).hasSize(3);
    }

    @Test
    void an_empty_page_is_a_page() throws Exception {
        byte[] page = ProcessRecords.writer(0xFFFFFFFFL, 63, 64).toBytes(NextPage.END);

        ListPage<ProcessEntry> read = ProcessRecords.decode(page);

        assertThat(read.records()).isEmpty();
        assertThat(read.windowId()).isEqualTo(0xFFFFFFFFL);
        assertThat(read.pageNumber()).isEqualTo(63);
        assertThat(read.next()).isEqualTo(NextPage.END);
    }

    @Test
    void a_full_page_refuses_the_next_record_and_stays_as_it_is() {
        PageWriter<ProcessEntry> writer = ProcessRecords.writer(1, 0, 100);
        Random random = new Random(8);
        while (writer.append(anyProcess(random))) {}
        byte[] full = writer.toBytes(NextPage.END);

        assertThat(writer.append(anyProcess(random))).isFalse();
        assertThat(writer.toBytes(NextPage.END)).isEqualTo(full);
    }

    @Test
    void damaged_pages_are_refused_and_nothing_escapes() {
        byte[] page = pages(realProcesses(30), 1000).get(0);
        Mutations.assertRefused(ProcessRecords::decode, page, 20_000, 12);
        Mutations.assertRefused(
                ProcessRecords::decode, pages(realProcesses(1), 64).get(0), 20_000, 13);
        Mutations.assertExactLength(ProcessRecords::decode, page);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "a0",
                "f6",
                "8501000000",
                "850100000080",
                "8502000000 8100",
                "8502000000 8100 00",
                "8501 00 1840 00 81 00",
                "85 01 1b0000000100000000 00 00 81 00",
                "85 01 00 00 03 81 00",
                "85 01 00 00 00 81 20",
                "85 01 00 00 00 82 00 80",
                "86 01 00 00 00 81 00 00",
                "85 01 00 00 00 82 00 88 01 00 00 05 00 00 00 61 61",
                "85 01 00 00 00 82 00 88 01 00 00 01 1903e9 00 00 61 61",
                "85 01 00 00 00 82 00 88 01 00 00 01 00 00 20 61 61",
                "85 01 00 00 00 82 00 88 01 00 00 01 00 00 00 60",
                "85 01 00 00 00 82 00 8a 01 00 00 01 00 00 00 61 61 f6 47 01020304050607",
                "85 01 00 00 00 82 00 89 01 00 00 01 00 00 00 61 61 19ffff",
                "9f 01 00 00 00 81 00 ff"
            })
    void a_page_that_says_something_impossible_is_refused(String hex) {
        byte[] page = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThatThrownBy(() -> ProcessRecords.decode(page))
                .isInstanceOf(MalformedDocumentException.class);
    }

    @Test
    void the_last_exit_reads_back_as_written() throws Exception {
        Random random = new Random(6);
        for (int i = 0; i < 2_000; i++) {
            LastExit exit =
                    new LastExit(
                            random.nextLong(1L << 32),
                            name(random),
                            random.nextInt(),
                            random.nextInt(256),
                            Instant.ofEpochSecond(random.nextLong(1L << 40)),
                            random.nextBoolean()
                                    ? OptionalInt.empty()
                                    : OptionalInt.of(random.nextInt(65535)));
            assertThat(exit.encode()).hasSizeLessThanOrEqualTo(LastExit.MAXIMUM_BYTES);
            assertThat(LastExit.decode(exit.encode())).isEqualTo(exit);
        }
    }

    @Test
    void a_damaged_last_exit_is_refused_and_nothing_escapes() {
        byte[] exit = new LastExit(4711, "browser", 0, 11, BOOT, OptionalInt.of(3)).encode();
        Mutations.assertRefused(LastExit::decode, exit, 20_000, 14);
        Mutations.assertExactLength(LastExit::decode, exit);
    }

    static List<byte[]> pages(List<ProcessEntry> processes, int pageSize) {
        List<byte[]> pages = new ArrayList<>();
        PageWriter<ProcessEntry> writer = ProcessRecords.writer(1, 0, pageSize);
        for (ProcessEntry process : processes) {
            if (!writer.append(process)) {
                pages.add(writer.toBytes(NextPage.IN_WINDOW));
                writer = ProcessRecords.writer(1, pages.size() % ListPage.MAXIMUM_PAGES, pageSize);
                assertThat(writer.append(process)).isTrue();
            }
        }
        pages.add(writer.toBytes(NextPage.END));
        return pages;
    }

    /**
     * What a desktop shows: some kernel threads, services from the boot on, programs started over
     * the day.
     */
    private static List<ProcessEntry> realProcesses(int count) {
        String[] names = {
            "systemd", "kworker/3:1-events", "sshd", "dbus-daemon", "NetworkManager", "firefox",
                    "Web Content", "bash",
            "gnome-shell", "pipewire", "rtkit-daemon", "java", "python3", "cron", "agetty",
                    "ksoftirqd/0"
        };
        Random random = new Random(300);
        List<ProcessEntry> processes = new ArrayList<>();
        long pid = 0;
        for (int i = 0; i < count; i++) {
            pid += 1 + random.nextInt(i < 100 ? 3 : 200);
            boolean kernel = i < 100;
            processes.add(
                    new ProcessEntry(
                            pid,
                            kernel ? 2 : random.nextInt((int) pid),
                            kernel || random.nextInt(3) == 0 ? 0 : 1000,
                            random.nextInt(20) == 0 ? ProcessState.RUNNING : ProcessState.SLEEPING,
                            random.nextInt(10) == 0 ? random.nextInt(400) : 0,
                            kernel ? 0 : 1_000 + random.nextInt(400_000),
                            BOOT.plusSeconds(kernel ? random.nextInt(3) : random.nextInt(50_000)),
                            names[random.nextInt(names.length)],
                            OptionalInt.empty(),
                            Optional.empty()));
        }
        return processes;
    }

    private static ProcessEntry process(
            long pid,
            String name,
            Instant start,
            OptionalInt instance,
            Optional<Sha256Prefix> hash) {
        return new ProcessEntry(
                pid, 0, 1000, ProcessState.SLEEPING, 12, 2048, start, name, instance, hash);
    }

    private static ProcessEntry anyProcess(Random random) {
        byte[] hash = new byte[8];
        random.nextBytes(hash);
        return new ProcessEntry(
                random.nextLong(1L << 32),
                random.nextLong(1L << 32),
                random.nextLong(1L << 32),
                ProcessState.values()[random.nextInt(5)],
                random.nextInt(1001),
                random.nextLong((1L << 40) + 1),
                Instant.ofEpochSecond(random.nextLong((1L << 40) + 1)),
                name(random),
                random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(65535)),
                random.nextBoolean() ? Optional.empty() : Optional.of(Sha256Prefix.of(hash)));
    }

    private static String name(Random random) {
        StringBuilder name = new StringBuilder("p");
        for (int n = random.nextInt(40); n > 0; n--) {
            name.appendCodePoint(1 + random.nextInt(random.nextInt(3) == 0 ? 0xD000 : 0x7F));
        }
        return Utf8.shorten(name.toString(), ProcessEntry.MAXIMUM_NAME_BYTES);
    }
}
