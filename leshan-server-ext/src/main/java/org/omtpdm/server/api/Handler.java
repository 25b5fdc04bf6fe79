package org.omtpdm.server.api;

/** Answers one kind of request. Runs on an HTTP thread; called for many requests at once. */
@FunctionalInterface
public interface Handler {

    /**
     * @throws ManagementException when the request cannot be done
     */
    Response handle(Request request) throws Exception;
}
