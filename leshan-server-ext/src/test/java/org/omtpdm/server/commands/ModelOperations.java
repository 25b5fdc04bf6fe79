package org.omtpdm.server.commands;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.omtpdm.objects.ListingResources;
import org.omtpdm.objects.NextPage;
import org.omtpdm.objects.OperationResources;
import org.omtpdm.objects.OperationResult;
import org.omtpdm.objects.OperationState;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.objects.ResourceValue;
import org.omtpdm.objects.listing.ListOptions;
import org.omtpdm.objects.listing.ListStart;
import org.omtpdm.objects.listing.PageWriter;
import org.omtpdm.objects.listing.RecordFormat;
import org.omtpdm.server.lwm2m.DeviceReply;
import org.omtpdm.server.lwm2m.Reading;

/** The operation and listing blocks of one object of a model device, as OBJECTS.md C.2 has them. */
final class ModelOperations {

    /** What kind of device it is. */
    static final class Traits {
        boolean readsInstances = true;
        boolean tellsToken = true;
        int pageSize = 1000;
        int windowPages = 7;

        /** Operations stay in state 1 until {@link ModelOperations#finish}. */
        boolean slow;
    }

    final Traits traits;
    final int objectId;

    /** Correlators of operations that had an effect, in order; the device's own journal. */
    final List<Long> journal = new ArrayList<>();

    private OperationState state = OperationState.IDLE;
    private int result;
    private String detail = "";
    private Optional<Long> token = Optional.empty();
    private Optional<Runnable> pending = Optional.empty();
    private List<byte[]> window = List.of();
    private String cursor = "";
    private long windowId;
    long changeCounter;

    ModelOperations(int objectId, Traits traits) {
        this.objectId = objectId;
        this.traits = traits;
    }

    /** Runs an operation with an effect: once per correlator, whatever comes how often. */
    DeviceReply<Reading> run(
            int resource, Optional<Long> correlator, Supplier<OperationResult> effect) {
        if (correlator.isPresent() && correlator.equals(token)) {
            return done();
        }
        if (state == OperationState.RUNNING) {
            return refused("4.05", "busy:" + resource);
        }
        token = correlator;
        state = OperationState.RUNNING;
        result = 0;
        Runnable work =
                () -> {
                    correlator.ifPresent(journal::add);
                    end(effect.get());
                };
        if (traits.slow) {
            pending = Optional.of(work);
        } else {
            work.run();
        }
        return done();
    }

    private void end(OperationResult how) {
        pending = Optional.empty();
        result = how.code();
        state = how.isSuccess() ? OperationState.SUCCEEDED : OperationState.FAILED;
    }

    /** Ends a slow operation; returns whether one was running. */
    boolean finish() {
        var running = pending.isPresent();
        pending.ifPresent(Runnable::run);
        return running;
    }

    /** Power is cut: what was running ends so, windows are gone. */
    void restart() {
        if (state == OperationState.RUNNING) {
            end(OperationResult.INTERRUPTED_BY_REBOOT);
        }
        window = List.of();
        cursor = "";
    }

    /** Another server lists: our window is gone. */
    void loseWindow() {
        window = List.of();
        cursor = "";
    }

    <R> DeviceReply<Reading> list(
            List<R> matches,
            java.util.function.Function<R, String> key,
            java.util.Comparator<String> order,
            RecordFormat<R> format,
            ListOptions options,
            Optional<Long> correlator) {
        var after = Optional.<String>empty();
        if (options.start() instanceof ListStart.After given) {
            after = Optional.of(given.key());
        } else if (options.start() instanceof ListStart.Continue) {
            if (cursor.isEmpty()) {
                return refused("4.05", "listing finished");
            }
            after = Optional.of(cursor);
        }
        var from = after;
        var rest =
                matches.stream()
                        .filter(
                                one ->
                                        from.map(k -> order.compare(key.apply(one), k) > 0)
                                                .orElse(true))
                        .limit(options.maximumRecords().orElse(Long.MAX_VALUE))
                        .toList();
        fill(rest, key, format);
        if (state != OperationState.RUNNING) {
            state = OperationState.SUCCEEDED;
            result = 1;
            token = correlator;
        }
        return done();
    }

    private <R> void fill(
            List<R> rest, java.util.function.Function<R, String> key, RecordFormat<R> format) {
        windowId++;
        var pages = new ArrayList<byte[]>();
        cursor = "";
        var page = new PageWriter<>(format, windowId, 0, traits.pageSize);
        for (int i = 0; i < rest.size(); i++) {
            if (!page.append(rest.get(i))) {
                if (pages.size() + 1 == traits.windowPages) {
                    pages.add(page.toBytes(NextPage.NEXT_WINDOW));
                    cursor = key.apply(rest.get(i - 1));
                    window = pages;
                    return;
                }
                pages.add(page.toBytes(NextPage.IN_WINDOW));
                page = new PageWriter<>(format, windowId, pages.size(), traits.pageSize);
                page.append(rest.get(i));
            }
        }
        pages.add(page.toBytes(NextPage.END));
        window = pages;
    }

    DeviceReply<Reading> failList(OperationResult why, Optional<Long> correlator) {
        window = List.of();
        cursor = "";
        state = OperationState.FAILED;
        result = why.code();
        token = correlator;
        return done();
    }

    /** A resource or resource instance of the two blocks; empty when it isn't one of them. */
    Optional<ResourceValue> value(ResourcePath path) {
        if (path.resourceInstanceId().isPresent()) {
            var index = path.resourceInstanceId().getAsInt();
            return path.resourceId().getAsInt() == ListingResources.PAGE
                            && traits.readsInstances
                            && index < window.size()
                    ? Optional.of(new ResourceValue.Bytes(window.get(index)))
                    : Optional.empty();
        }
        return switch (path.resourceId().orElse(-1)) {
            case OperationResources.OPERATION_STATE -> number(state.code());
            case OperationResources.OPERATION_RESULT -> number(result);
            case OperationResources.OPERATION_TOKEN ->
                    traits.tellsToken ? number(token.orElse(0L)) : Optional.empty();
            case OperationResources.OPERATION_DETAIL -> Optional.of(new ResourceValue.Text(detail));
            case ListingResources.PAGE_COUNT -> number(window.size());
            case ListingResources.CHANGE_COUNTER -> number(changeCounter);
            default -> Optional.empty();
        };
    }

    List<byte[]> window() {
        return window;
    }

    private static Optional<ResourceValue> number(long value) {
        return Optional.of(ResourceValue.Unsigned.of(value));
    }

    static DeviceReply<Reading> done() {
        return new DeviceReply.Answered<>(
                new Reading(java.time.Instant.EPOCH, java.util.Map.of(), false));
    }

    static DeviceReply<Reading> refused(String code, String words) {
        return new DeviceReply.Refused<>(code, words);
    }
}
