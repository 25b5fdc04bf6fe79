package org.omtpdm.server.lwm2m;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of what misbehaving devices send: DEBUG, at most one line per device and minute, counted
 * always. Ten thousand odd devices would fill a disk otherwise. Thread-safe.
 */
final class DeviceLog {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceLog.class);
    private static final int REMEMBERED = 10_000;
    private static final long QUIET_NANOS = 60_000_000_000L;

    private final LongAdder count = new LongAdder();
    private final Map<String, Long> lastLine =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                    return size() > REMEMBERED;
                }
            };

    /**
     * @param device endpoint or address
     */
    void odd(String device, String what) {
        count.increment();
        if (LOG.isDebugEnabled() && mayLog(device)) {
            LOG.debug("{}: {}", Words.plain(device, 128), Words.plain(what, 300));
        }
    }

    /** Messages that were odd since the start. */
    long count() {
        return count.sum();
    }

    private synchronized boolean mayLog(String device) {
        long now = System.nanoTime();
        var before = lastLine.get(device);
        if (before != null && now - before < QUIET_NANOS) {
            return false;
        }
        lastLine.remove(device);
        lastLine.put(device, now);
        return true;
    }
}
