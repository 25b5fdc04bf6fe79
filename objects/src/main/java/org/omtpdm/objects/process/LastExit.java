package org.omtpdm.objects.process;

import java.time.Instant;
import java.util.OptionalInt;
import org.omtpdm.objects.Utf8;
import org.omtpdm.objects.cbor.CborReader;
import org.omtpdm.objects.cbor.CborWriter;
import org.omtpdm.objects.cbor.MalformedDocumentException;

/**
 * The last abnormal end of a process (Last Exit, resource 10 of Process Management): {@code [pid,
 * name, code, signal, time, package instance or null]}.
 *
 * @param pid 0 to 4294967295
 * @param name 1 to 64 bytes
 * @param code exit code, -2147483648 to 4294967295; 0 when a signal ended it
 * @param signal number of the signal that ended it, 0 to 255; 0 when it ended by itself
 * @param time whole seconds, from 1970 on
 * @param packageInstance instance of /9 it belonged to
 */
public record LastExit(
        long pid, String name, long code, int signal, Instant time, OptionalInt packageInstance) {

    /** The document is never larger, in bytes. */
    public static final int MAXIMUM_BYTES = 256;

    private static final long MINIMUM_CODE = Integer.MIN_VALUE;

    public LastExit {
        int bytes = Utf8.length(name).orElse(0);
        if (pid < 0
                || pid > ProcessEntry.MAXIMUM_UINT32
                || bytes < 1
                || bytes > ProcessEntry.MAXIMUM_NAME_BYTES
                || code < MINIMUM_CODE
                || code > ProcessEntry.MAXIMUM_UINT32
                || signal < 0
                || signal > 255
                || time.getEpochSecond() < 0
                || time.getEpochSecond() > ProcessEntry.MAXIMUM_TIME
                || packageInstance.orElse(0) < 0
                || packageInstance.orElse(0) > ProcessEntry.MAXIMUM_INSTANCE) {
            throw new IllegalArgumentException(
                    "Last exit of process " + pid + ": a value is out of range");
        }
        time = Instant.ofEpochSecond(time.getEpochSecond());
    }

    public byte[] encode() {
        CborWriter out =
                new CborWriter()
                        .array(6)
                        .unsigned(pid)
                        .text(name)
                        .integer(code)
                        .unsigned(signal)
                        .unsigned(time.getEpochSecond());
        if (packageInstance.isPresent()) {
            out.unsigned(packageInstance.getAsInt());
        } else {
            out.nothing();
        }
        return out.toBytes();
    }

    public static LastExit decode(byte[] document) throws MalformedDocumentException {
        CborReader in = new CborReader(document, MAXIMUM_BYTES);
        in.array("last exit", 6, 6);
        long pid = in.unsigned("pid", 0, ProcessEntry.MAXIMUM_UINT32);
        String name = in.text("name", 1, ProcessEntry.MAXIMUM_NAME_BYTES);
        long code = in.integer("exit code", MINIMUM_CODE, ProcessEntry.MAXIMUM_UINT32);
        int signal = (int) in.unsigned("signal", 0, 255);
        Instant time = Instant.ofEpochSecond(in.unsigned("time", 0, ProcessEntry.MAXIMUM_TIME));
        OptionalInt instance =
                in.skipNull()
                        ? OptionalInt.empty()
                        : OptionalInt.of(
                                (int)
                                        in.unsigned(
                                                "package instance",
                                                0,
                                                ProcessEntry.MAXIMUM_INSTANCE));
        in.end();
        return new LastExit(pid, name, code, signal, time, instance);
    }
}
