package org.omtpdm.server.commands;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import org.omtpdm.server.commands.CommandLedger.Change;
import org.omtpdm.server.lwm2m.DeviceReply;
import org.omtpdm.server.lwm2m.DeviceRequest;
import org.omtpdm.server.lwm2m.Reading;
import org.omtpdm.server.reconcile.ManagedDevice;
import org.omtpdm.server.reconcile.Turn;
import org.omtpdm.server.store.Database;
import org.omtpdm.server.store.Json;
import org.omtpdm.server.store.Tx;

/**
 * One go at one command. Confined to the turn: its methods are called one after the other, on
 * whatever lane thread.
 */
final class ActivePerformance implements Performance {

    private final Turn turn;
    private final Database database;
    private final CommandLedger ledger;
    private CommandRow row;
    private boolean told;

    ActivePerformance(Turn turn, Database database, CommandLedger ledger, CommandRow row) {
        this.turn = turn;
        this.database = database;
        this.ledger = ledger;
        this.row = row;
    }

    /** The command as this performance left it. */
    CommandRow row() {
        return row;
    }

    @Override
    public String commandId() {
        return row.id();
    }

    @Override
    public JsonNode arguments() {
        return row.arguments();
    }

    @Override
    public String requestedBy() {
        return row.requestedBy();
    }

    @Override
    public ManagedDevice device() {
        return turn.device();
    }

    @Override
    public Instant now() {
        return turn.now();
    }

    @Override
    public CompletableFuture<DeviceReply<Reading>> send(DeviceRequest request) {
        return turn.send(request)
                .whenComplete(
                        (reply, bug) -> {
                            if (!row.changes() && !told && reply instanceof DeviceReply.Answered) {
                                told = true;
                                note(StepKind.SENT, "The device is being asked", request);
                            }
                        });
    }

    private void note(StepKind kind, String text, DeviceRequest request) {
        var id = row;
        database.writeAsync(
                tx -> {
                    ledger.step(
                            tx,
                            id,
                            CommandLedger.at(tx, kind, text).withExchange(RawExchange.of(request)));
                    return null;
                });
    }

    @Override
    public CompletableFuture<Reading> ask(DeviceRequest request) {
        return send(request)
                .thenApply(
                        reply -> {
                            if (reply instanceof DeviceReply.Answered<Reading> answered) {
                                return answered.value();
                            }
                            throw new EndedException(Outcome.of(reply));
                        });
    }

    @Override
    public CompletableFuture<Void> giveWay() {
        return turn.giveWay();
    }

    @Override
    public CompletableFuture<Long> freshCorrelator() {
        return CompletableFuture.completedFuture(
                database.write(tx -> ledger.nextCorrelator(tx, row.deviceId())));
    }

    @Override
    public CompletableFuture<DeviceReply<Reading>> act(
            LongFunction<DeviceRequest> request, JsonNode memo) {
        if (!row.changes()) {
            throw new IllegalStateException(row.kind() + " said that it changes nothing");
        }
        var made = new AtomicReference<DeviceRequest>();
        row = database.write(tx -> intend(tx, request, memo, made));
        return turn.send(made.get()).thenApply(reply -> answered(reply, true));
    }

    private CommandRow intend(
            Tx tx,
            LongFunction<DeviceRequest> request,
            JsonNode memo,
            AtomicReference<DeviceRequest> made) {
        var correlator = ledger.nextCorrelator(tx, row.deviceId());
        made.set(request.apply(correlator));
        var change =
                new Change()
                        .phase(Phase.INTENDED)
                        .state(CommandState.WORKING)
                        .set("correlator", correlator)
                        .set("memo", Json.write(memo));
        var intended =
                ledger.apply(tx, row.id(), row.phase(), change)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "Command " + row.id() + " was changed meanwhile"));
        ledger.step(
                tx,
                intended,
                CommandLedger.at(tx, StepKind.SENT, "Sent to the device")
                        .withExchange(RawExchange.of(made.get())));
        ledger.tell(tx, intended);
        return intended;
    }

    @Override
    public CompletableFuture<DeviceReply<Reading>> actAgain(LongFunction<DeviceRequest> request) {
        var made =
                request.apply(
                        row.correlator()
                                .orElseThrow(
                                        () -> new IllegalStateException("Nothing was intended")));
        database.write(
                tx -> {
                    ledger.step(
                            tx,
                            row,
                            CommandLedger.at(
                                            tx,
                                            StepKind.SENT,
                                            "Sent again: the device shows that it had not happened")
                                    .withExchange(RawExchange.of(made)));
                    return null;
                });
        return turn.send(made).thenApply(reply -> answered(reply, false));
    }

    /** Writes down what came of the intended operation. */
    private DeviceReply<Reading> answered(DeviceReply<Reading> reply, boolean first) {
        if (reply instanceof DeviceReply.Answered) {
            var current = row;
            database.writeAsync(
                    tx -> {
                        ledger.step(
                                tx,
                                current,
                                CommandLedger.at(
                                                tx, StepKind.ACKNOWLEDGED, "The device accepted it")
                                        .withCode(Optional.of("2.04")));
                        ledger.tell(tx, current);
                        return null;
                    });
        } else if (first && reply instanceof DeviceReply.NotSent || didNotHappen(reply)) {
            // Nothing was done: the intent is taken back.
            row =
                    database.write(
                            tx ->
                                    ledger.apply(
                                                    tx,
                                                    row.id(),
                                                    Phase.INTENDED,
                                                    new Change().phase(Phase.CLAIMED))
                                            .orElse(row));
        }
        return reply;
    }

    /**
     * Whether this refusal says that nothing was done: by class, all but the device's own faults.
     */
    private static boolean didNotHappen(DeviceReply<Reading> reply) {
        return reply instanceof DeviceReply.Refused<Reading> refused
                && (refused.coapCode().startsWith("4.") || refused.coapCode().equals("5.03"));
    }

    @Override
    public OptionalLong correlator() {
        return row.phase().isCommitted() ? row.correlator() : OptionalLong.empty();
    }

    @Override
    public boolean isOurs(long correlator) {
        return database.read(
                        handle ->
                                handle.createQuery(
                                                """
                                        SELECT COUNT(*) FROM commands
                                        WHERE device_id = :device AND correlator = :correlator
                                        """)
                                        .bind("device", row.deviceId())
                                        .bind("correlator", correlator)
                                        .mapTo(Integer.class)
                                        .one())
                > 0;
    }

    @Override
    public Optional<JsonNode> memo() {
        return row.memo();
    }

    @Override
    public void remember(JsonNode memo) {
        var change = new Change().set("memo", Json.write(memo));
        row = database.write(tx -> ledger.apply(tx, row.id(), row.phase(), change).orElse(row));
    }

    @Override
    public CompletableFuture<Void> progress(int percent, String text) {
        var step = text;
        row =
                database.write(
                        tx -> {
                            var moved =
                                    ledger.apply(
                                                    tx,
                                                    row.id(),
                                                    row.phase(),
                                                    new Change()
                                                            .set(
                                                                    "progress",
                                                                    Math.max(
                                                                            0,
                                                                            Math.min(
                                                                                    100, percent))))
                                            .orElse(row);
                            ledger.step(tx, moved, CommandLedger.at(tx, StepKind.PROGRESS, step));
                            ledger.tell(tx, moved);
                            return moved;
                        });
        return CompletableFuture.completedFuture(null);
    }
}
