package org.omtpdm.objects.kit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.omtpdm.objects.FileType;
import org.omtpdm.objects.NextPage;
import org.omtpdm.objects.ProcessState;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.cbor.MalformedDocumentException;
import org.omtpdm.objects.file.DevicePath;
import org.omtpdm.objects.file.FileEntry;
import org.omtpdm.objects.file.FileRecords;
import org.omtpdm.objects.file.StatResult;
import org.omtpdm.objects.listing.ListPage;
import org.omtpdm.objects.listing.PageWriter;
import org.omtpdm.objects.process.LastExit;
import org.omtpdm.objects.process.ProcessEntry;
import org.omtpdm.objects.process.ProcessRecords;

/**
 * Documents of one kind: valid ones with their meaning, and ones a server refuses.
 *
 * @param <T> what a document says
 */
final class DocumentVectors<T> {

    private static final Instant TIME = Instant.ofEpochSecond(1_772_352_000);

    /**
     * A page up to its list of records, and the same with a list that holds the base 0 and one
     * record.
     */
    private static final String PAGE = "8501000000";

    private static final String ONE_RECORD = PAGE + "8200";

    /** Reads one document. */
    @FunctionalInterface
    interface Decoder<T> {
        T decode(byte[] document) throws MalformedDocumentException;
    }

    private final ObjectNode vectors = JsonNodeFactory.instance.objectNode();
    private final ArrayNode valid = vectors.putArray("valid");
    private final ArrayNode invalid = vectors.putArray("invalid");
    private final Decoder<T> decoder;
    private final Function<T, ObjectNode> meaning;

    private DocumentVectors(Decoder<T> decoder, Function<T, ObjectNode> meaning) {
        this.decoder = decoder;
        this.meaning = meaning;
    }

    static ObjectNode processPages() {
        DocumentVectors<ListPage<ProcessEntry>> made =
                new DocumentVectors<>(
                        ProcessRecords::decode, page -> Meaning.of(page, Meaning::of));
        PageWriter<ProcessEntry> page = ProcessRecords.writer(7, 0, 1000);
        page.append(process(1, "init", TIME, OptionalInt.empty(), Optional.empty()));
        page.append(
                process(212, "mail", TIME.plusSeconds(3600), OptionalInt.of(2), Optional.empty()));
        page.append(
                process(
                        213,
                        "caf\u00e9",
                        TIME.minusSeconds(5),
                        OptionalInt.empty(),
                        Optional.of(hash())));
        made.good("three processes, another page follows", page.toBytes(NextPage.IN_WINDOW));
        made.good("nothing left", ProcessRecords.writer(7, 1, 1000).toBytes(NextPage.END));
        byte[] last = ProcessRecords.writer(4294967295L, 63, 64).toBytes(NextPage.NEXT_WINDOW);
        made.good("largest window id and page number, the listing goes on", last);
        made.goodToRead(
                "numbers longer than needed", "85 1801 1a00000007 1800 00 81 1b0000000000000000");
        made.pageMistakes();
        made.bad("a record of 7 elements", ONE_RECORD + "87 01 00 00 01 00 00 00");
        made.bad("state 5", ONE_RECORD + "88 01 00 00 05 00 00 00 6161");
        made.bad("1001 permille", ONE_RECORD + "88 01 00 00 01 1903e9 00 00 6161");
        made.bad("an empty name", ONE_RECORD + "88 01 00 00 01 00 00 00 60");
        made.bad(
                "a name of 65 bytes",
                ONE_RECORD + "88 01 00 00 01 00 00 00 7841" + "61".repeat(65));
        made.bad("a name that is not UTF-8", ONE_RECORD + "88 01 00 00 01 00 00 00 61ff");
        made.bad("a name as byte string", ONE_RECORD + "88 01 00 00 01 00 00 00 4161");
        made.bad("a start time before 1970", ONE_RECORD + "88 01 00 00 01 00 00 20 6161");
        made.bad("a pid of 33 bits", ONE_RECORD + "88 1b0000000100000000 00 00 01 00 00 00 6161");
        return made.vectors;
    }

    static ObjectNode filePages() {
        DocumentVectors<ListPage<FileEntry>> made =
                new DocumentVectors<>(FileRecords::decode, page -> Meaning.of(page, Meaning::of));
        PageWriter<FileEntry> page = FileRecords.writer(8, 0, 1000);
        page.append(file("logs", FileType.DIRECTORY, 0, TIME, Optional.empty()));
        page.append(
                file(
                        "logs/today.txt",
                        FileType.FILE,
                        4096,
                        TIME.plusSeconds(60),
                        Optional.of(hash())));
        page.append(
                file("logs/tod\u20ac", FileType.LINK, 9, TIME.minusSeconds(60), Optional.empty()));
        page.append(
                file(
                        "logs/tod\u20ad",
                        FileType.OTHER,
                        0,
                        Instant.ofEpochSecond(-1),
                        Optional.empty()));
        made.good("names front-coded between characters, the end", page.toBytes(NextPage.END));
        made.pageMistakes();
        made.bad("the first record shares bytes", ONE_RECORD + "85 01 63303a61 00 00 00");
        String two = PAGE + "8300 85 00 65303ae282ac 00 00 00 85 ";
        made.bad("more shared bytes than the name before has", two + "06 6161 00 00 00");
        made.bad("shared bytes end inside a character", two + "03 6161 00 00 00");
        made.bad("a path that climbs", ONE_RECORD + "85 00 66303a2e2e2f78 00 00 00");
        made.bad("an absolute path", ONE_RECORD + "85 00 64303a2f61 00 00 00");
        made.bad("a name without a root", ONE_RECORD + "85 00 6161 00 00 00");
        made.bad("type 4", ONE_RECORD + "85 00 63303a61 04 00 00");
        made.bad("a negative size", ONE_RECORD + "85 00 63303a61 00 20 00");
        made.bad("a hash of 7 bytes", ONE_RECORD + "86 00 63303a61 00 00 00 4701020304050607");
        return made.vectors;
    }

    static ObjectNode statResults() {
        DocumentVectors<StatResult> made = new DocumentVectors<>(StatResult::decode, Meaning::of);
        DevicePath path = new DevicePath(0, "logs/today.txt");
        Optional<Sha256Prefix> digest = Optional.of(new Sha256Prefix("ab".repeat(32)));
        StatResult full =
                new StatResult(
                        path,
                        FileType.FILE,
                        4096,
                        TIME,
                        OptionalInt.of(0644),
                        digest,
                        OptionalInt.of(2));
        made.good("everything", full.encode());
        made.goodToRead("what must be there, in another order", "a4 0400 0300 0201 01 63303a61");
        made.bad("without the time", "a3 01 63303a61 0200 0300");
        made.bad("the size twice", "a5 01 63303a61 0200 0300 0300 0400");
        made.bad("key 8", "a5 01 63303a61 0200 0300 0400 0800");
        made.bad("a digest of 8 bytes", "a5 01 63303a61 0200 0300 0400 06 480102030405060708");
        made.bad("an absolute path", "a4 01 622f61 0200 0300 0400");
        return made.vectors;
    }

    static ObjectNode lastExits() {
        DocumentVectors<LastExit> made = new DocumentVectors<>(LastExit::decode, Meaning::of);
        made.good(
                "ended by signal 11",
                new LastExit(212, "mail", 0, 11, TIME, OptionalInt.of(2)).encode());
        made.good(
                "ended with -1, no package",
                new LastExit(1, "a", -1, 0, TIME, OptionalInt.empty()).encode());
        made.bad("five elements", "85 01 6161 00 00 00");
        made.bad("signal 256", "86 01 6161 00 190100 00 f6");
        made.bad("false instead of null", "86 01 6161 00 00 00 f4");
        return made.vectors;
    }

    private void pageMistakes() {
        bad("nothing", "");
        bad("not an array", "a0");
        bad("four elements", "84 01 00 00 00");
        bad("record format 2", "85 02 00 00 00 8100");
        bad("page number 64", "85 01 00 1840 00 8100");
        bad("next 3", "85 01 00 00 03 8100");
        bad("a window id of 33 bits", "85 01 1b0000000100000000 00 00 8100");
        bad("no base", PAGE + "80");
        bad("a negative base", PAGE + "8120");
        bad("a record that is a number", ONE_RECORD + "00");
        bad("an array of indefinite length", "9f 01 00 00 00 8100 ff");
        bad("a tag", "85 c101 00 00 00 8100");
        bad("truncated", PAGE + "81");
        bad("a byte too many", PAGE + "8100 00");
        bad("more records promised than bytes", PAGE + "9affffffff 00");
        bad("1025 bytes", PAGE + "8100" + "00".repeat(1018));
    }

    /** A document no device of ours would write, but every server reads. */
    private void goodToRead(String what, String hex) {
        good(what, HexFormat.of().parseHex(hex.replace(" ", ""))).put("decodeOnly", true);
    }

    private ObjectNode good(String what, byte[] document) {
        try {
            ObjectNode vector = vector(valid, what, document);
            vector.set("meaning", meaning.apply(decoder.decode(document)));
            return vector;
        } catch (MalformedDocumentException e) {
            throw new IllegalStateException("Vector '" + what + "'", e);
        }
    }

    private void bad(String what, String hex) {
        byte[] document = HexFormat.of().parseHex(hex.replace(" ", ""));
        try {
            decoder.decode(document);
        } catch (MalformedDocumentException e) {
            vector(invalid, what, document)
                    .put("expected", "refused")
                    .put("because", e.getMessage());
            return;
        }
        throw new IllegalStateException("Vector '" + what + "' was accepted");
    }

    private static ObjectNode vector(ArrayNode list, String what, byte[] document) {
        return list.addObject().put("what", what).put("hex", HexFormat.of().formatHex(document));
    }

    private static Sha256Prefix hash() {
        return new Sha256Prefix("44d88612fea8a8f3");
    }

    private static ProcessEntry process(
            long pid,
            String name,
            Instant start,
            OptionalInt instance,
            Optional<Sha256Prefix> hash) {
        return new ProcessEntry(
                pid, 1, 1000, ProcessState.SLEEPING, 12, 20480, start, name, instance, hash);
    }

    private static FileEntry file(
            String path, FileType type, long size, Instant time, Optional<Sha256Prefix> hash) {
        return new FileEntry(new DevicePath(0, path), type, size, time, hash);
    }
}
