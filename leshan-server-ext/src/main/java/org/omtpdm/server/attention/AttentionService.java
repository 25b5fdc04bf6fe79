package org.omtpdm.server.attention;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.omtpdm.server.api.ErrorCode;
import org.omtpdm.server.api.ManagementException;
import org.omtpdm.server.audit.Audit;
import org.omtpdm.server.audit.NewAuditRecord;
import org.omtpdm.server.devices.Device;
import org.omtpdm.server.devices.DeviceService;
import org.omtpdm.server.devices.PlainText;
import org.omtpdm.server.events.Events;
import org.omtpdm.server.events.NewEvent;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.security.DeviceScope;
import org.omtpdm.server.store.Database;
import org.omtpdm.server.store.Page;
import org.omtpdm.server.store.PageRequest;
import org.omtpdm.server.store.Tx;

/**
 * The door to what needs a person. What is found comes from {@link AttentionRules}. Thread-safe.
 */
public final class AttentionService {

    private final Database database;
    private final DeviceService devices;
    private final Events events;
    private final Audit audit;
    private final Clock clock;

    public AttentionService(
            Database database, DeviceService devices, Events events, Audit audit, Clock clock) {
        this.database = database;
        this.devices = devices;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /** Newest first, with the names of devices. */
    public Page<AttentionItem> page(
            Optional<AttentionState> state,
            Optional<String> deviceId,
            PageRequest request,
            DeviceScope scope) {
        var page =
                database.read(
                        handle -> AttentionTable.page(handle, state, deviceId, request, scope));
        var names = names(page.items(), scope);
        return page.map(item -> item.named(item.deviceId().map(names::get)));
    }

    private Map<String, String> names(List<AttentionItem> items, DeviceScope scope) {
        var ids = new HashSet<String>();
        items.forEach(item -> item.deviceId().ifPresent(ids::add));
        return devices.findAll(ids, scope).stream()
                .collect(Collectors.toMap(Device::id, Device::name));
    }

    /** Number of items by state; states without items are left out. */
    public Map<AttentionState, Long> counts(DeviceScope scope) {
        return database.read(handle -> AttentionTable.counts(handle, scope));
    }

    /**
     * A person's decision.
     *
     * @param until for {@link AttentionState#SNOOZED}, in the future
     * @throws ManagementException {@code NOT_FOUND}; {@code BAD_REQUEST} when {@code until} is
     *     missing, past, or given for another state
     */
    public AttentionItem change(
            Caller caller,
            String id,
            AttentionState state,
            Optional<String> note,
            Optional<Instant> until) {
        check(state, until);
        var changed =
                database.write(
                        tx -> {
                            var item = find(tx, id, caller.scope());
                            AttentionTable.change(
                                    tx.handle(),
                                    id,
                                    state,
                                    state == AttentionState.OPEN ? "" : caller.name(),
                                    note.map(PlainText::of).or(item::note).orElse(""),
                                    until);
                            audit.record(tx, caller, decision(item, state, note));
                            tell(tx, find(tx, id, caller.scope()));
                            return find(tx, id, caller.scope());
                        });
        var names = names(List.of(changed), caller.scope());
        return changed.named(changed.deviceId().map(names::get));
    }

    private void check(AttentionState state, Optional<Instant> until) {
        var wrong =
                state == AttentionState.SNOOZED
                        ? until.filter(clock.instant()::isBefore).isEmpty()
                        : until.isPresent();
        if (wrong) {
            throw new ManagementException(
                    ErrorCode.BAD_REQUEST,
                    "until: expected a time to come when snoozing, and none otherwise",
                    Map.of("field", "until"));
        }
    }

    private static AttentionItem find(Tx tx, String id, DeviceScope scope) {
        return AttentionTable.byId(tx.handle(), id, scope)
                .orElseThrow(
                        () ->
                                new ManagementException(
                                        ErrorCode.NOT_FOUND,
                                        "No attention item has the id '" + PlainText.of(id) + "'"));
    }

    private static NewAuditRecord decision(
            AttentionItem item, AttentionState state, Optional<String> note) {
        var verb =
                switch (state) {
                    case OPEN -> "reopen";
                    case ACKNOWLEDGED -> "acknowledge";
                    case SNOOZED -> "snooze";
                    case RESOLVED -> "resolve";
                };
        var record = NewAuditRecord.done("attention." + verb, item.title());
        record = item.deviceId().map(record::onDevice).orElse(record);
        return note.map(record::because).orElse(record);
    }

    /** Notes a finding: a new item, one more of a known one, or nothing new. */
    void found(Tx tx, Finding finding, Optional<AttentionItem> known) {
        if (known.isEmpty()) {
            var id = AttentionTable.insert(tx.handle(), finding, tx.now());
            tell(tx, find(tx, id, DeviceScope.all()));
            return;
        }
        var item = known.get();
        if (item.causeAt().equals(finding.at())) {
            return;
        }
        var state = item.state() == AttentionState.RESOLVED ? AttentionState.OPEN : item.state();
        AttentionTable.again(tx.handle(), item, finding, state, tx.now());
        tell(tx, find(tx, item.id(), DeviceScope.all()));
    }

    /** The cause is gone. */
    void gone(Tx tx, AttentionItem item) {
        if (item.state() == AttentionState.RESOLVED) {
            return;
        }
        AttentionTable.change(
                tx.handle(),
                item.id(),
                AttentionState.RESOLVED,
                "",
                item.note().orElse(""),
                Optional.empty());
        tell(tx, find(tx, item.id(), DeviceScope.all()));
    }

    /** Opens what was snoozed until now. */
    void wake(Tx tx) {
        for (var item : AttentionTable.snoozedUntil(tx.handle(), tx.now())) {
            AttentionTable.change(
                    tx.handle(),
                    item.id(),
                    AttentionState.OPEN,
                    "",
                    item.note().orElse(""),
                    Optional.empty());
            tell(tx, find(tx, item.id(), DeviceScope.all()));
        }
    }

    private void tell(Tx tx, AttentionItem item) {
        item.deviceId()
                .ifPresent(
                        id -> devices.openAttention(tx, id, AttentionTable.open(tx.handle(), id)));
        events.publish(
                tx,
                new NewEvent(
                        "attention.changed",
                        item.deviceId(),
                        item.title() + ": " + item.state(),
                        Map.of(
                                "attentionId", item.id(),
                                "rule", item.rule().toString(),
                                "state", item.state().toString())));
    }
}
