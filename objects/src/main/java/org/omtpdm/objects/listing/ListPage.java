package org.omtpdm.objects.listing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.omtpdm.objects.NextPage;
import org.omtpdm.objects.cbor.CborReader;
import org.omtpdm.objects.cbor.MalformedDocumentException;

/**
 * One page of a listing (Page, resource 21), read: {@code [format, window id, page number, next,
 * [base, *record]]}.
 *
 * @param windowId 0 to 4294967295; pages of one window have the same
 * @param pageNumber 0 to 63, the resource instance the page stands in
 * @param next what follows this page
 * @param records in the device's order, all values resolved
 */
public record ListPage<R>(long windowId, int pageNumber, NextPage next, List<R> records) {

    /** Record Format (resource 27) of the documents described here. */
    public static final int FORMAT = 1;

    /** No page is larger, in bytes. */
    public static final int MAXIMUM_BYTES = 1024;

    /** Most pages a window can have. */
    public static final int MAXIMUM_PAGES = 64;

    static final long MAXIMUM_WINDOW_ID = 0xFFFFFFFFL;
    static final long MAXIMUM_BASE = 1L << 40;

    public ListPage {
        records = List.copyOf(records);
    }

    /**
     * Reads a page.
     *
     * @throws MalformedDocumentException for anything that isn't exactly one page of this format
     */
    public static <R> ListPage<R> decode(RecordFormat<R> format, byte[] page)
            throws MalformedDocumentException {
        CborReader in = new CborReader(page, MAXIMUM_BYTES);
        in.array("page", 5, 5);
        in.unsigned("record format", FORMAT, FORMAT);
        long windowId = in.unsigned("window id", 0, MAXIMUM_WINDOW_ID);
        int pageNumber = (int) in.unsigned("page number", 0, MAXIMUM_PAGES - 1);
        long next = in.unsigned("next", 0, 2);
        int elements = in.array("records", 1, MAXIMUM_BYTES);
        long base = in.unsigned("base", 0, MAXIMUM_BASE);
        List<R> records = new ArrayList<>();
        Optional<R> previous = Optional.empty();
        for (int i = 1; i < elements; i++) {
            R record = format.read(in, base, previous);
            records.add(record);
            previous = Optional.of(record);
        }
        in.end();
        return new ListPage<>(windowId, pageNumber, NextPage.forCode(next).orElseThrow(), records);
    }
}
