package org.omtpdm.server.lwm2m;

import org.eclipse.californium.core.coap.CoAP.ResponseCode;

/** A device's request is answered with an error code; nothing has changed. */
final class RefusedRequest extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ResponseCode code;

    RefusedRequest(ResponseCode code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    static RefusedRequest bad(String message) {
        return new RefusedRequest(ResponseCode.BAD_REQUEST, message);
    }

    ResponseCode code() {
        return code;
    }
}
