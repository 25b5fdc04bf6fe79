package org.omtpdm.server.lwm2m;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.californium.core.coap.Response;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.lwm2m.codec.Format;
import org.omtpdm.server.lwm2m.codec.PayloadDecoder;
import org.omtpdm.server.lwm2m.codec.UndecodableException;
import org.omtpdm.server.lwm2m.registry.Registration;
import org.omtpdm.server.lwm2m.registry.Registry;

/** Turns what devices answer and notify into readings; learns from it. Thread-safe. */
final class Answers {
    private final PayloadDecoder decoder;
    private final Registry registry;
    private final DeviceClocks clocks;
    private final DeviceLog log;
    private final Clock clock;

    Answers(
            PayloadDecoder decoder,
            Registry registry,
            DeviceClocks clocks,
            DeviceLog log,
            Clock clock) {
        this.decoder = decoder;
        this.registry = registry;
        this.clocks = clocks;
        this.log = log;
        this.clock = clock;
    }

    /** What a success says, oldest first; what can't be decoded is there raw. Never fails. */
    List<Reading> readings(
            Registration from, ResourcePath requested, Optional<Format> asked, Response response) {
        var payload = response.getPayload();
        var options = response.getOptions();
        var now = clock.instant();
        if (!options.hasContentFormat()) {
            if (payload.length > 0) {
                registry.learn(from, bits -> new Manners(bits).withoutContentFormat().bits());
            }
            return List.of(
                    decoder.guess(asked, payload, requested, from.announcement()::versionOf, now));
        }
        var format = Format.of(options.getContentFormat());
        if (format.isEmpty()) {
            return List.of(PayloadDecoder.raw(payload, requested, now));
        }
        try {
            var readings =
                    decoder.decode(
                            format.get(), payload, requested, from.announcement()::versionOf, now);
            return clocks.plausible(from, readings, now);
        } catch (UndecodableException e) {
            log.odd(from.endpoint(), "answer for " + requested + ": " + e.getMessage());
            return List.of(PayloadDecoder.raw(payload, requested, now));
        }
    }

    /** A refusal with the device's words. */
    static <T> DeviceReply<T> refusal(Response response) {
        var words = new String(response.getPayload(), StandardCharsets.UTF_8);
        return new DeviceReply.Refused<>(response.getCode().text, Words.plain(words, 200));
    }
}
