package org.omtpdm.server.api;

/** HTTP methods the API uses. */
public enum Method {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE;

    /** Whether a request may change something. */
    public boolean changes() {
        return this != GET;
    }
}
