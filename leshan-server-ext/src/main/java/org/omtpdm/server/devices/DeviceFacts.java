package org.omtpdm.server.devices;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a device reported about itself, as far as lists show, sort and search it. Texts are made fit
 * for people ({@link PlainText}).
 *
 * @param manufacturer /3/0/0, empty while unknown
 * @param model /3/0/1, empty while unknown
 * @param serial /3/0/2, empty while unknown
 * @param firmware /3/0/3, empty while unknown
 * @param battery /3/0/9, 0 to 100 percent
 * @param memoryFree /3/0/10, KiB
 * @param errorCodes /3/0/11
 * @param processCount /42769/0/0
 * @param clockSkew by how much the device's clock (/3/0/13) is ahead of ours
 * @see "LwM2M Core 1.1.1 appendix E.4, Device object"
 */
public record DeviceFacts(
        String manufacturer,
        String model,
        String serial,
        String firmware,
        OptionalInt battery,
        OptionalLong memoryFree,
        List<Integer> errorCodes,
        OptionalLong processCount,
        Optional<Duration> clockSkew) {

    public static final DeviceFacts UNKNOWN =
            new DeviceFacts(
                    "",
                    "",
                    "",
                    "",
                    OptionalInt.empty(),
                    OptionalLong.empty(),
                    List.of(),
                    OptionalLong.empty(),
                    Optional.empty());

    public DeviceFacts {
        errorCodes = List.copyOf(errorCodes);
    }
}
