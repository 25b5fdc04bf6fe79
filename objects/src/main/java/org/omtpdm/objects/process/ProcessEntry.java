package org.omtpdm.objects.process;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.omtpdm.objects.ProcessState;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.Utf8;

/**
 * One process as a listing shows it.
 *
 * @param pid 0 to 4294967295
 * @param parent pid of the parent; 0 when there is none
 * @param uid number of the owner, 0 to 4294967295
 * @param cpuPermille share of the whole device's processing time, 0 to 1000
 * @param rssKiB resident memory in KiB, 0 to 2^40
 * @param startTime whole seconds, from 1970 on; with the pid it names a process for good
 * @param name 1 to 64 bytes
 * @param packageInstance instance of /9 the process belongs to
 * @param hash first 8 bytes of the SHA-256 of the executable
 */
public record ProcessEntry(
        long pid,
        long parent,
        long uid,
        ProcessState state,
        int cpuPermille,
        long rssKiB,
        Instant startTime,
        String name,
        OptionalInt packageInstance,
        Optional<Sha256Prefix> hash) {

    /** Most bytes a name may have; see {@link Utf8#shorten}. */
    public static final int MAXIMUM_NAME_BYTES = 64;

    static final long MAXIMUM_UINT32 = 0xFFFFFFFFL;
    static final long MAXIMUM_RSS = 1L << 40;
    static final long MAXIMUM_TIME = 1L << 40;
    static final int MAXIMUM_INSTANCE = 65534;

    public ProcessEntry {
        Objects.requireNonNull(state);
        check("pid", pid, MAXIMUM_UINT32);
        check("parent", parent, MAXIMUM_UINT32);
        check("uid", uid, MAXIMUM_UINT32);
        check("CPU in permille", cpuPermille, 1000);
        check("resident memory", rssKiB, MAXIMUM_RSS);
        check("start time", startTime.getEpochSecond(), MAXIMUM_TIME);
        check("package instance", packageInstance.orElse(0), MAXIMUM_INSTANCE);
        int bytes = Utf8.length(name).orElse(0);
        if (bytes < 1 || bytes > MAXIMUM_NAME_BYTES) {
            throw new IllegalArgumentException(
                    "Process " + pid + ": name of " + bytes + " bytes, expected 1 to 64");
        }
        startTime = Instant.ofEpochSecond(startTime.getEpochSecond());
        hash = hash.map(Sha256Prefix::shortened);
    }

    private static void check(String what, long value, long maximum) {
        if (value < 0 || value > maximum) {
            throw new IllegalArgumentException(
                    "Process: " + what + " " + value + ", expected 0 to " + maximum);
        }
    }
}
