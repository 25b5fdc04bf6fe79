package org.omtpdm.objects;

/** Resource ids of the Event Log (/20, version 2.1) object. */
public final class EventLogResources {
    /** LogClass. */
    public static final int LOG_CLASS = 4010;

    /** LogStart. */
    public static final int LOG_START = 4011;

    /** LogStop. */
    public static final int LOG_STOP = 4012;

    /** LogStatus. */
    public static final int LOG_STATUS = 4013;

    /** LogData. */
    public static final int LOG_DATA = 4014;

    /** LogDataFormat. */
    public static final int LOG_DATA_FORMAT = 4015;

    /** LogDataIncremental. */
    public static final int LOG_DATA_INCREMENTAL = 4016;

    /** LogDataIncrementalMinimumSendInterval. */
    public static final int LOG_DATA_INCREMENTAL_MINIMUM_SEND_INTERVAL = 4017;

    private EventLogResources() {}
}
