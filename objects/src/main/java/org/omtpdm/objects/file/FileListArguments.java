package org.omtpdm.objects.file;

import java.time.Instant;
import java.util.Optional;
import org.omtpdm.objects.arguments.Argument;
import org.omtpdm.objects.arguments.ArgumentRules;
import org.omtpdm.objects.arguments.BadArgumentsException;
import org.omtpdm.objects.arguments.ExecuteArguments;
import org.omtpdm.objects.listing.ListOptions;
import org.omtpdm.objects.listing.ListStart;

/**
 * Arguments of List (resource 20) of File Management.
 *
 * @param directory the directory to list; empty means all roots ({@code *})
 * @param minimumSize only files of at least so many bytes
 * @param modifiedSince only what was modified then or later
 * @param depth 1 lists the directory itself, 2 its directories too, and so on to 16
 * @param correlator comes back as Operation Token
 */
public record FileListArguments(
        Optional<DevicePath> directory,
        ListOptions options,
        long minimumSize,
        Optional<Instant> modifiedSince,
        int depth,
        Optional<Long> correlator) {

    private static final String ALL_ROOTS = "*";

    public static final Argument<Optional<DevicePath>> DIRECTORY =
            Argument.parsed(
                    0,
                    "path",
                    (label, text) ->
                            text.equals(ALL_ROOTS)
                                    ? Optional.empty()
                                    : Optional.of(DevicePath.parse(label, text)),
                    path -> path.map(DevicePath::toString).orElse(ALL_ROOTS));
    public static final Argument<Long> MINIMUM_SIZE =
            Argument.number(2, "minimum size", 0, FileEntry.MAXIMUM_SIZE);
    public static final Argument<Instant> MODIFIED_SINCE = Argument.time(3, "modified since");
    public static final Argument<Long> DEPTH = Argument.number(7, "depth", 1, 16);

    public static final ArgumentRules RULES =
            ArgumentRules.of("List", DIRECTORY)
                    .optional(
                            ListOptions.NAME,
                            MINIMUM_SIZE,
                            MODIFIED_SINCE,
                            ListOptions.START_AFTER,
                            ListOptions.MAXIMUM_RECORDS,
                            ListOptions.FLAGS,
                            DEPTH,
                            ListOptions.HASH);

    public FileListArguments {
        if (minimumSize < 0 || minimumSize > FileEntry.MAXIMUM_SIZE || depth < 1 || depth > 16) {
            throw new IllegalArgumentException(
                    "List files: size from "
                            + minimumSize
                            + ", depth "
                            + depth
                            + "; expected 0 to "
                            + FileEntry.MAXIMUM_SIZE
                            + " and 1 to 16");
        }
    }

    /** What is in one directory. */
    public static FileListArguments directory(DevicePath path) {
        return new FileListArguments(
                Optional.of(path),
                ListOptions.everything(),
                0,
                Optional.empty(),
                1,
                Optional.empty());
    }

    /** All roots, as deep as it goes. */
    public static FileListArguments allRoots() {
        return new FileListArguments(
                Optional.empty(),
                ListOptions.everything(),
                0,
                Optional.empty(),
                16,
                Optional.empty());
    }

    public FileListArguments withOptions(ListOptions newOptions) {
        return new FileListArguments(
                directory, newOptions, minimumSize, modifiedSince, depth, correlator);
    }

    public FileListArguments withDepth(int newDepth) {
        return new FileListArguments(
                directory, options, minimumSize, modifiedSince, newDepth, correlator);
    }

    public static FileListArguments parse(byte[] payload) throws BadArgumentsException {
        ExecuteArguments arguments = RULES.parse(payload);
        ListOptions options = ListOptions.of(arguments);
        if (options.start() instanceof ListStart.After after) {
            DevicePath.parse(ListOptions.START_AFTER.label(), after.key());
        }
        return new FileListArguments(
                arguments.get(DIRECTORY),
                options,
                arguments.find(MINIMUM_SIZE).orElse(0L),
                arguments.find(MODIFIED_SINCE),
                arguments.find(DEPTH).orElse(1L).intValue(),
                arguments.find(ExecuteArguments.CORRELATOR));
    }

    /** The payload to send; what says nothing is left out. */
    public ExecuteArguments toArguments() {
        ExecuteArguments result = options.addTo(ExecuteArguments.none().with(DIRECTORY, directory));
        if (minimumSize > 0) {
            result = result.with(MINIMUM_SIZE, minimumSize);
        }
        if (modifiedSince.isPresent()) {
            result = result.with(MODIFIED_SINCE, modifiedSince.get());
        }
        if (depth != 1) {
            result = result.with(DEPTH, (long) depth);
        }
        return correlator.isPresent()
                ? result.with(ExecuteArguments.CORRELATOR, correlator.get())
                : result;
    }
}
