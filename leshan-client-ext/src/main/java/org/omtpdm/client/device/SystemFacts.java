package org.omtpdm.client.device;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.omtpdm.objects.BatteryStatus;
import org.omtpdm.objects.DeviceError;
import org.omtpdm.objects.NetworkBearer;
import org.omtpdm.objects.PowerSource;

/** What the device knows about itself. Each call looks anew. Thread-safe. */
public interface SystemFacts {

    /** Who made it and what runs on it; texts may be empty. */
    record Identity(
            String manufacturer,
            String model,
            String serialNumber,
            String firmwareVersion,
            String deviceType,
            String hardwareVersion,
            String softwareVersion) {}

    /**
     * @param level 0 to 100
     * @param millivolts of the source
     * @param milliamperes out of the source
     */
    record Battery(
            int level, BatteryStatus status, OptionalLong millivolts, OptionalLong milliamperes) {}

    /**
     * Room for data and software.
     *
     * @param free KiB
     * @param total KiB
     */
    record Storage(long free, long total) {}

    /**
     * The network the device uses.
     *
     * @param signalDbm strength of the radio signal; empty for a cable
     * @param linkQuality in percent, for a radio
     */
    record Network(
            NetworkBearer bearer,
            Set<NetworkBearer> available,
            OptionalInt signalDbm,
            OptionalInt linkQuality,
            List<String> addresses,
            List<String> routers) {}

    /**
     * All that went over the network since some moment in the past.
     *
     * @param sent bytes
     * @param received bytes
     */
    record Traffic(long sent, long received) {}

    Identity identity();

    Set<PowerSource> powerSources();

    Optional<Battery> battery();

    Storage storage() throws IOException;

    Network network();

    Traffic traffic();

    /** What is wrong at this time. */
    Set<DeviceError> errors();
}
