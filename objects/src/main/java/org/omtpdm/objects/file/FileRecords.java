package org.omtpdm.objects.file;

import java.time.Instant;
import java.util.Optional;
import org.omtpdm.objects.FileType;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.Utf8;
import org.omtpdm.objects.arguments.BadArgumentsException;
import org.omtpdm.objects.cbor.CborReader;
import org.omtpdm.objects.cbor.CborWriter;
import org.omtpdm.objects.cbor.MalformedDocumentException;
import org.omtpdm.objects.listing.ListPage;
import org.omtpdm.objects.listing.PageWriter;
import org.omtpdm.objects.listing.RecordFormat;

/**
 * File records: {@code [shared, suffix, type, size, modified - base, ?hash8]}. The name is the
 * whole {@link DevicePath}, front-coded: the first {@code shared} bytes are those of the record
 * before in the same page, the rest is {@code suffix}; the cut is between characters. The base is
 * the time of the page's first record in seconds since 1970, or 0 when that is earlier; the
 * difference may be negative.
 */
public final class FileRecords implements RecordFormat<FileEntry> {

    /** The format; it has no state. */
    public static final FileRecords FORMAT = new FileRecords();

    private FileRecords() {}

    /** An empty page for files. */
    public static PageWriter<FileEntry> writer(long windowId, int pageNumber, int pageSize) {
        return new PageWriter<>(FORMAT, windowId, pageNumber, pageSize);
    }

    /** Reads a page of files. */
    public static ListPage<FileEntry> decode(byte[] page) throws MalformedDocumentException {
        return ListPage.decode(FORMAT, page);
    }

    @Override
    public long base(FileEntry first) {
        return Math.max(0, first.modified().getEpochSecond());
    }

    @Override
    public void write(CborWriter out, FileEntry file, long base, Optional<FileEntry> previous) {
        String name = file.path().toString();
        int shared =
                previous.map(before -> sharedCharacters(before.path().toString(), name)).orElse(0);
        out.array(file.hash().isPresent() ? 6 : 5)
                .unsigned(Utf8.length(name.substring(0, shared)).orElseThrow())
                .text(name.substring(shared))
                .unsigned(file.type().code())
                .unsigned(file.size())
                .integer(file.modified().getEpochSecond() - base);
        file.hash().ifPresent(hash -> out.bytes(hash.bytes()));
    }

    @Override
    public FileEntry read(CborReader in, long base, Optional<FileEntry> previous)
            throws MalformedDocumentException {
        int elements = in.array("file", 5, 6);
        int shared = (int) in.unsigned("shared", 0, DevicePath.MAXIMUM_BYTES);
        String suffix = in.text("suffix", 0, DevicePath.MAXIMUM_BYTES);
        DevicePath path = path(in, start(in, shared, previous) + suffix);
        long type = in.unsigned("file type", 0, 3);
        long size = in.unsigned("size", 0, FileEntry.MAXIMUM_SIZE);
        long modified =
                base
                        + in.integer(
                                "time",
                                FileEntry.MINIMUM_TIME - base,
                                FileEntry.MAXIMUM_TIME - base);
        Optional<Sha256Prefix> hash =
                elements > 5
                        ? Optional.of(Sha256Prefix.of(in.bytes("hash", 8, 8)))
                        : Optional.empty();
        return new FileEntry(
                path,
                FileType.forCode(type).orElseThrow(),
                size,
                Instant.ofEpochSecond(modified),
                hash);
    }

    private static String start(CborReader in, int shared, Optional<FileEntry> previous)
            throws MalformedDocumentException {
        String before = previous.map(file -> file.path().toString()).orElse("");
        String start = Utf8.shorten(before, shared);
        if (Utf8.length(start).orElseThrow() != shared) {
            throw in.malformed(
                    "shared " + shared + " is not the length of a part of the name before");
        }
        return start;
    }

    private static DevicePath path(CborReader in, String name) throws MalformedDocumentException {
        try {
            return DevicePath.parse(name);
        } catch (BadArgumentsException e) {
            throw in.malformed(e.getMessage());
        }
    }

    private static int sharedCharacters(String before, String name) {
        int shared = 0;
        while (shared < before.length()
                && shared < name.length()
                && before.charAt(shared) == name.charAt(shared)) {
            shared++;
        }
        return shared > 0 && Character.isHighSurrogate(name.charAt(shared - 1))
                ? shared - 1
                : shared;
    }
}
