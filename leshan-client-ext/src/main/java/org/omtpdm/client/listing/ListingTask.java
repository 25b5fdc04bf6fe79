package org.omtpdm.client.listing;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.omtpdm.client.file.FileProblem;
import org.omtpdm.client.object.Requester;
import org.omtpdm.client.operation.OperationBlock;
import org.omtpdm.client.operation.Outcome;
import org.omtpdm.objects.ListFlag;
import org.omtpdm.objects.OperationResult;
import org.omtpdm.objects.listing.ListOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one List does: find records, fill a window, and where that is wanted send window after
 * window.
 */
public final class ListingTask<R> {

    private static final Logger LOG = LoggerFactory.getLogger(ListingTask.class);

    /** Makes the records of one List; may take its time. */
    @FunctionalInterface
    public interface Finder<R> {
        Records<R> find(OperationBlock.Shown progress) throws FileProblem, IOException;
    }

    /**
     * Where a window begins.
     *
     * @param total all matches, where they were counted for the window before
     */
    record Start(Optional<String> after, OptionalLong total) {}

    private final ListingBlock<R> block;
    private final Requester who;
    private final ListOptions options;
    private final Finder<R> finder;
    private final OperationBlock.Shown shown;
    private volatile Optional<Records<R>> found = Optional.empty();
    private volatile Optional<Window> current = Optional.empty();

    ListingTask(
            ListingBlock<R> block,
            Requester who,
            ListOptions options,
            Finder<R> finder,
            OperationBlock.Shown shown) {
        this.block = block;
        this.who = who;
        this.options = options;
        this.finder = finder;
        this.shown = shown;
    }

    /** Fills the first window; never throws. */
    void fill(Start start) {
        try {
            Records<R> records = finder.find(shown);
            long total = start.total.isPresent() ? start.total.getAsLong() : records.count();
            Window filled =
                    options.has(ListFlag.COUNT_ONLY)
                            ? Window.empty(who.shortServerId(), total)
                            : block.filler(records, options.maximumRecords())
                                    .fill(who.shortServerId(), start.after, total);
            found = Optional.of(records);
            current = Optional.of(filled);
            block.publish(current);
            if (!options.has(ListFlag.SEND)) {
                shown.end(outcome(records));
            }
        } catch (FileProblem e) {
            failed(Outcome.of(e.result(), e.getMessage()));
        } catch (IOException | RuntimeException e) {
            LOG.warn("List failed", e);
            failed(Outcome.of(OperationResult.IO_ERROR, e.getClass().getSimpleName()));
        }
    }

    private void failed(Outcome outcome) {
        block.publish(Optional.empty());
        shown.end(outcome);
    }

    /** There was no thread for it. */
    void rejected() {
        failed(Outcome.of(OperationResult.UNSPECIFIED, "too much to do"));
    }

    private Outcome outcome(Records<R> records) {
        return records.isComplete()
                ? Outcome.ok()
                : Outcome.of(OperationResult.PARTIAL, records.note());
    }

    /** Sends the window and all that follow; never throws. */
    void send() {
        if (current.isEmpty()) {
            return;
        }
        Records<R> records = found.orElseThrow();
        try {
            long left = options.maximumRecords().orElse(Long.MAX_VALUE);
            boolean isTaken = block.send(current.get());
            while (isTaken && !current.get().cursor().isEmpty() && !shown.isCancelled()) {
                Window sent = current.get();
                left -= sent.records();
                Window next =
                        block.filler(
                                        records,
                                        left == Long.MAX_VALUE
                                                ? OptionalLong.empty()
                                                : OptionalLong.of(left))
                                .fill(
                                        who.shortServerId(),
                                        Optional.of(sent.cursor()),
                                        sent.total());
                current = Optional.of(next);
                block.publish(current);
                isTaken = block.send(next);
            }
            shown.end(
                    isTaken
                            ? outcome(records)
                            : Outcome.of(
                                    OperationResult.CONNECTION_LOST,
                                    "the server did not take a page"));
        } catch (FileProblem e) {
            failed(Outcome.of(e.result(), e.getMessage()));
        }
    }
}
