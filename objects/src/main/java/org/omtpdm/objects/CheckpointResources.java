package org.omtpdm.objects;

/**
 * Resource ids of the Checkpoint object ({@link ObjectIds#CHECKPOINT}), beside those of {@link
 * OperationResources}.
 */
public final class CheckpointResources {
    /** Name. */
    public static final int NAME = 0;

    /** Minimum Free Storage. */
    public static final int MINIMUM_FREE_STORAGE = 1;

    /** Minimum Battery. */
    public static final int MINIMUM_BATTERY = 2;

    /** External Power Required. */
    public static final int EXTERNAL_POWER_REQUIRED = 3;

    /** Firmware Range. */
    public static final int FIRMWARE_RANGE = 4;

    /** Requires. */
    public static final int REQUIRES = 5;

    /** Conflicts. */
    public static final int CONFLICTS = 6;

    /** Required Capability. */
    public static final int REQUIRED_CAPABILITY = 7;

    /** Window. */
    public static final int WINDOW = 8;

    /** Evaluate. */
    public static final int EVALUATE = 9;

    /** Verdict. */
    public static final int VERDICT = 10;

    /** Failed Condition. */
    public static final int FAILED_CONDITION = 11;

    /** Failure Detail. */
    public static final int FAILURE_DETAIL = 12;

    private CheckpointResources() {}
}
