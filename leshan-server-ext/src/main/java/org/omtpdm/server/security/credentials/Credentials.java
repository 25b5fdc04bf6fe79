package org.omtpdm.server.security.credentials;

import static org.omtpdm.server.api.ErrorCode.ALREADY_EXISTS;
import static org.omtpdm.server.api.ErrorCode.NOT_FOUND;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.omtpdm.server.api.ManagementException;
import org.omtpdm.server.api.Router;
import org.omtpdm.server.audit.Audit;
import org.omtpdm.server.audit.NewAuditRecord;
import org.omtpdm.server.events.Events;
import org.omtpdm.server.events.NewEvent;
import org.omtpdm.server.lwm2m.CredentialSource;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.security.Secrets;
import org.omtpdm.server.store.Database;
import org.omtpdm.server.store.Ids;
import org.omtpdm.server.store.Page;
import org.omtpdm.server.store.PageRequest;
import org.omtpdm.server.store.SecretBox;
import org.omtpdm.server.store.Tx;

/**
 * The keys of devices: one per endpoint, each identity bound to one endpoint. Keys are sealed in
 * the database; handshakes are answered from memory. Every change is an event {@code
 * credential.changed} with {@code endpoint} and {@code change} ({@code set}, {@code removed}), so
 * that connections made with an old key can be ended. Thread-safe.
 */
public final class Credentials implements CredentialSource {

    private static final int MADE_KEY_BYTES = 16;

    private final Database database;
    private final Audit audit;
    private final Events events;
    private final SecretBox secrets;
    private final CredentialStore store = new CredentialStore();
    private final Map<String, PskCredential> byIdentity = new ConcurrentHashMap<>();
    private final Map<String, PskCredential> byEndpoint = new ConcurrentHashMap<>();
    private final List<Consumer<String>> revoked = new CopyOnWriteArrayList<>();

    /**
     * Loads all keys.
     *
     * @throws org.omtpdm.server.store.DatabaseException when they were sealed with another secret
     *     key
     */
    public Credentials(Database database, Audit audit, Events events, SecretBox secrets) {
        this.database = database;
        this.audit = audit;
        this.events = events;
        this.secrets = secrets;
        database.read(
                handle -> {
                    store.each(handle, this::load);
                    return null;
                });
    }

    private void load(Credential credential, byte[] sealedKey) {
        remember(
                new PskCredential(
                        credential.endpoint(),
                        credential.identity(),
                        secrets.open(purpose(credential.endpoint()), sealedKey)));
    }

    private void remember(PskCredential credential) {
        forget(credential.endpoint());
        byIdentity.put(credential.identity(), credential);
        byEndpoint.put(credential.endpoint(), credential);
    }

    private void forget(String endpoint) {
        var known = byEndpoint.remove(endpoint);
        if (known != null) {
            byIdentity.remove(known.identity());
        }
    }

    private static String purpose(String endpoint) {
        return "psk/" + endpoint;
    }

    @Override
    public Optional<PskCredential> byIdentity(String identity) {
        return Optional.ofNullable(byIdentity.get(identity));
    }

    @Override
    public Optional<PskCredential> byEndpoint(String endpoint) {
        return Optional.ofNullable(byEndpoint.get(endpoint));
    }

    /**
     * Credentials by endpoint.
     *
     * @param search part of an endpoint or identity, whatever the case
     */
    public Page<Credential> page(Optional<String> search, PageRequest request) {
        return database.read(handle -> store.page(handle, search, request));
    }

    /** Sets or replaces the key of an endpoint; handshakes use it when this returns. */
    public SetCredential set(Caller caller, NewCredential added) {
        return database.write(tx -> set(tx, caller, added));
    }

    /**
     * As {@link #set(Caller, NewCredential)}, within a transaction.
     *
     * @throws ManagementException {@code ALREADY_EXISTS} when the identity belongs to another
     *     endpoint
     */
    public SetCredential set(Tx tx, Caller caller, NewCredential added) {
        var other =
                store.byIdentity(tx.handle(), added.identity())
                        .filter(known -> !known.endpoint().equals(added.endpoint()));
        if (other.isPresent()) {
            throw new ManagementException(
                    ALREADY_EXISTS,
                    "The PSK identity '"
                            + added.identity()
                            + "' belongs to another endpoint already; choose another",
                    Map.of("field", "pskIdentity"));
        }
        store.byEndpoint(tx.handle(), added.endpoint()).ifPresent(known -> revoke(tx, known));
        var made = added.pskKey().isEmpty();
        var key =
                added.pskKey()
                        .map(hex -> HexFormat.of().parseHex(hex))
                        .orElseGet(() -> Secrets.randomBytes(MADE_KEY_BYTES));
        var credential =
                new Credential(
                        Ids.next(),
                        added.endpoint(),
                        Credential.Kind.PSK,
                        added.identity(),
                        tx.now(),
                        caller.name());
        store.insert(tx, credential, secrets.seal(purpose(added.endpoint()), key));
        audit.record(
                tx,
                caller,
                NewAuditRecord.done("credential.set", added.endpoint())
                        .with(Map.of("identity", added.identity())));
        tell(tx, added.endpoint(), "set");
        tx.onCommit(() -> remember(new PskCredential(added.endpoint(), added.identity(), key)));
        return new SetCredential(
                credential, made ? Optional.of(HexFormat.of().formatHex(key)) : Optional.empty());
    }

    /**
     * Removes a credential: the device can't connect any more when this returns.
     *
     * @throws ManagementException {@code NOT_FOUND}
     */
    public void remove(Caller caller, String id) {
        database.write(
                tx -> {
                    var credential =
                            store.byId(tx.handle(), id)
                                    .orElseThrow(
                                            () ->
                                                    new ManagementException(
                                                            NOT_FOUND,
                                                            "There is no credential with this"
                                                                    + " id"));
                    remove(tx, caller, credential);
                    return null;
                });
    }

    /** Removes the credential of an endpoint, if it has one, within a transaction. */
    public void removeOf(Tx tx, Caller caller, String endpoint) {
        store.byEndpoint(tx.handle(), endpoint)
                .ifPresent(credential -> remove(tx, caller, credential));
    }

    private void remove(Tx tx, Caller caller, Credential credential) {
        revoke(tx, credential);
        audit.record(tx, caller, NewAuditRecord.done("credential.remove", credential.endpoint()));
        tell(tx, credential.endpoint(), "removed");
        tx.onCommit(() -> forget(credential.endpoint()));
    }

    private void tell(Tx tx, String endpoint, String change) {
        events.publish(
                tx,
                NewEvent.of("credential.changed", "Key of " + endpoint + " " + change)
                        .with(Map.of("endpoint", endpoint, "change", change)));
    }

    /** Adds the routes. */
    public void addTo(Router router) {
        new CredentialRoutes(this).addTo(router);
    }

    /**
     * Calls {@code listener} with an identity whenever its key is replaced or removed, after the
     * commit: connections made with that key are to end.
     */
    public void onRevoked(Consumer<String> listener) {
        revoked.add(listener);
    }

    private void revoke(Tx tx, Credential credential) {
        store.delete(tx, credential.id());
        tx.afterCommit(() -> revoked.forEach(listener -> listener.accept(credential.identity())));
    }

    /** How many keys are known. */
    public int size() {
        return byEndpoint.size();
    }
}
