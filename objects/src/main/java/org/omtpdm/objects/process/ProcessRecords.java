package org.omtpdm.objects.process;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.omtpdm.objects.ProcessState;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.cbor.CborReader;
import org.omtpdm.objects.cbor.CborWriter;
import org.omtpdm.objects.cbor.MalformedDocumentException;
import org.omtpdm.objects.listing.ListPage;
import org.omtpdm.objects.listing.PageWriter;
import org.omtpdm.objects.listing.RecordFormat;

/**
 * Process records: {@code [pid, ppid, uid, state, cpu permille, rss KiB, start time - base, name,
 * ?package instance or null, ?hash8]}. The base is the start time of the page's first process in
 * seconds since 1970; the difference may be negative.
 */
public final class ProcessRecords implements RecordFormat<ProcessEntry> {

    /** The format; it has no state. */
    public static final ProcessRecords FORMAT = new ProcessRecords();

    private ProcessRecords() {}

    /** An empty page for processes. */
    public static PageWriter<ProcessEntry> writer(long windowId, int pageNumber, int pageSize) {
        return new PageWriter<>(FORMAT, windowId, pageNumber, pageSize);
    }

    /** Reads a page of processes. */
    public static ListPage<ProcessEntry> decode(byte[] page) throws MalformedDocumentException {
        return ListPage.decode(FORMAT, page);
    }

    @Override
    public long base(ProcessEntry first) {
        return first.startTime().getEpochSecond();
    }

    @Override
    public void write(
            CborWriter out, ProcessEntry process, long base, Optional<ProcessEntry> previous) {
        boolean hashed = process.hash().isPresent();
        boolean packaged = process.packageInstance().isPresent();
        out.array(hashed ? 10 : packaged ? 9 : 8)
                .unsigned(process.pid())
                .unsigned(process.parent())
                .unsigned(process.uid())
                .unsigned(process.state().code())
                .unsigned(process.cpuPermille())
                .unsigned(process.rssKiB())
                .integer(process.startTime().getEpochSecond() - base)
                .text(process.name());
        if (packaged) {
            out.unsigned(process.packageInstance().getAsInt());
        } else if (hashed) {
            out.nothing();
        }
        process.hash().ifPresent(hash -> out.bytes(hash.bytes()));
    }

    @Override
    public ProcessEntry read(CborReader in, long base, Optional<ProcessEntry> previous)
            throws MalformedDocumentException {
        int elements = in.array("process", 8, 10);
        long pid = in.unsigned("pid", 0, ProcessEntry.MAXIMUM_UINT32);
        long parent = in.unsigned("parent", 0, ProcessEntry.MAXIMUM_UINT32);
        long uid = in.unsigned("uid", 0, ProcessEntry.MAXIMUM_UINT32);
        long state = in.unsigned("process state", 0, 4);
        int cpu = (int) in.unsigned("CPU", 0, 1000);
        long rss = in.unsigned("memory", 0, ProcessEntry.MAXIMUM_RSS);
        long start = base + in.integer("start time", -base, ProcessEntry.MAXIMUM_TIME - base);
        String name = in.text("name", 1, ProcessEntry.MAXIMUM_NAME_BYTES);
        OptionalInt instance = OptionalInt.empty();
        if (elements > 8 && !in.skipNull()) {
            instance =
                    OptionalInt.of(
                            (int)
                                    in.unsigned(
                                            "package instance", 0, ProcessEntry.MAXIMUM_INSTANCE));
        }
        Optional<Sha256Prefix> hash =
                elements > 9
                        ? Optional.of(Sha256Prefix.of(in.bytes("hash", 8, 8)))
                        : Optional.empty();
        return new ProcessEntry(
                pid,
                parent,
                uid,
                ProcessState.forCode(state).orElseThrow(),
                cpu,
                rss,
                Instant.ofEpochSecond(start),
                name,
                instance,
                hash);
    }
}
