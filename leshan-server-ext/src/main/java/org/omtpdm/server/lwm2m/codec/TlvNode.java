package org.omtpdm.server.lwm2m.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One entry of an LwM2M TLV payload: a value or a list of entries. Reading is bounded: a tree has
 * at most three levels, whatever the bytes say.
 *
 * @param value the bytes of a leaf, empty for a list
 * @param children the entries of a list, empty for a leaf
 * @see "LwM2M Core 1.1.1 §7.4.5"
 */
record TlvNode(Kind kind, int id, byte[] value, List<TlvNode> children) {

    /** The two highest bits of the type byte. */
    enum Kind {
        OBJECT_INSTANCE,
        RESOURCE_INSTANCE,
        MULTIPLE_RESOURCE,
        RESOURCE;

        boolean isLeaf() {
            return this == RESOURCE || this == RESOURCE_INSTANCE;
        }
    }

    private static final int MAX_DEPTH = 3;
    private static final int MAX_LENGTH = 0xFFFFFF;

    static TlvNode leaf(Kind kind, int id, byte[] value) {
        return new TlvNode(kind, id, value, List.of());
    }

    static TlvNode list(Kind kind, int id, List<TlvNode> children) {
        return new TlvNode(kind, id, new byte[0], children);
    }

    static List<TlvNode> read(byte[] payload) throws UndecodableException {
        return read(ByteBuffer.wrap(payload), 1);
    }

    private static List<TlvNode> read(ByteBuffer in, int depth) throws UndecodableException {
        if (depth > MAX_DEPTH) {
            throw new UndecodableException("TLV nested more than " + MAX_DEPTH + " deep");
        }
        var nodes = new ArrayList<TlvNode>();
        while (in.hasRemaining()) {
            int type = in.get() & 0xFF;
            var kind = Kind.values()[type >> 6];
            int id = number(in, (type & 0x20) == 0 ? 1 : 2);
            int lengthBytes = (type >> 3) & 0x3;
            int length = lengthBytes == 0 ? type & 0x7 : number(in, lengthBytes);
            if (length > in.remaining()) {
                throw new UndecodableException(
                        "TLV entry "
                                + id
                                + " says "
                                + length
                                + " bytes, "
                                + in.remaining()
                                + " left");
            }
            var part = in.slice(in.position(), length);
            in.position(in.position() + length);
            if (kind.isLeaf()) {
                var value = new byte[length];
                part.get(value);
                nodes.add(leaf(kind, id, value));
            } else {
                nodes.add(list(kind, id, read(part, depth + 1)));
            }
        }
        return nodes;
    }

    private static int number(ByteBuffer in, int bytes) throws UndecodableException {
        if (in.remaining() < bytes) {
            throw new UndecodableException("TLV ends within an entry");
        }
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | in.get() & 0xFF;
        }
        return value;
    }

    static byte[] write(List<TlvNode> nodes) {
        var out = new ByteArrayOutputStream();
        for (var node : nodes) {
            var content = node.kind.isLeaf() ? node.value : write(node.children);
            if (content.length > MAX_LENGTH) {
                throw new IllegalArgumentException("TLV entry of " + content.length + " bytes");
            }
            int idBytes = node.id > 0xFF ? 2 : 1;
            int lengthBytes = lengthBytes(content.length);
            int type = node.kind.ordinal() << 6 | (idBytes - 1) << 5 | lengthBytes << 3;
            out.write(lengthBytes == 0 ? type | content.length : type);
            number(out, node.id, idBytes);
            number(out, content.length, lengthBytes);
            out.writeBytes(content);
        }
        return out.toByteArray();
    }

    private static int lengthBytes(int length) {
        if (length < 8) {
            return 0;
        }
        return length <= 0xFF ? 1 : length <= 0xFFFF ? 2 : 3;
    }

    private static void number(ByteArrayOutputStream out, int value, int bytes) {
        for (int i = bytes - 1; i >= 0; i--) {
            out.write(value >> (8 * i));
        }
    }
}
