package org.omtpdm.objects.listing;

import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.omtpdm.objects.Glob;
import org.omtpdm.objects.ListFlag;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.arguments.Argument;
import org.omtpdm.objects.arguments.BadArgumentsException;
import org.omtpdm.objects.arguments.ExecuteArguments;

/**
 * What every List understands, whichever object it belongs to.
 *
 * @param name only records whose name fits
 * @param start where to begin
 * @param maximumRecords at most so many, 1 to 4294967295
 * @param flags further wishes
 * @param hash only records whose content begins so
 */
public record ListOptions(
        Optional<Glob> name,
        ListStart start,
        OptionalLong maximumRecords,
        Set<ListFlag> flags,
        Optional<Sha256Prefix> hash) {

    public static final Argument<Glob> NAME =
            Argument.parsed(
                    1,
                    "name pattern",
                    (label, text) -> {
                        try {
                            return new Glob(text);
                        } catch (IllegalArgumentException e) {
                            throw new BadArgumentsException(label + ": " + e.getMessage());
                        }
                    },
                    Glob::toString);
    public static final Argument<String> START_AFTER = Argument.text(4, "start after", 1, 255);
    public static final Argument<Long> MAXIMUM_RECORDS =
            Argument.number(5, "maximum records", 1, 0xFFFFFFFFL);
    public static final Argument<Long> FLAGS = Argument.number(6, "flags", 0, 31);
    public static final Argument<Sha256Prefix> HASH = Argument.hash(8, "hash", Sha256Prefix.SHORT);

    public ListOptions {
        flags = Set.copyOf(flags);
    }

    /** Everything from the beginning. */
    public static ListOptions everything() {
        return new ListOptions(
                Optional.empty(),
                new ListStart.Beginning(),
                OptionalLong.empty(),
                Set.of(),
                Optional.empty());
    }

    public ListOptions withName(Glob pattern) {
        return new ListOptions(Optional.of(pattern), start, maximumRecords, flags, hash);
    }

    public ListOptions startingAt(ListStart newStart) {
        return new ListOptions(name, newStart, maximumRecords, flags, hash);
    }

    public ListOptions withMaximumRecords(long maximum) {
        return new ListOptions(name, start, OptionalLong.of(maximum), flags, hash);
    }

    public ListOptions withFlag(ListFlag flag) {
        EnumSet<ListFlag> more = EnumSet.of(flag);
        more.addAll(flags);
        return new ListOptions(name, start, maximumRecords, more, hash);
    }

    public ListOptions withHash(Sha256Prefix prefix) {
        return new ListOptions(name, start, maximumRecords, flags, Optional.of(prefix));
    }

    public boolean has(ListFlag flag) {
        return flags.contains(flag);
    }

    /** Reads the arguments that every List has. */
    public static ListOptions of(ExecuteArguments arguments) throws BadArgumentsException {
        Optional<String> after = arguments.find(START_AFTER);
        Optional<Long> maximum = arguments.find(MAXIMUM_RECORDS);
        return new ListOptions(
                arguments.find(NAME),
                after.isEmpty()
                        ? new ListStart.Beginning()
                        : after.get().equals(ListStart.CONTINUE)
                                ? new ListStart.Continue()
                                : new ListStart.After(after.get()),
                maximum.isEmpty() ? OptionalLong.empty() : OptionalLong.of(maximum.get()),
                ListFlag.ofBits(arguments.find(FLAGS).orElse(0L)),
                arguments.find(HASH));
    }

    /** Adds these wishes to arguments. */
    public ExecuteArguments addTo(ExecuteArguments arguments) {
        ExecuteArguments result = arguments;
        if (name.isPresent()) {
            result = result.with(NAME, name.get());
        }
        if (start instanceof ListStart.After after) {
            result = result.with(START_AFTER, after.key());
        } else if (start instanceof ListStart.Continue) {
            result = result.with(START_AFTER, ListStart.CONTINUE);
        }
        if (maximumRecords.isPresent()) {
            result = result.with(MAXIMUM_RECORDS, maximumRecords.getAsLong());
        }
        if (!flags.isEmpty()) {
            result = result.with(FLAGS, (long) ListFlag.bitsOf(flags));
        }
        if (hash.isPresent()) {
            result = result.with(HASH, hash.get());
        }
        return result;
    }
}
