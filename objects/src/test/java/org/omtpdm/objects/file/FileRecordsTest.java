package org.omtpdm.objects.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.upokecenter.cbor.CBORObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.omtpdm.objects.FileType;
import org.omtpdm.objects.NextPage;
import org.omtpdm.objects.Requirement;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.cbor.MalformedDocumentException;
import org.omtpdm.objects.cbor.Mutations;
import org.omtpdm.objects.listing.ListPage;
import org.omtpdm.objects.listing.PageWriter;

class FileRecordsTest {

    private static final Instant SPRING = Instant.parse("2026-03-01T08:00:00Z");

    @Test
    void every_list_of_files_reads_back_as_written() throws Exception {
        Random random = new Random(4);
        for (int i = 0; i < 500; i++) {
            List<FileEntry> files = new ArrayList<>();
            for (int n = random.nextInt(60); n > 0; n--) {
                files.add(anyFile(random));
            }
            int pageSize = 64 + random.nextInt(961);

            List<FileEntry> read = new ArrayList<>();
            for (byte[] page : pages(files, pageSize)) {
                ListPage<FileEntry> decoded = FileRecords.decode(page);
                assertThat(page.length <= pageSize || decoded.records().size() == 1).isTrue();
                read.addAll(decoded.records());
            }
            assertThat(read).isEqualTo(files);
        }
    }

    @Test
    void five_thousand_files_take_about_a_hundred_and_five_pages() throws Exception {
        List<FileEntry> files = realFiles(5_000);

        List<byte[]> pages = pages(files, PageWriter.DEFAULT_PAGE_SIZE);

        assertThat(pages)
                .hasSizeBetween(90, 110)
                .allSatisfy(page -> assertThat(page).hasSizeLessThanOrEqualTo(1000));
        List<FileEntry> read = new ArrayList<>();
        for (byte[] page : pages) {
            read.addAll(FileRecords.decode(page).records());
        }
        assertThat(read).isEqualTo(files);
    }

    @Test
    void a_page_is_the_cbor_the_library_reads() throws Exception {
        PageWriter<FileEntry> writer = FileRecords.writer(7, 0, 1000);
        writer.append(file("0:logs", FileType.DIRECTORY, 0, SPRING, Optional.empty()));
        Sha256Prefix hash = new Sha256Prefix("0011223344556677");
        writer.append(
                file(
                        "0:logs/a.txt",
                        FileType.FILE,
                        4096,
                        SPRING.minusSeconds(9),
                        Optional.of(hash)));
        writer.append(file("0:logs/b\u20ac", FileType.LINK, 3, SPRING, Optional.empty()));
        writer.append(file("0:logs/b\u20ad", FileType.OTHER, 3, SPRING, Optional.empty()));

        CBORObject page = CBORObject.DecodeFromBytes(writer.toBytes(NextPage.END));

        assertThat(page.toString())
                .isEqualTo(
                        "[1, 7, 0, 0, ["
                                + SPRING.getEpochSecond()
                                + ", [0, \"0:logs\", 1, 0, 0],"
                                + " [6, \"/a.txt\", 0, 4096, -9, h'0011223344556677'],"
                                + " [7, \"b\\u20AC\", 2, 3, 0], [8, \"\\u20AD\", 3, 3, 0]]]");
        assertThat(FileRecords.decode(page.EncodeToBytes()).records()).hasSize(4);
    }

    @Test
    void files_from_before_1970_have_a_time_too() throws Exception {
        Instant old = Instant.parse("0001-01-01T00:00:00Z");
        List<FileEntry> files =
                List.of(
                        file("0:a", FileType.FILE, 1, old, Optional.empty()),
                        file(
                                "0:b",
                                FileType.FILE,
                                1,
                                Instant.parse("9999-12-31T23:59:59Z"),
                                Optional.empty()));
        assertThat(FileRecords.decode(pages(files, 1000).get(0)).records()).isEqualTo(files);
    }

    @Test
    void the_longest_name_gets_through_whatever_the_page_size() throws Exception {
        List<FileEntry> files =
                List.of(
                        file(
                                "0:" + "a".repeat(253),
                                FileType.FILE,
                                1L << 53,
                                SPRING,
                                Optional.empty()),
                        file("0:" + "b".repeat(253), FileType.FILE, 1, SPRING, Optional.empty()));
        List<byte[]> pages = pages(files, 64);
        assertThat(pages).hasSize(2).allSatisfy(page -> assertThat(page).hasSizeBetween(255, 400));
        assertThat(FileRecords.decode(pages.get(1)).records()).containsExactly(files.get(1));
    }

    @Test
    void damaged_pages_are_refused_and_nothing_escapes() {
        byte[] page = pages(realFiles(50), 1000).get(0);
        Mutations.assertRefused(FileRecords::decode, page, 20_000, 21);
        Mutations.assertRefused(FileRecords::decode, pages(realFiles(2), 200).get(0), 20_000, 22);
        Mutations.assertExactLength(FileRecords::decode, page);
    }

    @ParameterizedTest
    @Requirement("R-FI-03")
    @ValueSource(
            strings = {
                // shared in the first record; shared beyond the name before; a cut inside a
                // character
                "85 01 00 00 00 82 00 85 01 63 303a61 00 00 00",
                "85 01 00 00 00 83 00 85 00 63 303a61 00 00 00 85 04 61 62 00 00 00",
                "85 01 00 00 00 83 00 85 00 65 303ae282ac 00 00 00 85 03 61 62 00 00 00",
                // ../x, an absolute path, no root, a NUL, a path too long
                "85 01 00 00 00 82 00 85 00 66 303a2e2e2f78 00 00 00",
                "85 01 00 00 00 82 00 85 00 64 303a2f61 00 00 00",
                "85 01 00 00 00 82 00 85 00 61 61 00 00 00",
                "85 01 00 00 00 82 00 85 00 63 303a00 00 00 00",
                // unknown type, negative size, size too large, a tag as time, short hash
                "85 01 00 00 00 82 00 85 00 63 303a61 04 00 00",
                "85 01 00 00 00 82 00 85 00 63 303a61 00 20 00",
                "85 01 00 00 00 82 00 85 00 63 303a61 00 1b0020000000000001 00",
                "85 01 00 00 00 82 00 85 00 63 303a61 00 00 c100",
                "85 01 00 00 00 82 00 86 00 63 303a61 00 00 00 41 01"
            })
    void a_page_that_says_something_impossible_is_refused(String hex) {
        byte[] page = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThatThrownBy(() -> FileRecords.decode(page))
                .isInstanceOf(MalformedDocumentException.class);
    }

    @Test
    void a_page_larger_than_any_page_is_refused() {
        assertThatThrownBy(() -> FileRecords.decode(new byte[1025]))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessageContaining("1024");
    }

    @Test
    void a_stat_result_reads_back_as_written() throws Exception {
        Random random = new Random(30);
        for (int i = 0; i < 2_000; i++) {
            FileEntry file = anyFile(random);
            byte[] digest = new byte[32];
            random.nextBytes(digest);
            StatResult stat =
                    new StatResult(
                            file.path(),
                            file.type(),
                            file.size(),
                            file.modified(),
                            random.nextBoolean()
                                    ? OptionalInt.empty()
                                    : OptionalInt.of(random.nextInt(4096)),
                            random.nextBoolean()
                                    ? Optional.empty()
                                    : Optional.of(Sha256Prefix.of(digest)),
                            random.nextBoolean()
                                    ? OptionalInt.empty()
                                    : OptionalInt.of(random.nextInt(65535)));
            assertThat(stat.encode()).hasSizeLessThanOrEqualTo(StatResult.MAXIMUM_BYTES);
            assertThat(StatResult.decode(stat.encode())).isEqualTo(stat);
        }
    }

    @Test
    void a_damaged_stat_result_is_refused_and_nothing_escapes() {
        byte[] stat =
                new StatResult(
                                new DevicePath(0, "logs/a.txt"),
                                FileType.FILE,
                                4096,
                                SPRING,
                                OptionalInt.of(0644),
                                Optional.of(new Sha256Prefix("ab".repeat(32))),
                                OptionalInt.of(3))
                        .encode();
        Mutations.assertRefused(StatResult::decode, stat, 20_000, 31);
        Mutations.assertExactLength(StatResult::decode, stat);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a3 01 63 303a61 02 00 03 00",
                "a4 01 63 303a61 02 00 03 00 03 00",
                "a4 01 63 303a61 02 00 03 00 08 00",
                "a4 02 00 03 00 04 00 05 00",
                "a4 01 64 303a2f61 02 00 03 00 04 00",
                "a5 01 63 303a61 02 00 03 00 04 00 06 48 0102030405060708"
            })
    void a_stat_result_that_lacks_or_repeats_something_is_refused(String hex) {
        byte[] document = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThatThrownBy(() -> StatResult.decode(document))
                .isInstanceOf(MalformedDocumentException.class);
    }

    @Test
    void a_stat_result_may_have_its_keys_in_any_order() throws Exception {
        byte[] document = HexFormat.of().parseHex("a4040503040201 0163303a61".replace(" ", ""));
        assertThat(StatResult.decode(document).type()).isEqualTo(FileType.DIRECTORY);
    }

    private static List<byte[]> pages(List<FileEntry> files, int pageSize) {
        List<byte[]> pages = new ArrayList<>();
        PageWriter<FileEntry> writer = FileRecords.writer(1, 0, pageSize);
        for (FileEntry file : files) {
            if (!writer.append(file)) {
                pages.add(writer.toBytes(NextPage.IN_WINDOW));
                writer = FileRecords.writer(1, pages.size() % ListPage.MAXIMUM_PAGES, pageSize);
                assertThat(writer.append(file)).isTrue();
            }
        }
        pages.add(writer.toBytes(NextPage.END));
        return pages;
    }

    /** A tree as a device has it: applications with libraries, pictures and logs, in key order. */
    private static List<FileEntry> realFiles(int count) {
        String[] folders = {
            "app/mail/lib",
            "app/mail/res",
            "app/browser/lib",
            "data/photos/2026",
            "logs",
            "etc",
            "share/locale"
        };
        String[] words = {
            "config", "index", "module", "photo", "report", "cache", "state", "message", "font",
            "layout"
        };
        String[] endings = {".so", ".xml", ".json", ".jpg", ".log", ".db", ""};
        Random random = new Random(5000);
        TreeSet<DevicePath> paths = new TreeSet<>();
        while (paths.size() < count) {
            String folder =
                    folders[random.nextInt(folders.length)]
                            + (random.nextInt(4) > 0 ? "/" + random.nextInt(40) : "");
            String name =
                    words[random.nextInt(words.length)]
                            + "-"
                            + random.nextInt(900)
                            + endings[random.nextInt(endings.length)];
            paths.add(new DevicePath(0, folder + "/" + name));
        }
        List<FileEntry> files = new ArrayList<>();
        for (DevicePath path : paths) {
            files.add(
                    new FileEntry(
                            path,
                            FileType.FILE,
                            (long) Math.exp(random.nextDouble() * 14),
                            installed(path, random),
                            Optional.empty()));
        }
        return files;
    }

    /** Most files came together with their neighbours, the others at some time of the last year. */
    private static Instant installed(DevicePath path, Random random) {
        int days = Math.abs(path.parent().orElseThrow().hashCode() % 365);
        return random.nextInt(6) == 0
                ? SPRING.minusSeconds(random.nextInt(30_000_000))
                : SPRING.minus(Duration.ofDays(days)).plusSeconds(random.nextInt(3_600));
    }

    private static FileEntry file(
            String path, FileType type, long size, Instant time, Optional<Sha256Prefix> hash) {
        return new FileEntry(
                new DevicePath(path.charAt(0) - '0', path.substring(2)), type, size, time, hash);
    }

    private static FileEntry anyFile(Random random) {
        StringBuilder path = new StringBuilder();
        for (int segments = 1 + random.nextInt(4); segments > 0; segments--) {
            path.append(path.isEmpty() ? "" : "/")
                    .append(random.nextBoolean() ? "a" : "\uD83D\uDE00");
            for (int n = random.nextInt(6); n > 0; n--) {
                path.appendCodePoint(
                        new int[] {'b', 0xE9, 0x20AC, 0x1F600, 0x1F601, ' '}[random.nextInt(6)]);
            }
        }
        byte[] hash = new byte[8];
        random.nextBytes(hash);
        return new FileEntry(
                new DevicePath(random.nextInt(3), path.toString()),
                FileType.values()[random.nextInt(4)],
                random.nextLong((1L << 53) + 1),
                Instant.ofEpochSecond(FileEntry.MINIMUM_TIME + random.nextLong(300_000_000_000L)),
                random.nextBoolean() ? Optional.empty() : Optional.of(Sha256Prefix.of(hash)));
    }
}
