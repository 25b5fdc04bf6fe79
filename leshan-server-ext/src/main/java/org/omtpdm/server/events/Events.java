package org.omtpdm.server.events;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.omtpdm.server.store.Tx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happened, for everybody who wants to know. An event is stored in the transaction of the fact
 * it tells of, and told to subscribers after the commit. Thread-safe.
 */
public final class Events {

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final EventStore store;
    private final List<Consumer<Event>> subscribers = new CopyOnWriteArrayList<>();

    public Events(EventStore store) {
        this.store = store;
    }

    /** Stores an event with the next number; subscribers hear of it after the commit. */
    public Event publish(Tx tx, NewEvent event) {
        var stored = store.append(tx, event);
        tx.afterCommit(() -> tell(stored));
        return stored;
    }

    private void tell(Event event) {
        for (var subscriber : subscribers) {
            try {
                subscriber.accept(event);
            } catch (RuntimeException e) {
                LOG.error("A subscriber failed on event {} ({})", event.number(), event.type(), e);
            }
        }
    }

    /**
     * Calls {@code subscriber} for each event committed from now on, in the order of numbers, on
     * one thread, which it must not hold up.
     */
    public Subscription subscribe(Consumer<Event> subscriber) {
        Consumer<Event> own = subscriber::accept;
        subscribers.add(own);
        return () -> subscribers.remove(own);
    }
}
