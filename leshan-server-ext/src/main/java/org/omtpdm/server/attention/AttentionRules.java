package org.omtpdm.server.attention;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.omtpdm.server.devices.Device;
import org.omtpdm.server.devices.DeviceService;
import org.omtpdm.server.devices.RefusedContact;
import org.omtpdm.server.devices.RefusedContacts;
import org.omtpdm.server.events.Event;
import org.omtpdm.server.events.EventStore;
import org.omtpdm.server.lwm2m.DeviceListener.RefusalReason;
import org.omtpdm.server.security.DeviceScope;
import org.omtpdm.server.store.Database;
import org.omtpdm.server.store.Tx;

/**
 * Looks what needs a person, from the database alone: after a restart it finds what it would have
 * found. {@link #advance} is called by a timer, and may be called at any time by anyone; it is done
 * by one at a time.
 */
public final class AttentionRules {

    private static final int EVENTS_AT_ONCE = 500;
    private static final int FINDINGS_AT_ONCE = 500;
    private static final Duration KEEP_RESOLVED = Duration.ofDays(90);

    private final Database database;
    private final DeviceService devices;
    private final RefusedContacts refused;
    private final EventStore events;
    private final AttentionService attention;
    private final AtomicBoolean advancing = new AtomicBoolean();

    public AttentionRules(
            Database database,
            DeviceService devices,
            RefusedContacts refused,
            EventStore events,
            AttentionService attention) {
        this.database = database;
        this.devices = devices;
        this.refused = refused;
        this.events = events;
        this.attention = attention;
    }

    /** Looks once; returns when everything found is stored. */
    public void advance() {
        if (!advancing.compareAndSet(false, true)) {
            return;
        }
        try {
            compare(AttentionRule.DEVICE_SILENT, silent());
            compare(AttentionRule.DEVICE_REFUSED, refused());
            commands();
            database.write(
                    tx -> {
                        attention.wake(tx);
                        AttentionTable.forgetResolved(tx.handle(), tx.now().minus(KEEP_RESOLVED));
                        return null;
                    });
        } finally {
            advancing.set(false);
        }
    }

    /** For rules whose cause is a state: what is found is open, what isn't is over. */
    private void compare(AttentionRule rule, Map<String, Finding> findings) {
        var known = database.read(handle -> AttentionTable.ofRule(handle, rule));
        var news =
                findings.values().stream()
                        .filter(
                                finding ->
                                        !known.containsKey(finding.key())
                                                || !known.get(finding.key())
                                                        .causeAt()
                                                        .equals(finding.at()))
                        .toList();
        inParts(
                news,
                tx ->
                        finding ->
                                attention.found(
                                        tx,
                                        finding,
                                        Optional.ofNullable(known.get(finding.key()))));
        var over =
                known.values().stream()
                        .filter(item -> item.state() != AttentionState.RESOLVED)
                        .filter(item -> !findings.containsKey(item.key()))
                        .toList();
        inParts(over, tx -> item -> attention.gone(tx, item));
    }

    private <T> void inParts(List<T> all, java.util.function.Function<Tx, Consumer<T>> effect) {
        for (int from = 0; from < all.size(); from += FINDINGS_AT_ONCE) {
            var part = all.subList(from, Math.min(from + FINDINGS_AT_ONCE, all.size()));
            database.write(
                    tx -> {
                        part.forEach(effect.apply(tx));
                        return null;
                    });
        }
    }

    private Map<String, Finding> silent() {
        var findings = new HashMap<String, Finding>();
        for (var device : devices.silences()) {
            findings.put(
                    device.deviceId(),
                    new Finding(
                            AttentionRule.DEVICE_SILENT,
                            device.deviceId(),
                            Optional.of(device.deviceId()),
                            "",
                            Finding.ATTENTION,
                            device.name() + " is silent",
                            device.detail(),
                            "/devices/" + device.deviceId(),
                            device.since()));
        }
        return findings;
    }

    /** One item per known device, and one per host for strangers. */
    private Map<String, Finding> refused() {
        var findings = new HashMap<String, Finding>();
        var strangers = new HashMap<String, Integer>();
        for (var contact : refused.latest()) {
            var key =
                    contact.deviceId()
                            .orElseGet(() -> "host " + contact.host() + " " + contact.reason());
            if (contact.deviceId().isEmpty()) {
                strangers.merge(key, 1, Integer::sum);
            }
            findings.merge(
                    key,
                    finding(key, contact),
                    (one, other) -> one.at().isBefore(other.at()) ? other : one);
        }
        strangers.forEach(
                (key, count) -> {
                    if (count > 1) {
                        findings.computeIfPresent(key, (same, one) -> many(one, count));
                    }
                });
        return findings;
    }

    private static Finding finding(String key, RefusedContact contact) {
        return new Finding(
                AttentionRule.DEVICE_REFUSED,
                key,
                contact.deviceId(),
                contact.deviceId().isPresent() ? "" : contact.claimedName(),
                contact.reason() == RefusalReason.UNKNOWN_IDENTITY
                        ? Finding.ATTENTION
                        : Finding.FAILED,
                contact.claimedName() + " was refused",
                contact.detail() + " " + contact.suggestion(),
                "/devices/refused",
                contact.at());
    }

    private static Finding many(Finding one, int count) {
        return new Finding(
                one.rule(),
                one.key(),
                one.deviceId(),
                one.subject(),
                one.severity(),
                count + " contacts from one address were refused, the latest as " + one.subject(),
                one.detail(),
                one.link(),
                one.at());
    }

    /** Events are looked at once, in their order; how far is stored with what they led to. */
    private void commands() {
        List<Event> part;
        do {
            var from = database.read(AttentionTable::progress);
            part = events.after(from, EVENTS_AT_ONCE);
            if (!part.isEmpty()) {
                var looked = part;
                database.write(
                        tx -> {
                            looked.forEach(event -> look(tx, event));
                            AttentionTable.progress(
                                    tx.handle(), looked.get(looked.size() - 1).number());
                            return null;
                        });
            }
        } while (part.size() == EVENTS_AT_ONCE);
    }

    private void look(Tx tx, Event event) {
        if (event.type().equals("command.changed") && event.deviceId().isPresent()) {
            FailedCommand.of(event).ifPresent(failed -> failed(tx, failed));
            if (FailedCommand.isSuccess(event)) {
                AttentionTable.ofRule(tx.handle(), AttentionRule.COMMAND_FAILED).values().stream()
                        .filter(item -> FailedCommand.isAnswered(item.key(), event))
                        .forEach(item -> attention.gone(tx, item));
            }
        }
    }

    private void failed(Tx tx, FailedCommand failed) {
        var name =
                devices.find(failed.deviceId(), DeviceScope.all())
                        .map(Device::name)
                        .orElse(failed.deviceId());
        attention.found(
                tx,
                failed.finding(name),
                AttentionTable.byKey(tx.handle(), AttentionRule.COMMAND_FAILED, failed.key()));
    }
}
