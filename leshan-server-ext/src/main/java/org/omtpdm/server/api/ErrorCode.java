package org.omtpdm.server.api;

/** Why a request could not be done. Stable: the console and scripts branch on it. */
public enum ErrorCode {
    BAD_REQUEST,
    BODY_TOO_LARGE,
    NOT_SIGNED_IN,
    SIGN_IN_FAILED,
    TOO_MANY_ATTEMPTS,
    CSRF_TOKEN_MISSING,
    NOT_ALLOWED,
    NOT_FOUND,
    METHOD_NOT_ALLOWED,
    DEVICE_UNKNOWN,
    COMMAND_UNKNOWN,
    JOB_UNKNOWN,
    OBJECT_NOT_SUPPORTED,
    CONFLICT,
    ALREADY_EXISTS,
    ALREADY_SENT,
    NOT_RETRYABLE,
    LAST_ADMIN,
    OWN_ACCOUNT,
    IDEMPOTENCY_KEY_REUSED,
    UNSUPPORTED_MEDIA_TYPE,
    OVERLOADED,
    INTERNAL;

    /** The only table from error codes to HTTP. */
    public int httpStatus() {
        return switch (this) {
            case BAD_REQUEST -> 400;
            case NOT_SIGNED_IN, SIGN_IN_FAILED -> 401;
            case CSRF_TOKEN_MISSING, NOT_ALLOWED -> 403;
            case NOT_FOUND, DEVICE_UNKNOWN, COMMAND_UNKNOWN, JOB_UNKNOWN -> 404;
            case METHOD_NOT_ALLOWED -> 405;
            case CONFLICT,
                    ALREADY_EXISTS,
                    ALREADY_SENT,
                    NOT_RETRYABLE,
                    LAST_ADMIN,
                    OWN_ACCOUNT,
                    IDEMPOTENCY_KEY_REUSED,
                    OBJECT_NOT_SUPPORTED ->
                    409;
            case BODY_TOO_LARGE -> 413;
            case UNSUPPORTED_MEDIA_TYPE -> 415;
            case TOO_MANY_ATTEMPTS -> 429;
            case INTERNAL -> 500;
            case OVERLOADED -> 503;
        };
    }
}
