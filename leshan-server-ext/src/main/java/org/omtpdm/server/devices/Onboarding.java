package org.omtpdm.server.devices;

import java.util.Optional;
import java.util.function.Supplier;
import org.omtpdm.server.api.ManagementException;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.store.Database;

/** Announces devices before they come. Thread-safe. */
public final class Onboarding {

    private final Database database;
    private final DeviceService devices;
    private final KeyIssue keys;
    private final Supplier<String> serverUri;

    /**
     * @param serverUri the address devices connect to, for example {@code coaps://host:5684}
     */
    public Onboarding(
            Database database, DeviceService devices, KeyIssue keys, Supplier<String> serverUri) {
        this.database = database;
        this.devices = devices;
        this.keys = keys;
        this.serverUri = serverUri;
    }

    /**
     * @param madeKey the key in hexadecimal, when the server made it; it is shown this once
     * @param agentCommand what to paste on the device
     */
    public record Added(
            Device device, String pskIdentity, Optional<String> madeKey, String agentCommand) {

        /** Without the key. */
        @Override
        public String toString() {
            return "Added[" + device.endpoint() + "]";
        }
    }

    /**
     * Makes a device record and its key, together or not at all.
     *
     * @throws ManagementException {@code ALREADY_EXISTS} when there is a device with the endpoint,
     *     or another one's key has the identity
     */
    public Added add(Caller caller, NewDevice wanted) {
        return database.write(
                tx -> {
                    var device =
                            devices.add(tx, caller, wanted.endpoint(), wanted.name().orElse(""));
                    var key =
                            keys.issue(
                                    tx,
                                    caller,
                                    wanted.endpoint(),
                                    wanted.pskIdentity(),
                                    wanted.pskKey());
                    return new Added(
                            device,
                            key.identity(),
                            key.madeKeyInHex(),
                            agentCommand(wanted.endpoint(), key.identity(), key.madeKeyInHex()));
                });
    }

    /** A key that the server didn't make isn't repeated: {@code KEY} stands for it. */
    private String agentCommand(String endpoint, String identity, Optional<String> key) {
        return String.join(
                " ",
                "./dm agent --server",
                quoted(serverUri.get()),
                "--endpoint",
                quoted(endpoint),
                "--psk-identity",
                quoted(identity),
                "--psk-key",
                key.orElse("KEY"));
    }

    /** Safe to paste into a shell. */
    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9._:/@%+=-]+")
                ? text
                : "'" + text.replace("'", "'\\''") + "'";
    }
}
