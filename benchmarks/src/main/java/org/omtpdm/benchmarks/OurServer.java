package org.omtpdm.benchmarks;

import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.server.lwm2m.CredentialSource;
import org.omtpdm.server.lwm2m.DeviceListener;
import org.omtpdm.server.lwm2m.LeshanDeviceLink;
import org.omtpdm.server.lwm2m.Lwm2mConfig;
import org.omtpdm.server.lwm2m.Reading;
import org.omtpdm.server.lwm2m.RegistrationFacts;

/** Our LwM2M link with its durable registrations, plain CoAP on loopback. Prints its port. */
public final class OurServer {
    private OurServer() {}

    public static void main(String[] args) throws Exception {
        var config =
                Lwm2mConfig.onLoopback(Files.createTempDirectory("our-server"))
                        .withPorts(0, Optional.of(0));
        var link =
                LeshanDeviceLink.open(config, new NoCredentials(), new Deaf(), Clock.systemUTC());
        System.out.println("port " + link.coapPort().orElseThrow());
        Thread.currentThread().join();
    }

    private record NoCredentials() implements CredentialSource {
        @Override
        public Optional<PskCredential> byIdentity(String identity) {
            return Optional.empty();
        }

        @Override
        public Optional<PskCredential> byEndpoint(String endpoint) {
            return Optional.empty();
        }
    }

    private record Deaf() implements DeviceListener {
        @Override
        public void registered(RegistrationFacts registration, boolean replaced) {
            // measured without features
        }

        @Override
        public void updated(RegistrationFacts registration, boolean changed) {
            // measured without features
        }

        @Override
        public void deregistered(RegistrationFacts registration) {
            // measured without features
        }

        @Override
        public void expired(RegistrationFacts registration) {
            // measured without features
        }

        @Override
        public void heard(String endpoint, Instant at) {
            // measured without features
        }

        @Override
        public void awake(String endpoint) {
            // measured without features
        }

        @Override
        public void asleep(String endpoint) {
            // measured without features
        }

        @Override
        public void notified(String endpoint, ResourcePath observed, Reading reading) {
            // measured without features
        }

        @Override
        public void sent(String endpoint, Reading reading) {
            // measured without features
        }

        @Override
        public void refused(RefusedContact contact) {
            // measured without features
        }
    }
}
