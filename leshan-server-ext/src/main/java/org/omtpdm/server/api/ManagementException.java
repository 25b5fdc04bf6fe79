package org.omtpdm.server.api;

import java.util.Map;

/** A request that cannot be done, with a reason for people and a code for programs. */
public final class ManagementException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient Map<String, Object> details;

    public ManagementException(ErrorCode code, String message) {
        this(code, message, Map.of());
    }

    /**
     * @param message what was attempted, on what, what was found, what would work; no secret
     * @param details facts for programs, for example {@code field}
     */
    public ManagementException(ErrorCode code, String message, Map<String, Object> details) {
        super(message);
        this.code = code;
        this.details = Map.copyOf(details);
    }

    public ErrorCode code() {
        return code;
    }

    public Map<String, Object> details() {
        return details == null ? Map.of() : details;
    }
}
