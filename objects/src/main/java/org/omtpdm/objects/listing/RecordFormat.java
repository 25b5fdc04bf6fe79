package org.omtpdm.objects.listing;

import java.util.Optional;
import org.omtpdm.objects.cbor.CborReader;
import org.omtpdm.objects.cbor.CborWriter;
import org.omtpdm.objects.cbor.MalformedDocumentException;

/**
 * How the records of one object are written into pages. A record may lean on the page's base (a
 * number that stands once at its begin) and on the record before it in the same page, and on
 * nothing else.
 *
 * @param <R> the record with all its values resolved
 */
public interface RecordFormat<R> {

    /** The base of a page that begins with this record; not negative. */
    long base(R first);

    void write(CborWriter out, R record, long base, Optional<R> previous);

    /**
     * @throws MalformedDocumentException when the next item isn't a record of this format
     */
    R read(CborReader in, long base, Optional<R> previous) throws MalformedDocumentException;
}
