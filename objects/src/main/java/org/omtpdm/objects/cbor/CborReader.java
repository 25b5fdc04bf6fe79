package org.omtpdm.objects.cbor;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the small part of CBOR (RFC 8949) our documents use: integers, byte and text strings,
 * arrays and maps of definite length, and null. Everything else is refused where it stands.
 *
 * <p>It walks over the bytes and builds no tree, so a document can't make it use more memory than
 * its own length, and whatever the bytes are, nothing but {@link MalformedDocumentException} comes
 * out. Not thread-safe.
 */
public final class CborReader {

    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int NULL = 0xF6;

    private final byte[] document;
    private int position;

    /**
     * @param maximumBytes what the definition of the document allows
     * @throws MalformedDocumentException when the document is larger
     */
    public CborReader(byte[] document, int maximumBytes) throws MalformedDocumentException {
        if (document.length > maximumBytes) {
            throw new MalformedDocumentException(
                    "Document of "
                            + document.length
                            + " bytes, at most "
                            + maximumBytes
                            + " allowed");
        }
        this.document = document.clone();
    }

    /** An unsigned integer within the range, both ends included. */
    public long unsigned(String what, long minimum, long maximum)
            throws MalformedDocumentException {
        int start = position;
        return inRange(start, what, argument(what, UNSIGNED), minimum, maximum);
    }

    /** An integer of either sign within the range, both ends included. */
    public long integer(String what, long minimum, long maximum) throws MalformedDocumentException {
        int start = position;
        boolean negative = major(what) == NEGATIVE;
        long value = argument(what, negative ? NEGATIVE : UNSIGNED);
        return inRange(start, what, negative ? -1 - value : value, minimum, maximum);
    }

    /** A text string of valid UTF-8 whose length in bytes is within the range. */
    public String text(String what, int minimumBytes, int maximumBytes)
            throws MalformedDocumentException {
        ByteBuffer utf8 = string(what, TEXT, minimumBytes, maximumBytes);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException e) {
            throw malformed(what, "not valid UTF-8");
        }
    }

    /** A byte string whose length is within the range. */
    public byte[] bytes(String what, int minimum, int maximum) throws MalformedDocumentException {
        ByteBuffer string = string(what, BYTES, minimum, maximum);
        byte[] copy = new byte[string.remaining()];
        string.get(copy);
        return copy;
    }

    /** Opens an array and tells how many elements follow. */
    public int array(String what, int minimum, int maximum) throws MalformedDocumentException {
        return (int)
                inRange(position, what + " (elements)", argument(what, ARRAY), minimum, maximum);
    }

    /** Opens a map and tells how many pairs follow. */
    public int map(String what, int minimum, int maximum) throws MalformedDocumentException {
        return (int) inRange(position, what + " (pairs)", argument(what, MAP), minimum, maximum);
    }

    /** Whether null comes next; if so it is consumed. */
    public boolean skipNull() {
        if (position < document.length && (document[position] & 0xFF) == NULL) {
            position++;
            return true;
        }
        return false;
    }

    /** Ends the reading. */
    public void end() throws MalformedDocumentException {
        if (position != document.length) {
            throw new MalformedDocumentException(
                    "Byte " + position + ": bytes left over after the document");
        }
    }

    /** An exception that names the place the reader has come to. */
    public MalformedDocumentException malformed(String problem) {
        return at(position, problem);
    }

    private MalformedDocumentException malformed(String what, String problem) {
        return at(position, what + ": " + problem);
    }

    private static MalformedDocumentException at(int start, String problem) {
        return new MalformedDocumentException("Byte " + start + ": " + problem);
    }

    private ByteBuffer string(String what, int major, int minimum, int maximum)
            throws MalformedDocumentException {
        int length =
                (int) inRange(position, what + " (bytes)", argument(what, major), minimum, maximum);
        if (length > document.length - position) {
            throw malformed(what, "truncated");
        }
        ByteBuffer string = ByteBuffer.wrap(document, position, length).slice();
        position += length;
        return string;
    }

    private int major(String what) throws MalformedDocumentException {
        if (position >= document.length) {
            throw malformed(what, "truncated");
        }
        return (document[position] & 0xFF) >> 5;
    }

    /** The number in the head of the next item, which must be of the given major type. */
    private long argument(String what, int major) throws MalformedDocumentException {
        int found = major(what);
        if (found != major) {
            throw malformed(what, "expected " + name(major) + ", found " + name(found));
        }
        int head = document[position] & 0x1F;
        if (head < 24) {
            position++;
            return head;
        }
        if (head > 27) {
            throw malformed(
                    what, head == 31 ? "indefinite length is not allowed" : "reserved encoding");
        }
        int width = 1 << (head - 24);
        if (width > document.length - position - 1) {
            throw malformed(what, "truncated");
        }
        long value = 0;
        for (int i = 1; i <= width; i++) {
            value = value << 8 | document[position + i] & 0xFF;
        }
        if (value < 0) {
            throw malformed(what, "out of range");
        }
        position += 1 + width;
        return value;
    }

    private static long inRange(int start, String what, long value, long minimum, long maximum)
            throws MalformedDocumentException {
        if (value < minimum || value > maximum) {
            throw at(
                    start,
                    what
                            + ": "
                            + value
                            + " is out of range, expected "
                            + minimum
                            + " to "
                            + maximum);
        }
        return value;
    }

    private static String name(int major) {
        return switch (major) {
            case UNSIGNED -> "an unsigned integer";
            case NEGATIVE -> "a negative integer";
            case BYTES -> "a byte string";
            case TEXT -> "a text string";
            case ARRAY -> "an array";
            case MAP -> "a map";
            case 6 -> "a tag";
            default -> "a simple value";
        };
    }
}
