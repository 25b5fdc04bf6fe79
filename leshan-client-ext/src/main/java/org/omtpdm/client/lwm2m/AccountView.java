package org.omtpdm.client.lwm2m;

import java.util.Optional;
import java.util.concurrent.Executor;
import org.eclipse.leshan.client.servers.LwM2mServer;
import org.eclipse.leshan.core.ResponseCode;
import org.eclipse.leshan.core.node.LwM2mPath;
import org.omtpdm.client.access.AccessControlObject;
import org.omtpdm.client.log.DeviceLog;
import org.omtpdm.client.object.Refusal;
import org.omtpdm.client.object.Requester;
import org.omtpdm.client.state.StateStore;
import org.omtpdm.objects.LogClass;

/** What the wrappers of one server account share. Thread-safe. */
final class AccountView {

    private final Requester requester;
    private final AccessControlObject access;
    private final StateStore state;
    private final WrittenAttributes attributes;
    private final DeviceLog log;
    private final Executor executor;
    private volatile Optional<ObservedAttributes> observed = Optional.empty();

    /**
     * @param requester the account's server
     */
    AccountView(
            Requester requester,
            AccessControlObject access,
            StateStore state,
            DeviceLog log,
            Executor executor) {
        this.requester = requester;
        this.access = access;
        this.state = state;
        this.log = log;
        this.executor = executor;
        this.attributes = new WrittenAttributes(state, requester.shortServerId());
    }

    Requester requester() {
        return requester;
    }

    AccessControlObject access() {
        return access;
    }

    StateStore state() {
        return state;
    }

    WrittenAttributes attributes() {
        return attributes;
    }

    /** A request that changes something was carried out; taken down for the device's owner. */
    void took(Requester who, String what) {
        if (!who.isDevice()) {
            log.record(LogClass.SECURITY, "server " + who.shortServerId() + " " + what);
        }
    }

    /** A request was refused; a missing right is taken down. */
    void refused(String what, Refusal refusal) {
        if (refusal.code() == ResponseCode.UNAUTHORIZED) {
            log.record(
                    LogClass.SECURITY, "server " + requester.shortServerId() + " may not " + what);
        }
    }

    /** Names the observations that written attributes take effect on; once. */
    void observe(ObservedAttributes observations) {
        observed = Optional.of(observations);
    }

    /** Attributes were written; takes effect soon, without the locks of the caller. */
    void attributesWritten(LwM2mServer server, LwM2mPath path) {
        executor.execute(() -> observed.ifPresent(o -> o.attributesWritten(server, path)));
    }

    /** The server's default periods were written; takes effect soon. */
    void defaultsWritten() {
        executor.execute(() -> observed.ifPresent(ObservedAttributes::defaultsWritten));
    }
}
