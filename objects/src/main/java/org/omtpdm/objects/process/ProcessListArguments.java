package org.omtpdm.objects.process;

import java.util.Optional;
import org.omtpdm.objects.ProcessSort;
import org.omtpdm.objects.arguments.Argument;
import org.omtpdm.objects.arguments.ArgumentRules;
import org.omtpdm.objects.arguments.BadArgumentsException;
import org.omtpdm.objects.arguments.ExecuteArguments;
import org.omtpdm.objects.listing.ListOptions;
import org.omtpdm.objects.listing.ListStart;

/**
 * Arguments of List (resource 20) of Process Management.
 *
 * @param minimumCpuPermille only processes that use at least this share of the device's processing
 *     time, 0 to 1000
 * @param minimumRssKiB only processes with at least so much resident memory
 * @param sort an order other than by pid is given in one window, without a cursor
 * @param correlator comes back as Operation Token
 */
public record ProcessListArguments(
        ListOptions options,
        int minimumCpuPermille,
        long minimumRssKiB,
        ProcessSort sort,
        Optional<Long> correlator) {

    public static final Argument<Long> MINIMUM_CPU =
            Argument.number(2, "minimum CPU in permille", 0, 1000);
    public static final Argument<Long> MINIMUM_RSS =
            Argument.number(3, "minimum memory in KiB", 0, ProcessEntry.MAXIMUM_RSS);
    public static final Argument<ProcessSort> SORT = Argument.code(7, "sort", ProcessSort.values());

    public static final ArgumentRules RULES =
            ArgumentRules.of("List")
                    .optional(
                            ListOptions.NAME,
                            MINIMUM_CPU,
                            MINIMUM_RSS,
                            ListOptions.START_AFTER,
                            ListOptions.MAXIMUM_RECORDS,
                            ListOptions.FLAGS,
                            SORT,
                            ListOptions.HASH);

    public ProcessListArguments {
        if (minimumCpuPermille < 0
                || minimumCpuPermille > 1000
                || minimumRssKiB < 0
                || minimumRssKiB > ProcessEntry.MAXIMUM_RSS) {
            throw new IllegalArgumentException(
                    "List processes: CPU from "
                            + minimumCpuPermille
                            + " permille, memory from "
                            + minimumRssKiB
                            + " KiB; expected 0 to 1000 and 0 to "
                            + ProcessEntry.MAXIMUM_RSS);
        }
    }

    /** All processes, by pid. */
    public static ProcessListArguments everything() {
        return new ProcessListArguments(
                ListOptions.everything(), 0, 0, ProcessSort.PID, Optional.empty());
    }

    public ProcessListArguments withOptions(ListOptions newOptions) {
        return new ProcessListArguments(
                newOptions, minimumCpuPermille, minimumRssKiB, sort, correlator);
    }

    public static ProcessListArguments parse(byte[] payload) throws BadArgumentsException {
        ExecuteArguments arguments = RULES.parse(payload);
        ListOptions options = ListOptions.of(arguments);
        if (options.start() instanceof ListStart.After after && !isPid(after.key())) {
            throw new BadArgumentsException(
                    ListOptions.START_AFTER.label() + ": expected a pid or *");
        }
        return new ProcessListArguments(
                options,
                arguments.find(MINIMUM_CPU).orElse(0L).intValue(),
                arguments.find(MINIMUM_RSS).orElse(0L),
                arguments.find(SORT).orElse(ProcessSort.PID),
                arguments.find(ExecuteArguments.CORRELATOR));
    }

    private static boolean isPid(String key) {
        return key.matches("[0-9]{1,10}") && Long.parseLong(key) <= ProcessEntry.MAXIMUM_UINT32;
    }

    /** The payload to send; what says nothing is left out. */
    public ExecuteArguments toArguments() {
        ExecuteArguments result = options.addTo(ExecuteArguments.none());
        if (minimumCpuPermille > 0) {
            result = result.with(MINIMUM_CPU, (long) minimumCpuPermille);
        }
        if (minimumRssKiB > 0) {
            result = result.with(MINIMUM_RSS, minimumRssKiB);
        }
        if (sort != ProcessSort.PID) {
            result = result.with(SORT, sort);
        }
        return correlator.isPresent()
                ? result.with(ExecuteArguments.CORRELATOR, correlator.get())
                : result;
    }
}
