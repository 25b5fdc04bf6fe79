package org.omtpdm.objects;

/**
 * Resource ids of the File Management object ({@link ObjectIds#FILE}), beside those of {@link
 * ListingResources} and {@link OperationResources}.
 */
public final class FileResources {
    /** Root. */
    public static final int ROOT = 0;

    /** Root Free. */
    public static final int ROOT_FREE = 1;

    /** Root Total. */
    public static final int ROOT_TOTAL = 2;

    /** Root Rights. */
    public static final int ROOT_RIGHTS = 3;

    /** Stat. */
    public static final int STAT = 4;

    /** Stat Result. */
    public static final int STAT_RESULT = 5;

    /** Fetch. */
    public static final int FETCH = 6;

    /** Data. */
    public static final int DATA = 7;

    /** Upload. */
    public static final int UPLOAD = 8;

    /** Delete. */
    public static final int DELETE = 9;

    /** Move. */
    public static final int MOVE = 10;

    /** Make Directory. */
    public static final int MAKE_DIRECTORY = 11;

    /** Put Path. */
    public static final int PUT_PATH = 12;

    /** Put Data. */
    public static final int PUT_DATA = 13;

    private FileResources() {}
}
