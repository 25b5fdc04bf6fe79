package org.omtpdm.server.commands;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.lwm2m.DeviceReply;
import org.omtpdm.server.lwm2m.DeviceRequest;
import org.omtpdm.server.lwm2m.Reading;
import org.omtpdm.server.reconcile.Turn;

/** One go at a command, within the device's turn. */
public interface Performance extends Turn {

    String commandId();

    /** As the performer's {@link CommandPerformer#validate} returned them. */
    JsonNode arguments();

    /** Who asked for it. */
    String requestedBy();

    /**
     * Sends a request that may be repeated without harm, as {@link Turn#send}.
     *
     * @return the answer; ends the performance when there is none ({@link EndedException})
     */
    CompletableFuture<Reading> ask(DeviceRequest request);

    /** Reads a path, as {@link #ask}. */
    default CompletableFuture<Reading> read(ResourcePath path) {
        return ask(new DeviceRequest.Read(path));
    }

    /** A correlator never given to this device before, 1 to 4294967295; for harmless operations. */
    CompletableFuture<Long> freshCorrelator();

    /**
     * Sends an operation that must not be done twice. Its intent, a fresh correlator and the memo
     * are committed before. From then on the performance goes through {@link
     * CommandPerformer#recover} until it ended.
     *
     * @param request makes the request from the correlator
     * @param memo what {@code recover} needs to know; given back by {@link #memo}
     */
    CompletableFuture<DeviceReply<Reading>> act(LongFunction<DeviceRequest> request, JsonNode memo);

    /**
     * Sends the intended operation again, with the same correlator: only after the device showed
     * that it did not happen.
     */
    CompletableFuture<DeviceReply<Reading>> actAgain(LongFunction<DeviceRequest> request);

    /** Correlator of the intended operation; empty while there is none. */
    OptionalLong correlator();

    /** Whether a command of ours ever used this correlator on this device. */
    boolean isOurs(long correlator);

    /** What was committed with the intent. */
    Optional<JsonNode> memo();

    /** Replaces the memo, so that a later go need not find out again what this one knows. */
    void remember(JsonNode memo);

    /** Adds a step of progress to the timeline. */
    CompletableFuture<Void> progress(int percent, String text);
}
