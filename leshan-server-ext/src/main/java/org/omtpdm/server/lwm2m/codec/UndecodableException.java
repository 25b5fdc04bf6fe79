package org.omtpdm.server.lwm2m.codec;

/** A payload is not what its content format says. The message says why, without the bytes. */
public final class UndecodableException extends Exception {
    private static final long serialVersionUID = 1;

    public UndecodableException(String message) {
        super(message);
    }
}
