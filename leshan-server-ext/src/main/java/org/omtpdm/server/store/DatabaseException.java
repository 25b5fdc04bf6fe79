package org.omtpdm.server.store;

/** The database could not be opened, or a commit failed. Nothing of the failed work remains. */
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DatabaseException(String message) {
        super(message);
    }

    public DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
