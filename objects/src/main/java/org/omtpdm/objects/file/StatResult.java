package org.omtpdm.objects.file;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.omtpdm.objects.FileType;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.arguments.BadArgumentsException;
import org.omtpdm.objects.cbor.CborReader;
import org.omtpdm.objects.cbor.CborWriter;
import org.omtpdm.objects.cbor.MalformedDocumentException;

/**
 * What Stat found (Stat Result, resource 5 of File Management), a map: {@code {1: path, 2: type, 3:
 * size, 4: modified, ?5: mode, ?6: SHA-256, ?7: package instance}}.
 *
 * @param size bytes, 0 to 2^53
 * @param modified whole seconds, years 1 to 9999
 * @param mode permission bits, 0 to 07777
 * @param sha256 whole digest of the content, when it was asked for
 * @param packageInstance instance of /9 the file belongs to
 */
public record StatResult(
        DevicePath path,
        FileType type,
        long size,
        Instant modified,
        OptionalInt mode,
        Optional<Sha256Prefix> sha256,
        OptionalInt packageInstance) {

    /** The document is never larger, in bytes. */
    public static final int MAXIMUM_BYTES = 512;

    private static final int MAXIMUM_MODE = 07777;
    private static final int MAXIMUM_INSTANCE = 65534;

    public StatResult {
        Objects.requireNonNull(path);
        Objects.requireNonNull(type);
        long seconds = modified.getEpochSecond();
        if (size < 0
                || size > FileEntry.MAXIMUM_SIZE
                || seconds < FileEntry.MINIMUM_TIME
                || seconds > FileEntry.MAXIMUM_TIME
                || mode.orElse(0) < 0
                || mode.orElse(0) > MAXIMUM_MODE
                || !sha256.map(Sha256Prefix::isWhole).orElse(true)
                || packageInstance.orElse(0) < 0
                || packageInstance.orElse(0) > MAXIMUM_INSTANCE) {
            throw new IllegalArgumentException("Stat of " + path + ": a value is out of range");
        }
        modified = Instant.ofEpochSecond(seconds);
    }

    public byte[] encode() {
        int optional =
                (mode.isPresent() ? 1 : 0)
                        + (sha256.isPresent() ? 1 : 0)
                        + (packageInstance.isPresent() ? 1 : 0);
        CborWriter out =
                new CborWriter()
                        .map(4 + optional)
                        .unsigned(1)
                        .text(path.toString())
                        .unsigned(2)
                        .unsigned(type.code())
                        .unsigned(3)
                        .unsigned(size)
                        .unsigned(4)
                        .integer(modified.getEpochSecond());
        mode.ifPresent(bits -> out.unsigned(5).unsigned(bits));
        sha256.ifPresent(digest -> out.unsigned(6).bytes(digest.bytes()));
        packageInstance.ifPresent(instance -> out.unsigned(7).unsigned(instance));
        return out.toBytes();
    }

    /** Reads the map; its keys may come in any order, but each only once and only those known. */
    public static StatResult decode(byte[] document) throws MalformedDocumentException {
        CborReader in = new CborReader(document, MAXIMUM_BYTES);
        int pairs = in.map("stat result", 4, 7);
        Object[] values = new Object[8];
        for (int i = 0; i < pairs; i++) {
            int key = (int) in.unsigned("key", 1, 7);
            if (values[key] != null) {
                throw in.malformed("key " + key + " comes twice");
            }
            values[key] = value(in, key);
        }
        in.end();
        for (int key = 1; key <= 4; key++) {
            if (values[key] == null) {
                throw in.malformed("key " + key + " is missing");
            }
        }
        return new StatResult(
                path(in, (String) values[1]),
                FileType.forCode((Long) values[2]).orElseThrow(),
                (Long) values[3],
                Instant.ofEpochSecond((Long) values[4]),
                optional(values[5]),
                Optional.ofNullable((byte[]) values[6]).map(Sha256Prefix::of),
                optional(values[7]));
    }

    private static Object value(CborReader in, int key) throws MalformedDocumentException {
        return switch (key) {
            case 1 -> in.text("path", 2, DevicePath.MAXIMUM_BYTES);
            case 2 -> in.unsigned("type", 0, 3);
            case 3 -> in.unsigned("size", 0, FileEntry.MAXIMUM_SIZE);
            case 4 -> in.integer("time", FileEntry.MINIMUM_TIME, FileEntry.MAXIMUM_TIME);
            case 5 -> in.unsigned("mode", 0, MAXIMUM_MODE);
            case 6 -> in.bytes("SHA-256", 32, 32);
            default -> in.unsigned("package instance", 0, MAXIMUM_INSTANCE);
        };
    }

    private static OptionalInt optional(Object value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(((Long) value).intValue());
    }

    private static DevicePath path(CborReader in, String text) throws MalformedDocumentException {
        try {
            return DevicePath.parse(text);
        } catch (BadArgumentsException e) {
            throw in.malformed(e.getMessage());
        }
    }
}
