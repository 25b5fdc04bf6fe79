package org.omtpdm.server.lwm2m;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a device announced with its registration.
 *
 * @param registrationId the server's id of this registration
 * @param lwm2mVersion as announced, for example {@code 1.1}
 * @param understoodVersion the version we talk to it: {@code 1.0} or {@code 1.1}
 * @param bindingMode as announced, for example {@code UQ}; empty when it wasn't
 * @param queueMode whether it sleeps
 * @param address IP address and port, for people
 * @param secured true over DTLS
 * @param objects object id to version and announced instances
 * @param lastUpdate last Register or Update: the lifetime counts from here
 * @param lastHeard last message of any kind
 * @param awakeUntil in queue mode: end of the awake time
 * @param notes what was odd about the registration and how it was taken, in English sentences
 */
public record RegistrationFacts(
        String endpoint,
        String registrationId,
        Instant registeredAt,
        Instant lastUpdate,
        Instant lastHeard,
        Duration lifetime,
        String lwm2mVersion,
        String understoodVersion,
        String bindingMode,
        boolean queueMode,
        String address,
        boolean secured,
        Map<Integer, AnnouncedObject> objects,
        Optional<Instant> awakeUntil,
        List<String> notes) {

    /** One object of the registration. @param version {@code 1.0} when none was announced */
    public record AnnouncedObject(String version, List<Integer> instances) {
        public AnnouncedObject {
            instances = List.copyOf(instances);
        }
    }

    public RegistrationFacts {
        objects = Map.copyOf(objects);
        notes = List.copyOf(notes);
    }

    public Instant expiresAt() {
        return lastUpdate.plus(lifetime);
    }
}
