package org.omtpdm.server.lwm2m;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keys in memory. */
final class Credentials implements CredentialSource {
    private final ConcurrentHashMap<String, PskCredential> byIdentity = new ConcurrentHashMap<>();

    static byte[] keyOf(String endpoint) {
        return ("key of " + endpoint).getBytes(StandardCharsets.UTF_8);
    }

    /** An endpoint whose identity is {@code id-<endpoint>}. */
    Credentials with(String endpoint) {
        return with(endpoint, "id-" + endpoint, keyOf(endpoint));
    }

    Credentials with(String endpoint, String identity, byte[] key) {
        byIdentity.put(identity, new PskCredential(endpoint, identity, key));
        return this;
    }

    void revoke(String endpoint) {
        byIdentity.remove("id-" + endpoint);
    }

    @Override
    public Optional<PskCredential> byIdentity(String identity) {
        return Optional.ofNullable(byIdentity.get(identity));
    }

    @Override
    public Optional<PskCredential> byEndpoint(String endpoint) {
        return byIdentity.values().stream()
                .filter(each -> each.endpoint().equals(endpoint))
                .findFirst();
    }
}
