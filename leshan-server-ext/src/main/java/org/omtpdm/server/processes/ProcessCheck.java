package org.omtpdm.server.processes;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.ProcessState;
import org.omtpdm.objects.listing.ListOptions;
import org.omtpdm.objects.listing.ListStart;
import org.omtpdm.objects.process.ProcessEntry;
import org.omtpdm.objects.process.ProcessListArguments;
import org.omtpdm.objects.process.ProcessRecords;
import org.omtpdm.server.commands.EndedException;
import org.omtpdm.server.commands.Listing;
import org.omtpdm.server.commands.ListingReader;
import org.omtpdm.server.commands.Performance;
import org.omtpdm.server.processes.TerminateArguments.Target;

/** Looks whether one process is still there: a listing of one record, two requests. */
final class ProcessCheck {

    private ProcessCheck() {}

    /** Empty when the device doesn't say. */
    static CompletableFuture<Optional<Boolean>> isGone(Performance performance, Target target) {
        return new ListingReader<ProcessEntry>(
                        performance,
                        ObjectIds.PROCESS,
                        ProcessRecords.FORMAT,
                        process -> Long.toString(process.pid()),
                        start -> justBefore(target),
                        1,
                        1)
                .once()
                .thenApply(listing -> Optional.of(isGone(listing, target)))
                .exceptionally(
                        problem -> {
                            var cause =
                                    problem instanceof CompletionException
                                            ? problem.getCause()
                                            : problem;
                            if (cause instanceof EndedException) {
                                return Optional.empty();
                            }
                            throw new CompletionException(cause);
                        });
    }

    private static org.omtpdm.objects.arguments.ExecuteArguments justBefore(Target target) {
        var options = ListOptions.everything().withMaximumRecords(1);
        return ProcessListArguments.everything()
                .withOptions(
                        target.pid() == 0
                                ? options
                                : options.startingAt(
                                        new ListStart.After(Long.toString(target.pid() - 1))))
                .toArguments();
    }

    private static boolean isGone(Listing<ProcessEntry> listing, Target target) {
        return listing.records().stream()
                .noneMatch(
                        process ->
                                process.pid() == target.pid()
                                        && process.startTime().getEpochSecond()
                                                == target.startTime()
                                        && process.state() != ProcessState.ZOMBIE);
    }
}
