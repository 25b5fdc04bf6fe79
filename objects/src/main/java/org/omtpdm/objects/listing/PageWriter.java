package org.omtpdm.objects.listing;

import java.util.Optional;
import org.omtpdm.objects.NextPage;
import org.omtpdm.objects.cbor.CborWriter;

/**
 * Fills one page with records, one after the other, until it is full. Records are never split. A
 * record that is too large for any page of the wanted size gets a page for itself, which is then
 * larger than wanted, but never larger than {@link ListPage#MAXIMUM_BYTES}. Not thread-safe.
 */
public final class PageWriter<R> {

    /** Bounds of Page Size (resource 26), in bytes. */
    public static final int MINIMUM_PAGE_SIZE = 64;

    public static final int DEFAULT_PAGE_SIZE = 1000;

    private final RecordFormat<R> format;
    private final long windowId;
    private final int pageNumber;
    private final int pageSize;
    private final CborWriter records = new CborWriter();
    private int count;
    private long base;
    private Optional<R> previous = Optional.empty();

    /**
     * @param windowId 0 to 4294967295
     * @param pageNumber 0 to 63
     * @param pageSize 64 to 1024 bytes
     */
    public PageWriter(RecordFormat<R> format, long windowId, int pageNumber, int pageSize) {
        if (windowId < 0 || windowId > ListPage.MAXIMUM_WINDOW_ID) {
            throw new IllegalArgumentException(
                    "Window id " + windowId + ", expected 0 to 4294967295");
        }
        if (pageNumber < 0 || pageNumber >= ListPage.MAXIMUM_PAGES) {
            throw new IllegalArgumentException("Page number " + pageNumber + ", expected 0 to 63");
        }
        if (pageSize < MINIMUM_PAGE_SIZE || pageSize > ListPage.MAXIMUM_BYTES) {
            throw new IllegalArgumentException("Page size " + pageSize + ", expected 64 to 1024");
        }
        this.format = format;
        this.windowId = windowId;
        this.pageNumber = pageNumber;
        this.pageSize = pageSize;
    }

    /**
     * Adds a record.
     *
     * @return whether it went in; if not, the page is full and unchanged, and the record belongs to
     *     the next one
     */
    public boolean append(R record) {
        long newBase = count == 0 ? format.base(record) : base;
        CborWriter encoded = new CborWriter();
        format.write(encoded, record, newBase, previous);
        int size = head(count + 1, newBase, NextPage.END).size() + records.size() + encoded.size();
        if (size > (count == 0 ? ListPage.MAXIMUM_BYTES : pageSize)) {
            if (count == 0) {
                throw new IllegalArgumentException(
                        "A record of " + encoded.size() + " bytes fits in no page");
            }
            return false;
        }
        base = newBase;
        records.raw(encoded.toBytes());
        count++;
        previous = Optional.of(record);
        return true;
    }

    /** How many records are in the page. */
    public int count() {
        return count;
    }

    /** The page as it stands, in CBOR. */
    public byte[] toBytes(NextPage next) {
        return head(count, base, next).raw(records.toBytes()).toBytes();
    }

    private CborWriter head(int records, long pageBase, NextPage next) {
        return new CborWriter()
                .array(5)
                .unsigned(ListPage.FORMAT)
                .unsigned(windowId)
                .unsigned(pageNumber)
                .unsigned(next.code())
                .array(1 + records)
                .unsigned(pageBase);
    }
}
