package org.omtpdm.server;

import java.util.List;
import java.util.OptionalInt;
import org.omtpdm.server.api.HttpApi;
import org.omtpdm.server.api.Route;
import org.omtpdm.server.devices.DeviceService;
import org.omtpdm.server.devices.Onboarding;
import org.omtpdm.server.events.Events;
import org.omtpdm.server.lwm2m.LeshanDeviceLink;
import org.omtpdm.server.security.accounts.Accounts;
import org.omtpdm.server.security.credentials.Credentials;
import org.omtpdm.server.store.Database;

/** A server that works, until it is closed. Thread-safe. */
public final class RunningServer implements AutoCloseable {

    private final Closing closing;
    private final HttpApi http;
    private final LeshanDeviceLink link;
    private final Services services;

    /** The doors of features, for the demo and for tests. */
    record Services(
            Database database,
            Events events,
            Accounts accounts,
            Credentials credentials,
            DeviceService devices,
            Onboarding onboarding) {}

    RunningServer(Closing closing, HttpApi http, LeshanDeviceLink link, Services services) {
        this.closing = closing;
        this.http = http;
        this.link = link;
        this.services = services;
    }

    /** The port the console and the API listen on. */
    public int httpPort() {
        return http.port();
    }

    /** The port of CoAP over DTLS. */
    public int coapsPort() {
        return link.coapsPort();
    }

    /** The port of plain CoAP; absent when it is off. */
    public OptionalInt coapPort() {
        return link.coapPort();
    }

    /** Everything the API answers. */
    public List<Route> routes() {
        return http.routes();
    }

    /** Users and tokens. */
    public Accounts accounts() {
        return services.accounts();
    }

    /** Keys of devices. */
    public Credentials credentials() {
        return services.credentials();
    }

    public DeviceService devices() {
        return services.devices();
    }

    /** Announcing devices with their keys. */
    public Onboarding onboarding() {
        return services.onboarding();
    }

    public Events events() {
        return services.events();
    }

    public Database database() {
        return services.database();
    }

    /**
     * Stops taking requests, finishes what was begun, and gives back the data folder. Returns when
     * all that is done.
     */
    @Override
    public synchronized void close() {
        closing.close();
    }
}
