package org.omtpdm.client.log;

import org.omtpdm.objects.LogClass;

/** Takes down what happens on the device, for its event logs. Thread-safe; never fails. */
@FunctionalInterface
public interface DeviceLog {

    /**
     * @param text one line, without secrets
     */
    void record(LogClass about, String text);
}
