package org.omtpdm.objects.file;

import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.arguments.Argument;
import org.omtpdm.objects.arguments.ArgumentRules;

/**
 * Arguments of the executable resources of File Management; those of List are {@link
 * FileListArguments}.
 */
public final class FileOperations {

    public static final Argument<DevicePath> PATH = path(0, "path");
    public static final Argument<DevicePath> TO = path(1, "new path");

    /** 1 asks Stat for the SHA-256. */
    public static final Argument<Long> WITH_HASH = Argument.number(1, "hash", 0, 1);

    public static final Argument<Long> FETCH_OFFSET =
            Argument.number(1, "offset", 0, FileEntry.MAXIMUM_SIZE);
    public static final Argument<Long> FETCH_LENGTH = Argument.number(2, "length", 1, 4096);
    public static final Argument<String> UPLOAD_URI = Argument.text(1, "target URI", 1, 255);
    public static final Argument<Long> UPLOAD_OFFSET =
            Argument.number(2, "offset", 0, FileEntry.MAXIMUM_SIZE);
    public static final Argument<Long> UPLOAD_LENGTH =
            Argument.number(3, "length", 1, FileEntry.MAXIMUM_SIZE);

    /** 1 deletes a directory with everything in it. */
    public static final Argument<Long> RECURSIVE = Argument.number(1, "recursive", 0, 1);

    /** Guards Delete: the file goes only while its content still has this digest. */
    public static final Argument<Sha256Prefix> EXPECTED_HASH =
            Argument.hash(2, "expected SHA-256", Sha256Prefix.WHOLE);

    public static final ArgumentRules STAT = ArgumentRules.of("Stat", PATH).optional(WITH_HASH);
    public static final ArgumentRules FETCH =
            ArgumentRules.of("Fetch", PATH).optional(FETCH_OFFSET, FETCH_LENGTH);
    public static final ArgumentRules UPLOAD =
            ArgumentRules.of("Upload", PATH, UPLOAD_URI).optional(UPLOAD_OFFSET, UPLOAD_LENGTH);
    public static final ArgumentRules DELETE =
            ArgumentRules.of("Delete", PATH).optional(RECURSIVE, EXPECTED_HASH);
    public static final ArgumentRules MOVE = ArgumentRules.of("Move", PATH, TO);
    public static final ArgumentRules MAKE_DIRECTORY = ArgumentRules.of("Make Directory", PATH);

    private FileOperations() {}

    private static Argument<DevicePath> path(int digit, String name) {
        return Argument.parsed(digit, name, DevicePath::parse, DevicePath::toString);
    }
}
