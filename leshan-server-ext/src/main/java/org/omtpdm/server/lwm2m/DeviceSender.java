package org.omtpdm.server.lwm2m;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.omtpdm.server.lwm2m.registry.Registration;
import org.omtpdm.server.lwm2m.registry.Registry;

/**
 * One management request to one device, in as many exchanges as it takes to find out what the
 * device understands. What was found out is remembered. Thread-safe.
 */
final class DeviceSender {
    private final CoapExchanges exchanges;
    private final Observations observations;
    private final Registry registry;
    private final Presence presence;
    private final Answers answers;

    DeviceSender(
            CoapExchanges exchanges,
            Observations observations,
            Registry registry,
            Presence presence,
            Answers answers) {
        this.exchanges = exchanges;
        this.observations = observations;
        this.registry = registry;
        this.presence = presence;
        this.answers = answers;
    }

    CompletableFuture<DeviceReply<Reading>> send(
            Registration to, DeviceRequest request, Duration waitAtMost) {
        var dialogue = new Dialogue(exchanges, registry, presence, answers, to, waitAtMost);
        var reads = new DeviceReads(dialogue, observations);
        var writes = new DeviceWrites(dialogue);
        if (request instanceof DeviceRequest.Read read) {
            return reads.read(read.path());
        }
        if (request instanceof DeviceRequest.ReadBytes read) {
            return reads.readBytes(read.path());
        }
        if (request instanceof DeviceRequest.ReadComposite read) {
            return reads.readComposite(read.paths());
        }
        if (request instanceof DeviceRequest.Observe observe) {
            return reads.observe(observe.path());
        }
        if (request instanceof DeviceRequest.CancelObservation cancel) {
            return reads.cancel(cancel.path());
        }
        if (request instanceof DeviceRequest.Discover discover) {
            return reads.discover(discover.path());
        }
        if (request instanceof DeviceRequest.Write write) {
            return writes.write(write);
        }
        if (request instanceof DeviceRequest.Create create) {
            return writes.create(create);
        }
        return writes.plain(request);
    }
}
