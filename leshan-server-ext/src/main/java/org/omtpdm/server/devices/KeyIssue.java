package org.omtpdm.server.devices;

import java.util.Optional;
import org.omtpdm.server.api.ManagementException;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.store.Tx;

/** Gives an endpoint its pre-shared key, in the transaction that announces the device. */
@FunctionalInterface
public interface KeyIssue {

    /**
     * @param identity the PSK identity; the endpoint when absent
     * @param keyInHex 16 to 64 bytes; made by the server when absent
     * @throws ManagementException {@code ALREADY_EXISTS} when the identity belongs to another
     *     endpoint; {@code BAD_REQUEST} when a value can't be used
     */
    IssuedKey issue(
            Tx tx,
            Caller caller,
            String endpoint,
            Optional<String> identity,
            Optional<String> keyInHex);

    /**
     * @param madeKeyInHex only when the server made the key
     */
    record IssuedKey(String identity, Optional<String> madeKeyInHex) {

        /** Without the key. */
        @Override
        public String toString() {
            return "IssuedKey[" + identity + "]";
        }
    }
}
