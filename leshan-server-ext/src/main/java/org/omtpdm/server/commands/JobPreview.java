package org.omtpdm.server.commands;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a job would do: {@code JobPreview} of {@code openapi.yaml}.
 *
 * @param sentence what will happen, on how many devices
 * @param asleep how many of the included devices sleep now
 * @param latestWakeUp when the last of them is expected to wake up
 * @param sample names of up to ten included devices
 */
public record JobPreview(
        String sentence,
        int included,
        int asleep,
        Optional<Instant> latestWakeUp,
        boolean undoable,
        List<String> sample,
        List<Exclusion> excluded) {

    public JobPreview {
        sample = List.copyOf(sample);
        excluded = List.copyOf(excluded);
    }

    /** Devices that are left out for one reason. @param sample names of up to ten of them */
    public record Exclusion(String why, int count, List<String> sample) {
        public Exclusion {
            sample = List.copyOf(sample);
        }
    }
}
