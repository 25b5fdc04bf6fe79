package org.omtpdm.server.lwm2m;

import java.time.Instant;
import org.omtpdm.objects.ResourcePath;

/**
 * What devices do on their own. Called on the link's own threads, in order per endpoint;
 * implementations return quickly and never block on a request to a device.
 */
public interface DeviceListener {

    /**
     * A new registration, committed to the store. @param replaced whether a valid one existed
     * before
     */
    void registered(RegistrationFacts registration, boolean replaced);

    /** An Update. @param changed true when anything but the time changed */
    void updated(RegistrationFacts registration, boolean changed);

    void deregistered(RegistrationFacts registration);

    /** The lifetime ended without an Update. */
    void expired(RegistrationFacts registration);

    /** Any message from the device came in; at most once per endpoint and second. */
    void heard(String endpoint, Instant at);

    /** A queue-mode device became reachable (registration, Update, notification, Send). */
    void awake(String endpoint);

    /** The awake time of a queue-mode device ended. */
    void asleep(String endpoint);

    /**
     * A registered device has a new DTLS session: what it observed on the old one may be gone, so
     * wanted observations are to be set again.
     */
    default void newSession(String endpoint) {}

    void notified(String endpoint, ResourcePath observed, Reading reading);

    void sent(String endpoint, Reading reading);

    /** A handshake or registration that was refused. */
    void refused(RefusedContact contact);

    /**
     * @param endpoint as claimed, untrusted, empty when unknown
     * @param identity PSK identity as claimed, untrusted, empty when unknown
     * @param reason one of {@link RefusalReason}
     * @param detail one English sentence
     */
    record RefusedContact(
            Instant at,
            String address,
            String endpoint,
            String identity,
            RefusalReason reason,
            String detail) {}

    /** Why a contact was refused. */
    enum RefusalReason {
        UNKNOWN_IDENTITY,
        WRONG_KEY,
        ENDPOINT_MISMATCH,
        SECURITY_REQUIRED,
        BAD_REGISTRATION,
        VERSION_NOT_SUPPORTED,
        OTHER
    }
}
