package org.omtpdm.client.listing;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.eclipse.leshan.core.node.LwM2mMultipleResource;
import org.eclipse.leshan.core.node.LwM2mResource;
import org.eclipse.leshan.core.node.LwM2mSingleResource;
import org.omtpdm.client.file.FileProblem;
import org.omtpdm.client.object.Changes;
import org.omtpdm.client.object.DeviceContext;
import org.omtpdm.client.object.PreparedWrite;
import org.omtpdm.client.object.Refusal;
import org.omtpdm.client.object.Requester;
import org.omtpdm.client.object.ResourceTable;
import org.omtpdm.client.operation.OperationBlock;
import org.omtpdm.client.operation.Outcome;
import org.omtpdm.client.state.StateStore;
import org.omtpdm.objects.ListFlag;
import org.omtpdm.objects.ListingResources;
import org.omtpdm.objects.OperationResult;
import org.omtpdm.objects.listing.ListOptions;
import org.omtpdm.objects.listing.ListPage;
import org.omtpdm.objects.listing.ListStart;
import org.omtpdm.objects.listing.PageWriter;
import org.omtpdm.objects.listing.RecordFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resources 21 to 29, which every object of ours that lists records has (OBJECTS.md C.2): a window
 * of a few pages that belongs to the server whose List filled it, until that server's next List or
 * until nobody has asked for it for five minutes. Thread-safe.
 */
public final class ListingBlock<R> {

    private static final Logger LOG = LoggerFactory.getLogger(ListingBlock.class);
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final int DEFAULT_PAGES = 7;
    private static final int CONSTRAINED_PAGE_BYTES = 200;
    private static final long WINDOW_ID_MASK = 0xFFFFFFFFL;

    /** An answer waits so long for the window. */
    private static final long ANSWER_WAITS_MILLIS = 2000;

    /** Makes the records of one List; may take its time. */
    @FunctionalInterface
    public interface Finder<R> {
        Records<R> find(OperationBlock.Shown progress) throws FileProblem, IOException;
    }

    private final ListingPlace place;
    private final RecordFormat<R> format;
    private final OperationBlock operations;
    private final LongSupplier changeCounter;
    private final Clock clock;
    private Window.Size size;
    private long lastWindowId;
    private Optional<Window> window = Optional.empty();
    private Optional<Object> filling = Optional.empty();
    private Instant lastUsed = Instant.EPOCH;

    /**
     * Where a listing block stands and what it works with.
     *
     * @param defaults size of a window until a server writes another
     * @param sender delivers pages to servers that want them sent
     */
    record ListingPlace(
            int objectId,
            int instanceId,
            Window.Size defaults,
            StateStore state,
            Changes changes,
            Executor work,
            PageSender sender) {}

    /**
     * @param changeCounter counts up whenever another List could give another answer
     */
    public ListingBlock(
            ListingPlace place,
            RecordFormat<R> format,
            OperationBlock operations,
            LongSupplier changeCounter,
            Clock clock) {
        this.place = place;
        this.format = format;
        this.operations = operations;
        this.changeCounter = changeCounter;
        this.clock = clock;
        this.lastWindowId = clock.millis() & WINDOW_ID_MASK;
        this.size =
                new Window.Size(
                        stored(ListingResources.WINDOW_PAGES, place.defaults.pages()),
                        stored(ListingResources.PAGE_SIZE, place.defaults.pageBytes()));
    }

    /** The place of a listing block in an object of the device. */
    public static ListingPlace place(DeviceContext context, int objectId, int instanceId) {
        return new ListingPlace(
                objectId,
                instanceId,
                context.constrained()
                        ? new Window.Size(1, CONSTRAINED_PAGE_BYTES)
                        : new Window.Size(DEFAULT_PAGES, PageWriter.DEFAULT_PAGE_SIZE),
                context.state(),
                context.changes(),
                context.work(),
                context.sender());
    }

    private int stored(int resourceId, int otherwise) {
        return place.state.get(key(resourceId)).map(Integer::parseInt).orElse(otherwise);
    }

    private String key(int resourceId) {
        return "listing/" + place.objectId + "/" + place.instanceId + "/" + resourceId;
    }

    /** Adds the resources to an instance's table; List itself is the object's. */
    public void addTo(ResourceTable table) {
        table.readable(
                        ListingResources.PAGE,
                        who ->
                                Optional.of(
                                        LwM2mMultipleResource.newBinaryResource(
                                                ListingResources.PAGE, pages(who))))
                .notObservable(ListingResources.PAGE)
                .readable(
                        ListingResources.PAGE_COUNT,
                        who -> unsigned(ListingResources.PAGE_COUNT, windowOf(who).pages().size()))
                .readable(
                        ListingResources.TOTAL_MATCHES,
                        who -> unsigned(ListingResources.TOTAL_MATCHES, windowOf(who).total()))
                .readable(ListingResources.CURSOR, who -> text(windowOf(who).cursor()))
                .readable(ListingResources.WINDOW_TIME, this::windowTime)
                .unsigned(ListingResources.PAGE_SIZE, () -> size().pageBytes())
                .writable(
                        ListingResources.PAGE_SIZE,
                        (who, value) -> {
                            int bytes =
                                    (int)
                                            ResourceTable.number(
                                                    value,
                                                    PageWriter.MINIMUM_PAGE_SIZE,
                                                    ListPage.MAXIMUM_BYTES);
                            return resize(
                                    ListingResources.PAGE_SIZE,
                                    bytes,
                                    old -> new Window.Size(old.pages(), bytes));
                        })
                .unsigned(ListingResources.RECORD_FORMAT, () -> ListPage.FORMAT)
                .unsigned(ListingResources.CHANGE_COUNTER, changeCounter)
                .unsigned(ListingResources.WINDOW_PAGES, () -> size().pages())
                .writable(
                        ListingResources.WINDOW_PAGES,
                        (who, value) -> {
                            int pages =
                                    (int) ResourceTable.number(value, 1, ListPage.MAXIMUM_PAGES);
                            return resize(
                                    ListingResources.WINDOW_PAGES,
                                    pages,
                                    old -> new Window.Size(pages, old.pageBytes()));
                        });
    }

    private static Optional<LwM2mResource> unsigned(int id, long value) {
        return Optional.of(
                LwM2mSingleResource.newUnsignedIntegerResource(id, ResourceTable.unsigned(value)));
    }

    private static Optional<LwM2mResource> text(String cursor) {
        return Optional.of(LwM2mSingleResource.newStringResource(ListingResources.CURSOR, cursor));
    }

    private Optional<LwM2mResource> windowTime(Requester who) {
        Window current = windowOf(who);
        return current.id() == 0
                ? Optional.empty()
                : Optional.of(
                        LwM2mSingleResource.newDateResource(
                                ListingResources.WINDOW_TIME, Date.from(current.filled())));
    }

    private synchronized Window.Size size() {
        return size;
    }

    private PreparedWrite resize(int resourceId, int value, UnaryOperator<Window.Size> change) {
        return PreparedWrite.stored(
                key(resourceId),
                Integer.toString(value),
                () -> {
                    synchronized (this) {
                        size = change.apply(size);
                    }
                    place.changes.resources(place.objectId, place.instanceId, resourceId);
                });
    }

    private Map<Integer, byte[]> pages(Requester who) {
        Map<Integer, byte[]> pages = new TreeMap<>();
        for (byte[] page : windowOf(who).pages()) {
            pages.put(pages.size(), page);
        }
        return pages;
    }

    /** The window, for those it belongs to; for others it looks empty. */
    private synchronized Window windowOf(Requester who) {
        dropWhenIdle();
        Optional<Window> visible =
                window.filter(w -> who.isDevice() || w.shortServerId() == who.shortServerId());
        if (visible.isPresent() && !who.isDevice()) {
            lastUsed = clock.instant();
        }
        return visible.orElseGet(() -> Window.empty(who.shortServerId(), Instant.EPOCH));
    }

    private void dropWhenIdle() {
        if (filling.isEmpty() && Duration.between(lastUsed, clock.instant()).compareTo(IDLE) > 0) {
            window = Optional.empty();
        }
    }

    /**
     * Fills the window. Returns when it is filled, or after two seconds while filling goes on; its
     * end is then notified.
     *
     * @throws Refusal when the window is another server's, or is being filled
     */
    public void list(
            Requester who, ListOptions options, Optional<Long> correlator, Finder<R> finder)
            throws Refusal {
        Start start;
        Object ticket = new Object();
        synchronized (this) {
            dropWhenIdle();
            boolean isOthers =
                    window.map(w -> w.shortServerId() != who.shortServerId()).orElse(false);
            if (isOthers || filling.isPresent()) {
                throw Refusal.busy(ListingResources.LIST);
            }
            if (options.has(ListFlag.SEND) && !place.sender.maySend(who.shortServerId())) {
                throw Refusal.notAllowed("send:muted");
            }
            start = start(who, options);
            window = Optional.of(Window.empty(who.shortServerId(), clock.instant()));
            filling = Optional.of(ticket);
            lastUsed = clock.instant();
        }
        OperationBlock.Shown shown = operations.show(who, ListingResources.LIST, correlator);
        FutureTask<Void> task =
                new FutureTask<>(() -> fill(who, options, start, finder, shown), null);
        try {
            place.work.execute(task);
            task.get(ANSWER_WAITS_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // it goes on; Page Count is notified
        } catch (RejectedExecutionException e) {
            LOG.debug("List not begun, the agent is stopping");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Where a window begins.
     *
     * @param total all matches, where they were counted for the window before
     */
    private record Start(Optional<String> after, OptionalLong total) {}

    private Start start(Requester who, ListOptions options) throws Refusal {
        if (options.start() instanceof ListStart.After key) {
            return new Start(Optional.of(key.key()), OptionalLong.empty());
        }
        if (options.start() instanceof ListStart.Continue) {
            Window before = windowOf(who);
            if (before.cursor().isEmpty()) {
                throw Refusal.notAllowed("listing finished");
            }
            return new Start(Optional.of(before.cursor()), OptionalLong.of(before.total()));
        }
        return new Start(Optional.empty(), OptionalLong.empty());
    }

    private void fill(
            Requester who,
            ListOptions options,
            Start start,
            Finder<R> finder,
            OperationBlock.Shown shown) {
        Outcome outcome;
        try {
            Records<R> records = finder.find(shown);
            Window filled = window(who, options, start, records);
            publish(Optional.of(filled));
            if (options.has(ListFlag.SEND)) {
                sendAll(who, options, filled, records);
            }
            outcome =
                    records.isComplete()
                            ? Outcome.ok()
                            : Outcome.of(OperationResult.PARTIAL, records.note());
        } catch (FileProblem e) {
            publish(Optional.empty());
            outcome = Outcome.of(e.result(), e.getMessage());
        } catch (IOException | RuntimeException e) {
            LOG.warn("List of /{}/{} failed", place.objectId, place.instanceId, e);
            publish(Optional.empty());
            outcome = Outcome.of(OperationResult.IO_ERROR, e.getClass().getSimpleName());
        }
        shown.end(outcome);
    }

    private Window window(Requester who, ListOptions options, Start start, Records<R> records)
            throws FileProblem {
        Window.Size now;
        long id;
        synchronized (this) {
            now = size;
            lastWindowId = Math.max(1, lastWindowId + 1 & WINDOW_ID_MASK);
            id = lastWindowId;
        }
        long total = start.total.isPresent() ? start.total.getAsLong() : records.count();
        if (options.has(ListFlag.COUNT_ONLY)) {
            return Window.empty(who.shortServerId(), clock.instant()).withoutPages(total);
        }
        return new Window.Filler<>(format, records, now, id, options.maximumRecords())
                .fill(who.shortServerId(), start.after, total, clock.instant());
    }

    private void sendAll(Requester who, ListOptions options, Window first, Records<R> records)
            throws FileProblem {
        Window current = first;
        while (place.sender.send(
                        who.shortServerId(), place.objectId, place.instanceId, current.pages())
                && !current.cursor().isEmpty()) {
            current =
                    window(
                            who,
                            options,
                            new Start(
                                    Optional.of(current.cursor()),
                                    OptionalLong.of(current.total())),
                            records);
            publish(Optional.of(current));
        }
    }

    private void publish(Optional<Window> filled) {
        synchronized (this) {
            window = filled.isPresent() ? filled : window;
            filling = Optional.empty();
            lastUsed = clock.instant();
        }
        place.changes.resources(
                place.objectId,
                place.instanceId,
                ListingResources.PAGE_COUNT,
                ListingResources.TOTAL_MATCHES,
                ListingResources.CURSOR);
    }

    /** Bytes that the window holds in memory. */
    synchronized int windowBytes() {
        return window.map(Window::bytes).orElse(0);
    }
}
