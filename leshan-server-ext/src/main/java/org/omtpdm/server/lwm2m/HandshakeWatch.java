package org.omtpdm.server.lwm2m;

import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import javax.crypto.SecretKey;
import org.eclipse.californium.elements.auth.PreSharedKeyIdentity;
import org.eclipse.californium.scandium.ConnectionListener;
import org.eclipse.californium.scandium.dtls.Connection;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.HandshakeResultHandler;
import org.eclipse.californium.scandium.dtls.Handshaker;
import org.eclipse.californium.scandium.dtls.PskPublicInformation;
import org.eclipse.californium.scandium.dtls.PskSecretResult;
import org.eclipse.californium.scandium.dtls.SessionAdapter;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedPskStore;
import org.eclipse.californium.scandium.util.SecretUtil;
import org.eclipse.californium.scandium.util.ServerNames;
import org.omtpdm.server.lwm2m.DeviceListener.RefusalReason;

/**
 * Gives keys to handshakes and notices the ones that fail: an identity nobody knows, a key that
 * isn't ours. Scandium lets both time out silently, as it should; the operator is told.
 * Thread-safe, never blocks.
 */
final class HandshakeWatch implements AdvancedPskStore, ConnectionListener {
    private static final int REMEMBERED = 20_000;

    private final CredentialSource credentials;
    private final RefusedContacts refused;
    private final Consumer<String> newSession;
    private final Map<ConnectionId, Attempt> attempts = bounded();
    private final Map<InetSocketAddress, String> called = bounded();

    private record Attempt(InetSocketAddress address, String identity, boolean reported) {}

    /**
     * @param newSession gets the identity of each new DTLS session
     */
    HandshakeWatch(
            CredentialSource credentials, RefusedContacts refused, Consumer<String> newSession) {
        this.credentials = credentials;
        this.refused = refused;
        this.newSession = newSession;
    }

    private static <K, V> Map<K, V> bounded() {
        return Collections.synchronizedMap(
                new LinkedHashMap<>() {
                    private static final long serialVersionUID = 1;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                        return size() > REMEMBERED;
                    }
                });
    }

    /** The server is about to call this address: the identity to use there. */
    void calling(InetSocketAddress address, String identity) {
        called.put(address, identity);
    }

    // ---- keys

    @Override
    public boolean hasEcdhePskSupported() {
        return true;
    }

    @Override
    public PskSecretResult requestPskSecretResult(
            ConnectionId connection,
            ServerNames serverNames,
            PskPublicInformation identity,
            String hmacAlgorithm,
            SecretKey otherSecret,
            byte[] seed,
            boolean useExtendedMasterSecret) {
        var name = identity.getPublicInfoAsString();
        var attempt =
                attempts.compute(
                        connection,
                        (id, before) ->
                                new Attempt(before == null ? null : before.address, name, false));
        var credential = credentials.byIdentity(name);
        if (credential.isEmpty()) {
            refused.report(
                    attempt.address,
                    "",
                    name,
                    RefusalReason.UNKNOWN_IDENTITY,
                    "No device has the identity " + Words.quoted(name) + ".");
            return new PskSecretResult(connection, identity, null);
        }
        return new PskSecretResult(
                connection,
                identity,
                SecretUtil.create(credential.get().key(), PskSecretResult.ALGORITHM_PSK));
    }

    @Override
    public PskPublicInformation getIdentity(InetSocketAddress address, ServerNames virtualHost) {
        var identity = called.get(address);
        return identity == null ? null : new PskPublicInformation(identity);
    }

    @Override
    public void setResultHandler(HandshakeResultHandler handler) {
        // keys are given at once
    }

    // ---- handshakes

    /** For the connector: who shakes hands from where. */
    SessionAdapter sessions() {
        return new SessionAdapter() {
            @Override
            public void handshakeStarted(Handshaker handshaker) {
                attempts.put(
                        handshaker.getConnection().getConnectionId(),
                        new Attempt(handshaker.getPeerAddress(), "", false));
            }

            @Override
            public void handshakeCompleted(Handshaker handshaker) {
                var attempt = attempts.remove(handshaker.getConnection().getConnectionId());
                var principal = handshaker.getConnection().getEstablishedPeerIdentity();
                if (principal instanceof PreSharedKeyIdentity psk) {
                    newSession.accept(psk.getIdentity());
                } else if (attempt != null && !attempt.identity.isEmpty()) {
                    newSession.accept(attempt.identity);
                }
            }

            @Override
            public void handshakeFailed(Handshaker handshaker, Throwable error) {
                attempts.remove(handshaker.getConnection().getConnectionId());
            }
        };
    }

    /** A record that can't be decrypted during a handshake: the peer has another key. */
    @Override
    public boolean onConnectionMacError(Connection connection) {
        var id = connection.getConnectionId();
        if (id == null || !connection.hasOngoingHandshake()) {
            return false;
        }
        var attempt = attempts.get(id);
        if (attempt != null && !attempt.identity.isEmpty() && !attempt.reported) {
            attempts.put(id, new Attempt(attempt.address, attempt.identity, true));
            var endpoint =
                    credentials
                            .byIdentity(attempt.identity)
                            .map(CredentialSource.PskCredential::endpoint)
                            .orElse("");
            refused.report(
                    attempt.address,
                    endpoint,
                    attempt.identity,
                    RefusalReason.WRONG_KEY,
                    "The key of identity "
                            + Words.quoted(attempt.identity)
                            + " is not the one stored here.");
        }
        return false;
    }

    @Override
    public void onConnectionEstablished(Connection connection) {
        // handshakeCompleted tells
    }

    @Override
    public void onConnectionRemoved(Connection connection) {
        var id = connection.getConnectionId();
        if (id != null) {
            attempts.remove(id);
        }
    }

    @Override
    public boolean onConnectionUpdatesSequenceNumbers(Connection connection, boolean write) {
        return false;
    }

    @Override
    public void beforeExecution(Connection connection) {
        // nothing to prepare
    }

    @Override
    public void updateExecution(Connection connection) {
        // nothing to follow
    }

    @Override
    public void afterExecution(Connection connection) {
        // nothing to clean up
    }
}
