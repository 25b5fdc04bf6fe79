package org.omtpdm.server;

import org.omtpdm.server.api.HttpApi;
import org.omtpdm.server.store.Database;

/** A server that works, until it is closed. */
public final class RunningServer implements AutoCloseable {

    private final HttpApi http;
    private final Database database;

    RunningServer(HttpApi http, Database database) {
        this.http = http;
        this.database = database;
    }

    /** The port the HTTP API listens on. */
    public int httpPort() {
        return http.port();
    }

    public Database database() {
        return database;
    }

    @Override
    public void close() {
        http.close();
        database.close();
    }
}
