package org.omtpdm.server.security.credentials;

import java.util.Optional;

/**
 * A credential that was just set.
 *
 * @param madeKey the key in hexadecimal when the server made it; shown this once
 */
public record SetCredential(Credential credential, Optional<String> madeKey) {

    /** Without the key. */
    @Override
    public String toString() {
        return "SetCredential[" + credential + "]";
    }
}
