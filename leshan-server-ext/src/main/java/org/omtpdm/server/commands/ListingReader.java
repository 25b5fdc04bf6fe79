package org.omtpdm.server.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.omtpdm.objects.ListingResources;
import org.omtpdm.objects.NextPage;
import org.omtpdm.objects.OperationResources;
import org.omtpdm.objects.OperationResult;
import org.omtpdm.objects.OperationState;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.objects.ResourceValue;
import org.omtpdm.objects.arguments.ExecuteArguments;
import org.omtpdm.objects.cbor.MalformedDocumentException;
import org.omtpdm.objects.listing.ListPage;
import org.omtpdm.objects.listing.ListStart;
import org.omtpdm.objects.listing.RecordFormat;
import org.omtpdm.server.lwm2m.DeviceReply;
import org.omtpdm.server.lwm2m.DeviceRequest;
import org.omtpdm.server.lwm2m.Reading;

/**
 * Reads one listing of an object that has the listing block (resources 20 to 29): List, then the
 * window's pages one by one as plain bytes, then the next window, until the device says that there
 * is no more. A device that can't read single resource instances gives the window as a whole.
 *
 * <p>List changes nothing but the window, so it is repeated freely. Confined to one performance.
 *
 * @see "OBJECTS.md C.2.1"
 */
public final class ListingReader<R> {

    private static final Duration COLLECTING = Duration.ofMinutes(2);
    private static final String TOKEN = "token";

    private final Performance performance;
    private final int objectId;
    private final RecordFormat<R> format;
    private final Function<R, String> key;
    private final Function<ListStart, ExecuteArguments> arguments;
    private final int maximumRecords;
    private final int maximumPages;

    private final List<R> records = new ArrayList<>();
    private int exchanges;
    private int bytes;
    private int windows;
    private int pages;
    private boolean wholeWindows;
    private long token;

    /**
     * @param key what a record is sorted by, as argument 4 of List takes it
     * @param arguments of List, from where it is to begin
     * @param maximumRecords reading stops there, and the listing is not complete
     * @param maximumPages the same for pages: a device can't keep us busy for ever
     */
    public ListingReader(
            Performance performance,
            int objectId,
            RecordFormat<R> format,
            Function<R, String> key,
            Function<ListStart, ExecuteArguments> arguments,
            int maximumRecords,
            int maximumPages) {
        this.performance = performance;
        this.objectId = objectId;
        this.format = format;
        this.key = key;
        this.arguments = arguments;
        this.maximumRecords = maximumRecords;
        this.maximumPages = maximumPages;
    }

    /** Reads it from the start, whatever the command's memo says: for a look in between. */
    public CompletableFuture<Listing<R>> once() {
        return list(new ListStart.Beginning());
    }

    /** Reads it; ends with {@link EndedException} when the device doesn't give it. */
    public CompletableFuture<Listing<R>> read() {
        token = performance.memo().map(memo -> memo.path(TOKEN).asLong()).orElse(0L);
        if (token == 0) {
            return list(new ListStart.Beginning());
        }
        windows = 1;
        exchanges++;
        return DeviceOperation.look(performance, objectId)
                .thenCompose(
                        seen ->
                                seen.shows(token)
                                        ? page(0, Optional.empty())
                                        : list(new ListStart.Beginning()));
    }

    private CompletableFuture<Listing<R>> list(ListStart start) {
        windows++;
        exchanges++;
        return performance.freshCorrelator().thenCompose(fresh -> list(start, fresh));
    }

    private CompletableFuture<Listing<R>> list(ListStart start, long fresh) {
        token = fresh;
        var payload = arguments.apply(start).with(ExecuteArguments.CORRELATOR, fresh).toString();
        return performance
                .send(new DeviceRequest.Execute(resource(ListingResources.LIST), payload))
                .thenCompose(
                        reply -> {
                            if (reply instanceof DeviceReply.Answered) {
                                return wholeWindows ? wholeWindow() : page(0, Optional.empty());
                            }
                            if (reply instanceof DeviceReply.Refused
                                    && start instanceof ListStart.Continue
                                    && Outcome.of(reply) instanceof Outcome.Refused) {
                                return windowLost();
                            }
                            throw new EndedException(Outcome.of(reply));
                        });
    }

    private ResourcePath resource(int id) {
        return ResourcePath.of(objectId, 0, id);
    }

    private CompletableFuture<Listing<R>> page(int number, Optional<Long> window) {
        exchanges++;
        var path = resource(ListingResources.PAGE).child(number);
        return performance
                .send(new DeviceRequest.ReadBytes(path))
                .thenCompose(
                        reply -> {
                            if (reply instanceof DeviceReply.Answered<Reading> answered) {
                                return take(decode(contentOf(answered.value())), number, window);
                            }
                            if (reply instanceof DeviceReply.Refused) {
                                return number == 0 ? noFirstPage() : windowLost();
                            }
                            throw new EndedException(Outcome.of(reply));
                        });
    }

    private CompletableFuture<Listing<R>> take(
            ListPage<R> page, int number, Optional<Long> window) {
        if (window.isPresent() && window.get() != page.windowId()) {
            return windowLost();
        }
        if (page.pageNumber() != number) {
            throw malformed("page " + page.pageNumber() + " instead of " + number);
        }
        add(page);
        if (page.next() == NextPage.END || isFull()) {
            return finished(page.next() == NextPage.END);
        }
        if (page.records().isEmpty()) {
            throw malformed("a page without records that isn't the last");
        }
        return performance
                .giveWay()
                .thenCompose(
                        turn ->
                                page.next() == NextPage.IN_WINDOW
                                        ? page(number + 1, Optional.of(page.windowId()))
                                        : list(new ListStart.Continue()));
    }

    private void add(ListPage<R> page) {
        pages++;
        for (var one : page.records()) {
            if (records.size() < maximumRecords) {
                records.add(one);
            }
        }
    }

    private boolean isFull() {
        return records.size() >= maximumRecords || pages >= maximumPages;
    }

    private CompletableFuture<Listing<R>> finished(boolean all) {
        return CompletableFuture.completedFuture(
                new Listing<>(records, all, exchanges, bytes, windows));
    }

    /** Somebody else listed meanwhile, or the device forgot: begins a window after the last key. */
    private CompletableFuture<Listing<R>> windowLost() {
        if (windows > maximumPages) {
            throw new EndedException(
                    new Outcome.Busy("The device loses what it lists", Optional.empty()));
        }
        return list(
                records.isEmpty()
                        ? new ListStart.Beginning()
                        : new ListStart.After(key.apply(records.get(records.size() - 1))));
    }

    /**
     * There is no first page: the List failed, or goes on and will notify Page Count, or the device
     * can't read resource instances. The operation block tells.
     */
    private CompletableFuture<Listing<R>> noFirstPage() {
        exchanges++;
        return DeviceOperation.look(performance, objectId)
                .thenCompose(
                        seen -> {
                            if (seen.token().isPresent() && !seen.shows(token)) {
                                return wholeWindow();
                            }
                            if (seen.report().state() == OperationState.FAILED) {
                                throw new EndedException(refused(seen.report()));
                            }
                            return seen.report().state() == OperationState.RUNNING
                                    ? collecting()
                                    : wholeWindow();
                        });
    }

    private Outcome refused(DeviceOperation.Report report) {
        var words = OperationResult.describe(report.result());
        return new Outcome.Refused(
                words.substring(0, words.length() - 1),
                Optional.of(
                        resource(OperationResources.OPERATION_RESULT) + " = " + report.result()));
    }

    private CompletableFuture<Listing<R>> wholeWindow() {
        exchanges++;
        return performance
                .send(new DeviceRequest.Read(resource(ListingResources.PAGE)))
                .thenCompose(
                        reply -> {
                            if (reply instanceof DeviceReply.Answered<Reading> answered) {
                                return takeAll(pagesOf(answered.value()));
                            }
                            if (reply instanceof DeviceReply.Refused<Reading> refused
                                    && refused.coapCode().equals("4.04")) {
                                return takeAll(List.of());
                            }
                            throw new EndedException(Outcome.of(reply));
                        });
    }

    private CompletableFuture<Listing<R>> takeAll(List<byte[]> window) {
        wholeWindows = true;
        var next = NextPage.END;
        for (var content : window) {
            var page = decode(content);
            add(page);
            next = page.next();
        }
        if (next != NextPage.NEXT_WINDOW || isFull()) {
            return finished(next == NextPage.END);
        }
        return performance.giveWay().thenCompose(turn -> list(new ListStart.Continue()));
    }

    /** The device still collects; a later window is asked for anew from the start. */
    private CompletableFuture<Listing<R>> collecting() {
        if (!records.isEmpty()) {
            throw new EndedException(
                    new Outcome.Busy("The device is still collecting", Optional.empty()));
        }
        var count = resource(ListingResources.PAGE_COUNT);
        return performance
                .send(new DeviceRequest.Observe(count))
                .thenCompose(
                        reply -> {
                            if (OperationBlock.number(reply, count).orElse(0) > 0) {
                                return page(0, Optional.empty());
                            }
                            throw new EndedException(
                                    new Outcome.Parked(
                                            performance.now().plus(COLLECTING),
                                            "The device is collecting",
                                            Optional.of(memo())));
                        });
    }

    private JsonNode memo() {
        return JsonNodeFactory.instance.objectNode().put(TOKEN, token);
    }

    private static List<byte[]> pagesOf(Reading reading) {
        return reading.values().values().stream()
                .filter(value -> value instanceof ResourceValue.Bytes)
                .map(value -> ((ResourceValue.Bytes) value).content())
                .toList();
    }

    private static byte[] contentOf(Reading reading) {
        var pages = pagesOf(reading);
        if (pages.size() != 1) {
            throw malformed(pages.size() + " values for one page");
        }
        return pages.get(0);
    }

    private ListPage<R> decode(byte[] content) {
        bytes += content.length;
        try {
            return ListPage.decode(format, content);
        } catch (MalformedDocumentException e) {
            throw malformed(e.getMessage());
        }
    }

    private static EndedException malformed(String what) {
        return new EndedException(
                new Outcome.Refused(
                        "The device sent a page that can't be read", Optional.of(what)));
    }
}
