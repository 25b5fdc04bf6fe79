package org.omtpdm.cli;

/** What a command's exit code says; the same for every command. */
public final class ExitCode {

    /** All of it was done. */
    public static final int DONE = 0;

    /** Something of ours is broken. */
    public static final int BROKEN = 1;

    /** The command line or a value in it is wrong; nothing was sent or changed. */
    public static final int USAGE = 2;

    /** The server or the device said no. */
    public static final int REFUSED = 3;

    /** What was named does not exist. */
    public static final int NOT_FOUND = 4;

    /** Nobody answered in time, or the outcome is unknown. */
    public static final int NO_ANSWER = 5;

    /** Some of it was done. */
    public static final int PARTLY = 6;

    private ExitCode() {}
}
