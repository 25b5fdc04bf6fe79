package org.omtpdm.server;

import java.nio.file.Path;
import org.omtpdm.server.api.HttpConfig;
import org.omtpdm.server.store.DatabaseConfig;

/** Everything that can be set about a server. */
public record ServerConfig(Path data, DatabaseConfig database, HttpConfig http) {

    /** Everything in one folder, on loopback, on a free port. */
    public static ServerConfig inFolder(Path data) {
        return new ServerConfig(
                data, DatabaseConfig.sqlite(data.resolve("omtpdm.db")), HttpConfig.onLoopback(0));
    }
}
