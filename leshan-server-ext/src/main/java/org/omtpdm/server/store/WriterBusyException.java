package org.omtpdm.server.store;

/** Too many writes wait already; nothing was done. Trying again later helps. */
public final class WriterBusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WriterBusyException(int waiting) {
        super("The database has " + waiting + " writes waiting; try again later");
    }
}
