package org.omtpdm.server.lwm2m;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.omtpdm.server.lwm2m.DeviceListener.RefusalReason;
import org.omtpdm.server.lwm2m.DeviceListener.RefusedContact;

/**
 * Tells the listener who was refused, but not of every datagram of a flood: the same contact once
 * in ten seconds, all together at most fifty a second. Thread-safe.
 */
final class RefusedContacts {
    private static final int REMEMBERED = 10_000;
    private static final int PER_SECOND = 50;
    private static final long QUIET_MILLIS = 10_000;

    private final DeviceListener listener;
    private final ListenerLanes lanes;
    private final Clock clock;
    private final Map<String, Long> recent =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                    return size() > REMEMBERED;
                }
            };
    private long second;
    private int inSecond;

    RefusedContacts(DeviceListener listener, ListenerLanes lanes, Clock clock) {
        this.listener = listener;
        this.lanes = lanes;
        this.clock = clock;
    }

    void report(
            InetSocketAddress address,
            String endpoint,
            String identity,
            RefusalReason reason,
            String detail) {
        var host = address == null ? "" : address.getAddress().getHostAddress();
        var shownEndpoint = Words.plain(endpoint, 128);
        var shownIdentity = Words.plain(identity, 128);
        if (!passes(host + '\n' + shownEndpoint + '\n' + shownIdentity + '\n' + reason)) {
            return;
        }
        var shownAddress =
                address == null
                        ? ""
                        : (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
        var contact =
                new RefusedContact(
                        clock.instant(),
                        shownAddress,
                        shownEndpoint,
                        shownIdentity,
                        reason,
                        detail);
        lanes.run(shownEndpoint, () -> listener.refused(contact));
    }

    private synchronized boolean passes(String contact) {
        long now = clock.millis();
        var before = recent.get(contact);
        if (before != null && now - before < QUIET_MILLIS && now >= before) {
            return false;
        }
        if (now / 1000 != second) {
            second = now / 1000;
            inSecond = 0;
        }
        if (++inSecond > PER_SECOND) {
            return false;
        }
        recent.remove(contact);
        recent.put(contact, now);
        return true;
    }
}
