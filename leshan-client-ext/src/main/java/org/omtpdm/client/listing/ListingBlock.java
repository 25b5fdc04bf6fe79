package org.omtpdm.client.listing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.eclipse.leshan.core.node.LwM2mMultipleResource;
import org.eclipse.leshan.core.node.LwM2mResource;
import org.eclipse.leshan.core.node.LwM2mSingleResource;
import org.omtpdm.client.object.DeviceContext;
import org.omtpdm.client.object.PreparedWrite;
import org.omtpdm.client.object.Refusal;
import org.omtpdm.client.object.Requester;
import org.omtpdm.client.object.ResourceTable;
import org.omtpdm.client.operation.OperationBlock;
import org.omtpdm.objects.ListFlag;
import org.omtpdm.objects.ListingResources;
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

    /** An answer waits so long for the window. */
    private static final long ANSWER_WAITS_MILLIS = 2000;

    private final int objectId;
    private final int instanceId;
    private final DeviceContext context;
    private final Clock clock;
    private final RecordFormat<R> format;
    private final OperationBlock operations;
    private final LongSupplier changeCounter;
    private Window.Size size;
    private long lastWindowId;
    private Optional<Window> window = Optional.empty();
    private boolean isFilling;
    private Instant lastUsed = Instant.EPOCH;

    /**
     * @param operations shows listings that take their time, and how they ended
     * @param changeCounter counts up whenever another List could give another answer
     */
    public ListingBlock(
            DeviceContext context,
            int objectId,
            int instanceId,
            RecordFormat<R> format,
            OperationBlock operations,
            LongSupplier changeCounter) {
        this.context = context;
        this.objectId = objectId;
        this.instanceId = instanceId;
        this.format = format;
        this.operations = operations;
        this.changeCounter = changeCounter;
        this.clock = context.clock();
        this.lastWindowId = clock.millis() & Window.ID_MASK;
        this.size =
                new Window.Size(
                        stored(
                                ListingResources.WINDOW_PAGES,
                                context.constrained() ? 1 : DEFAULT_PAGES),
                        stored(
                                ListingResources.PAGE_SIZE,
                                context.constrained()
                                        ? CONSTRAINED_PAGE_BYTES
                                        : PageWriter.DEFAULT_PAGE_SIZE));
    }

    private int stored(int resourceId, int otherwise) {
        return context.state().get(key(resourceId)).map(Integer::parseInt).orElse(otherwise);
    }

    private String key(int resourceId) {
        return "listing/" + objectId + "/" + instanceId + "/" + resourceId;
    }

    /** Adds the resources to an instance's table; List itself is the object's. */
    public void addTo(ResourceTable table) {
        table.readable(ListingResources.PAGE, who -> Optional.of(pages(who)))
                .notObservable(ListingResources.PAGE)
                .readable(
                        ListingResources.PAGE_COUNT,
                        who -> unsigned(ListingResources.PAGE_COUNT, windowOf(who).pages().size()))
                .readable(
                        ListingResources.TOTAL_MATCHES,
                        who -> unsigned(ListingResources.TOTAL_MATCHES, windowOf(who).total()))
                .readable(
                        ListingResources.CURSOR,
                        who ->
                                Optional.of(
                                        LwM2mSingleResource.newStringResource(
                                                ListingResources.CURSOR, windowOf(who).cursor())))
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

    private Optional<LwM2mResource> windowTime(Requester who) {
        Window current = windowOf(who);
        return current.id() == 0
                ? Optional.empty()
                : Optional.of(
                        LwM2mSingleResource.newDateResource(
                                ListingResources.WINDOW_TIME, Date.from(current.filled())));
    }

    private LwM2mResource pages(Requester who) {
        Map<Integer, byte[]> pages = new TreeMap<>();
        for (byte[] page : windowOf(who).pages()) {
            pages.put(pages.size(), page);
        }
        return LwM2mMultipleResource.newBinaryResource(ListingResources.PAGE, pages);
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
                    context.changes().resources(objectId, instanceId, resourceId);
                });
    }

    /** The window, for those it belongs to; for others it looks empty. */
    private synchronized Window windowOf(Requester who) {
        dropWhenIdle();
        Optional<Window> visible =
                window.filter(w -> who.isDevice() || w.shortServerId() == who.shortServerId());
        if (visible.isPresent() && !who.isDevice()) {
            lastUsed = clock.instant();
        }
        return visible.orElseGet(() -> Window.empty(who.shortServerId(), 0));
    }

    private void dropWhenIdle() {
        if (!isFilling && Duration.between(lastUsed, clock.instant()).compareTo(IDLE) > 0) {
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
            Requester who,
            ListOptions options,
            Optional<Long> correlator,
            ListingTask.Finder<R> finder)
            throws Refusal {
        ListingTask.Start start;
        synchronized (this) {
            dropWhenIdle();
            if (isFilling
                    || window.map(w -> w.shortServerId() != who.shortServerId()).orElse(false)) {
                throw Refusal.busy(ListingResources.LIST);
            }
            if (options.has(ListFlag.SEND) && !context.sender().maySend(who.shortServerId())) {
                throw Refusal.notAllowed("send:muted");
            }
            start = start(who, options);
            window = Optional.of(Window.empty(who.shortServerId(), 0));
            isFilling = true;
            lastUsed = clock.instant();
        }
        OperationBlock.Shown shown = operations.show(who, ListingResources.LIST, correlator);
        ListingTask<R> task = new ListingTask<>(this, who, options, finder, shown);
        FutureTask<Void> filling = new FutureTask<>(() -> task.fill(start), null);
        try {
            context.work().execute(filling);
            filling.get(ANSWER_WAITS_MILLIS, TimeUnit.MILLISECONDS);
            if (options.has(ListFlag.SEND)) {
                context.work().execute(task::send);
            }
        } catch (TimeoutException e) {
            sendLater(options, filling, task);
        } catch (RejectedExecutionException e) {
            task.rejected();
            throw Refusal.busy(ListingResources.LIST);
        } catch (ExecutionException e) {
            LOG.warn("List of /{}/{} failed", objectId, instanceId, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The window isn't filled yet; it is sent when it is. */
    private void sendLater(ListOptions options, FutureTask<Void> filling, ListingTask<R> task) {
        if (options.has(ListFlag.SEND)) {
            context.work()
                    .execute(
                            () -> {
                                try {
                                    filling.get();
                                    task.send();
                                } catch (ExecutionException e) {
                                    LOG.debug("Nothing to send", e);
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            });
        }
    }

    private ListingTask.Start start(Requester who, ListOptions options) throws Refusal {
        if (options.start() instanceof ListStart.After key) {
            return new ListingTask.Start(Optional.of(key.key()), OptionalLong.empty());
        }
        if (options.start() instanceof ListStart.Continue) {
            Window before = windowOf(who);
            if (before.cursor().isEmpty()) {
                throw Refusal.notAllowed("listing finished");
            }
            return new ListingTask.Start(
                    Optional.of(before.cursor()), OptionalLong.of(before.total()));
        }
        return new ListingTask.Start(Optional.empty(), OptionalLong.empty());
    }

    /** A filler for the next window. */
    synchronized Window.Filler<R> filler(Records<R> records, OptionalLong maximum) {
        lastWindowId = Math.max(1, lastWindowId + 1 & Window.ID_MASK);
        return new Window.Filler<>(format, records, size, lastWindowId, maximum, clock.instant());
    }

    /** Shows a window; empty when nothing could be listed. */
    void publish(Optional<Window> filled) {
        synchronized (this) {
            window = filled.isPresent() ? filled : window;
            isFilling = false;
            lastUsed = clock.instant();
        }
        context.changes()
                .resources(
                        objectId,
                        instanceId,
                        ListingResources.PAGE_COUNT,
                        ListingResources.TOTAL_MATCHES,
                        ListingResources.CURSOR);
    }

    /** Hands the pages of a window to the server; false when it didn't take them. */
    boolean send(Window filled) {
        return context.sender().send(filled.shortServerId(), objectId, instanceId, filled.pages());
    }

    /** Bytes that the window holds in memory. */
    public synchronized int windowBytes() {
        return window.map(Window::bytes).orElse(0);
    }
}
