package org.omtpdm.client.object;

import org.eclipse.leshan.core.ResponseCode;

/**
 * A request that isn't carried out. Nothing has changed. The message is the diagnostic payload of
 * the answer.
 *
 * @see "OBJECTS.md C.2, who answers what"
 */
public final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient ResponseCode code;

    private Refusal(ResponseCode code, String diagnostic) {
        super(diagnostic, null, false, false);
        this.code = code;
    }

    /** 4.00: the request itself is wrong. */
    public static Refusal badRequest(String diagnostic) {
        return new Refusal(ResponseCode.BAD_REQUEST, diagnostic);
    }

    /** 4.01: this server may not do this. */
    public static Refusal unauthorized() {
        return new Refusal(ResponseCode.UNAUTHORIZED, "no access right");
    }

    /** 4.04: there is no such object, instance, resource or page. */
    public static Refusal notFound(String diagnostic) {
        return new Refusal(ResponseCode.NOT_FOUND, diagnostic);
    }

    /**
     * 4.05: the operation exists but can't be done, or not now ({@code state:<n>}, {@code
     * busy:<resource>}).
     */
    public static Refusal notAllowed(String diagnostic) {
        return new Refusal(ResponseCode.METHOD_NOT_ALLOWED, diagnostic);
    }

    /** 4.05: another operation is running. */
    public static Refusal busy(int resourceId) {
        return notAllowed("busy:" + resourceId);
    }

    /** 5.00: the device couldn't keep its own state safe (a full or broken disk). */
    public static Refusal stateNotKept() {
        return new Refusal(ResponseCode.INTERNAL_SERVER_ERROR, "state could not be stored");
    }

    public ResponseCode code() {
        return code;
    }
}
