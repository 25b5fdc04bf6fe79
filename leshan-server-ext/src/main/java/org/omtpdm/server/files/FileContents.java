package org.omtpdm.server.files;

import java.time.Duration;
import java.util.Optional;
import org.omtpdm.server.store.Database;
import org.omtpdm.server.store.SecretBox;
import org.omtpdm.server.store.Tx;

/** Bytes that fetches brought: sealed, and kept for one hour. Thread-safe. */
public final class FileContents {

    static final Duration KEPT = Duration.ofHours(1);

    private final Database database;
    private final SecretBox secrets;

    public FileContents(Database database, SecretBox secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    void keep(Tx tx, String commandId, byte[] content) {
        tx.handle()
                .createUpdate(
                        """
                        INSERT INTO command_contents (command_id, sealed, expires_at)
                        VALUES (:id, :sealed, :until)
                        ON CONFLICT (command_id) DO UPDATE SET sealed = :sealed, expires_at = :until
                        """)
                .bind("id", commandId)
                .bind("sealed", secrets.seal(purpose(commandId), content))
                .bind("until", tx.now().plus(KEPT))
                .execute();
    }

    private static String purpose(String commandId) {
        return "content/" + commandId;
    }

    /** Empty when nothing was fetched, or its hour is over. */
    Optional<byte[]> find(Tx tx, String commandId) {
        return tx.handle()
                .createQuery(
                        """
                        SELECT sealed FROM command_contents
                        WHERE command_id = :id AND expires_at > :now
                        """)
                .bind("id", commandId)
                .bind("now", tx.now())
                .mapTo(byte[].class)
                .findOne()
                .map(content -> secrets.open(purpose(commandId), content));
    }

    Database database() {
        return database;
    }
}
