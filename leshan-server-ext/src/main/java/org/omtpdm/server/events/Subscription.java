package org.omtpdm.server.events;

/** Ends with {@link #close}; afterwards no more events are delivered, but one may be under way. */
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
