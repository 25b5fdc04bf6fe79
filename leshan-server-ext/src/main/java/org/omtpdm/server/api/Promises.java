package org.omtpdm.server.api;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.omtpdm.server.store.Database;
import org.omtpdm.server.store.SecretBox;
import org.omtpdm.server.store.Tx;

/**
 * Answers kept for requests with an {@code Idempotency-Key}, so that a script that repeats a
 * request gets the same answer and the work is done once. Thread-safe.
 *
 * <p>The key is stored before the work begins. The transaction that does the work marks it as done
 * in the same breath; the answer is stored right after. So, after a crash, an unmarked key means
 * that nothing was done and the work may be done now, and a marked one without an answer means that
 * it was done: then it is not repeated, and the caller is told to look.
 */
public final class Promises {

    static final Duration KEPT = Duration.ofDays(1);
    private static final int LARGEST_BODY = 256 * 1024;

    private static final String PURPOSE = "idempotent-answer";

    private final Database database;
    private final SecretBox secrets;
    private final Set<Key> underWay = ConcurrentHashMap.newKeySet();

    /**
     * @param secrets answers may hold a token or a key that was just made; they are kept sealed
     */
    public Promises(Database database, SecretBox secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    /** Keys of different callers don't meet. */
    record Key(String caller, String text) {}

    /** What is stored about a key. */
    private record Stored(
            String fingerprint, Instant startedAt, boolean done, Optional<Answer> answer) {}

    /** An answer to be given again. */
    record Answer(int status, String body) {}

    /**
     * Takes a key for a request.
     *
     * @return the answer to give again; empty when the caller shall do the work now, and then call
     *     {@link #keep} or {@link #release}
     * @throws ManagementException {@code IDEMPOTENCY_KEY_REUSED}, {@code CONFLICT} while the first
     *     request is under way, or when its answer was lost
     */
    Optional<Answer> take(Key key, String fingerprint) {
        if (!underWay.add(key)) {
            throw new ManagementException(
                    ErrorCode.CONFLICT,
                    "The first request with this Idempotency-Key is under way; try again later");
        }
        try {
            var stored = database.write(tx -> takeOrFind(tx, key, fingerprint));
            if (stored.isEmpty()) {
                return Optional.empty();
            }
            underWay.remove(key);
            return Optional.of(answerOf(stored.get(), fingerprint));
        } catch (RuntimeException e) {
            underWay.remove(key);
            throw e;
        }
    }

    private static Answer answerOf(Stored stored, String fingerprint) {
        if (!stored.fingerprint().equals(fingerprint)) {
            throw new ManagementException(
                    ErrorCode.IDEMPOTENCY_KEY_REUSED,
                    "This Idempotency-Key came with another request within the last day; use a new"
                            + " one");
        }
        return stored.answer()
                .orElseThrow(
                        () ->
                                new ManagementException(
                                        ErrorCode.CONFLICT,
                                        "The first request with this Idempotency-Key was done, but"
                                                + " its answer was lost when the server stopped;"
                                                + " look at what there is, it is not done again"));
    }

    private Optional<Stored> takeOrFind(Tx tx, Key key, String fingerprint) {
        var known =
                find(tx, key)
                        .filter(stored -> stored.startedAt().plus(KEPT).isAfter(tx.now()))
                        .filter(stored -> stored.done() || differs(stored, fingerprint));
        if (known.isPresent()) {
            return known;
        }
        delete(tx, key);
        tx.handle()
                .createUpdate(
                        """
                        INSERT INTO idempotency_keys (caller, idempotency_key, fingerprint,
                            started_at, done)
                        VALUES (:caller, :key, :fingerprint, :at, 0)
                        """)
                .bind("caller", key.caller())
                .bind("key", key.text())
                .bind("fingerprint", fingerprint)
                .bind("at", tx.now())
                .execute();
        return Optional.empty();
    }

    private static boolean differs(Stored stored, String fingerprint) {
        return !stored.fingerprint().equals(fingerprint);
    }

    private Optional<Stored> find(Tx tx, Key key) {
        return tx.handle()
                .createQuery(
                        """
                        SELECT * FROM idempotency_keys
                        WHERE caller = :caller AND idempotency_key = :key
                        """)
                .bind("caller", key.caller())
                .bind("key", key.text())
                .map(
                        (row, context) ->
                                new Stored(
                                        row.getString("fingerprint"),
                                        Instant.ofEpochMilli(row.getLong("started_at")),
                                        row.getInt("done") != 0,
                                        Optional.ofNullable(row.getString("body"))
                                                .map(
                                                        kept ->
                                                                new Answer(
                                                                        statusOf(row),
                                                                        opened(kept)))))
                .findOne();
    }

    private String closed(String body) {
        return HexFormat.of()
                .formatHex(secrets.seal(PURPOSE, body.getBytes(StandardCharsets.UTF_8)));
    }

    private String opened(String kept) {
        return new String(
                secrets.open(PURPOSE, HexFormat.of().parseHex(kept)), StandardCharsets.UTF_8);
    }

    private static int statusOf(java.sql.ResultSet row) {
        try {
            return row.getInt("status");
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Says, within the transaction of the work, that it is done. */
    void markDone(Tx tx, Key key) {
        tx.handle()
                .createUpdate(
                        """
                        UPDATE idempotency_keys SET done = 1
                        WHERE caller = :caller AND idempotency_key = :key
                        """)
                .bind("caller", key.caller())
                .bind("key", key.text())
                .execute();
    }

    /** The work is done, and this is the answer. */
    void keep(Key key, Answer answer) {
        try {
            if (answer.body().length() <= LARGEST_BODY) {
                database.write(
                        tx ->
                                tx.handle()
                                        .createUpdate(
                                                """
                                                UPDATE idempotency_keys
                                                SET done = 1, status = :status, body = :body
                                                WHERE caller = :caller AND idempotency_key = :key
                                                """)
                                        .bind("status", answer.status())
                                        .bind("body", closed(answer.body()))
                                        .bind("caller", key.caller())
                                        .bind("key", key.text())
                                        .execute());
            }
        } finally {
            underWay.remove(key);
        }
    }

    /** The request was refused: nothing was done, and the key may be used again. */
    void release(Key key) {
        try {
            database.write(
                    tx -> {
                        if (find(tx, key).filter(stored -> !stored.done()).isPresent()) {
                            delete(tx, key);
                        }
                        return null;
                    });
        } finally {
            underWay.remove(key);
        }
    }

    private static void delete(Tx tx, Key key) {
        tx.handle()
                .createUpdate(
                        """
                        DELETE FROM idempotency_keys
                        WHERE caller = :caller AND idempotency_key = :key
                        """)
                .bind("caller", key.caller())
                .bind("key", key.text())
                .execute();
    }

    /** Forgets keys older than a day. */
    public int forgetOld() {
        return database.write(
                tx ->
                        tx.handle()
                                .createUpdate("DELETE FROM idempotency_keys WHERE started_at < :t")
                                .bind("t", tx.now().minus(KEPT))
                                .execute());
    }

    /** Does work whose first write marks the key, in the transaction of that write. */
    Response doMarked(Key key, Handler work, Request request) throws Exception {
        return database.alongEachWrite(tx -> markDone(tx, key), () -> work.handle(request));
    }
}
