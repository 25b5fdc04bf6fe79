package org.omtpdm.objects;

/**
 * Resource ids of the Process Management object ({@link ObjectIds#PROCESS}), beside those of {@link
 * ListingResources} and {@link OperationResources}.
 */
public final class ProcessResources {
    /** Process Count. */
    public static final int PROCESS_COUNT = 0;

    /** CPU Load. */
    public static final int CPU_LOAD = 1;

    /** Memory Used. */
    public static final int MEMORY_USED = 2;

    /** Terminate. */
    public static final int TERMINATE = 3;

    /** Start. */
    public static final int START = 4;

    /** Suspend. */
    public static final int SUSPEND = 5;

    /** Resume. */
    public static final int RESUME = 6;

    /** Set Priority. */
    public static final int SET_PRIORITY = 7;

    /** Watch Name. */
    public static final int WATCH_NAME = 8;

    /** Watch Count. */
    public static final int WATCH_COUNT = 9;

    /** Last Exit. */
    public static final int LAST_EXIT = 10;

    /** Protected Name. */
    public static final int PROTECTED_NAME = 11;

    private ProcessResources() {}
}
