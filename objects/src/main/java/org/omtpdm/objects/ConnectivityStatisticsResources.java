package org.omtpdm.objects;

/** Resource ids of the Connectivity Statistics (/7, version 1.0) object. */
public final class ConnectivityStatisticsResources {
    /** SMS Tx Counter. */
    public static final int SMS_TX_COUNTER = 0;

    /** SMS Rx Counter. */
    public static final int SMS_RX_COUNTER = 1;

    /** Tx Data. */
    public static final int TX_DATA = 2;

    /** Rx Data. */
    public static final int RX_DATA = 3;

    /** Max Message Size. */
    public static final int MAX_MESSAGE_SIZE = 4;

    /** Average Message Size. */
    public static final int AVERAGE_MESSAGE_SIZE = 5;

    /** Start. */
    public static final int START = 6;

    /** Stop. */
    public static final int STOP = 7;

    /** Collection Period. */
    public static final int COLLECTION_PERIOD = 8;

    private ConnectivityStatisticsResources() {}
}
