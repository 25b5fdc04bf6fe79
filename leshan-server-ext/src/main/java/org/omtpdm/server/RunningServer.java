package org.omtpdm.server;

import org.omtpdm.server.api.HttpApi;
import org.omtpdm.server.security.accounts.Accounts;
import org.omtpdm.server.security.credentials.Credentials;
import org.omtpdm.server.store.DataFolder;
import org.omtpdm.server.store.Database;

/** A server that works, until it is closed. */
public final class RunningServer implements AutoCloseable {

    private final HttpApi http;
    private final Accounts accounts;
    private final Credentials credentials;
    private final Database database;
    private final DataFolder folder;

    RunningServer(
            HttpApi http,
            Accounts accounts,
            Credentials credentials,
            Database database,
            DataFolder folder) {
        this.http = http;
        this.accounts = accounts;
        this.credentials = credentials;
        this.database = database;
        this.folder = folder;
    }

    /** The port the HTTP API listens on. */
    public int httpPort() {
        return http.port();
    }

    /** Users and tokens. */
    public Accounts accounts() {
        return accounts;
    }

    /** Keys of devices. */
    public Credentials credentials() {
        return credentials;
    }

    public Database database() {
        return database;
    }

    /** Stops taking requests, finishes what was begun, and gives back the data folder. */
    @Override
    public void close() {
        http.close();
        database.close();
        folder.close();
    }
}
