package org.omtpdm.client.listing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.omtpdm.client.file.FileProblem;
import org.omtpdm.objects.NextPage;
import org.omtpdm.objects.listing.PageWriter;
import org.omtpdm.objects.listing.RecordFormat;

/**
 * Some pages of a listing, as they are kept until the next List.
 *
 * @param id 1 to 4294967295; 0 when nothing was listed
 * @param pages in CBOR
 * @param records how many are in the pages
 * @param total all matches, also beyond the window
 * @param cursor key of the last record; empty when the listing ends here
 */
record Window(
        int shortServerId,
        long id,
        List<byte[]> pages,
        long records,
        long total,
        String cursor,
        Instant filled) {

    static final long ID_MASK = 0xFFFFFFFFL;

    /** How large a window may become. */
    record Size(int pages, int pageBytes) {}

    /** One without pages. */
    static Window empty(int shortServerId, long total) {
        return new Window(shortServerId, 0, List.of(), 0, total, "", Instant.EPOCH);
    }

    /** Bytes held in memory. */
    int bytes() {
        return pages.stream().mapToInt(page -> page.length).sum();
    }

    /** Fills pages one after the other until the window is full or the records end. */
    static final class Filler<R> {

        private final RecordFormat<R> format;
        private final Records<R> records;
        private final Size size;
        private final long windowId;
        private final OptionalLong maximum;
        private final Instant now;
        private final List<byte[]> pages = new ArrayList<>();
        private PageWriter<R> page;
        private Optional<R> last = Optional.empty();
        private long taken;
        private boolean isFull;

        Filler(
                RecordFormat<R> format,
                Records<R> records,
                Size size,
                long windowId,
                OptionalLong maximum,
                Instant now) {
            this.format = format;
            this.records = records;
            this.size = size;
            this.windowId = windowId;
            this.maximum = maximum;
            this.now = now;
            this.page = newPage();
        }

        Window fill(int shortServerId, Optional<String> after, long total) throws FileProblem {
            records.forEach(after, this::take);
            boolean goesOn = isFull && records.canContinue();
            pages.add(page.toBytes(goesOn ? NextPage.NEXT_WINDOW : NextPage.END));
            String cursor = goesOn ? last.map(records::key).orElse("") : "";
            return new Window(
                    shortServerId, windowId, List.copyOf(pages), taken, total, cursor, now);
        }

        private boolean take(R record) {
            if (maximum.isPresent() && taken >= maximum.getAsLong()) {
                return false;
            }
            if (!page.append(record)) {
                if (pages.size() + 1 == size.pages) {
                    isFull = true;
                    return false;
                }
                pages.add(page.toBytes(NextPage.IN_WINDOW));
                page = newPage();
                page.append(record);
            }
            last = Optional.of(record);
            taken++;
            return true;
        }

        private PageWriter<R> newPage() {
            return new PageWriter<>(format, windowId, pages.size(), size.pageBytes);
        }
    }
}
