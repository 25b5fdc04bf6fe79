package org.omtpdm.objects;

/** Resource ids of the Connectivity Monitoring (/4, version 1.3) object. */
public final class ConnectivityMonitoringResources {
    /** Network Bearer. */
    public static final int NETWORK_BEARER = 0;

    /** Available Network Bearer. */
    public static final int AVAILABLE_NETWORK_BEARER = 1;

    /** Radio Signal Strength. */
    public static final int RADIO_SIGNAL_STRENGTH = 2;

    /** Link Quality. */
    public static final int LINK_QUALITY = 3;

    /** IP Addresses. */
    public static final int IP_ADDRESSES = 4;

    /** Router IP Addresses. */
    public static final int ROUTER_IP_ADDRESSES = 5;

    /** Link Utilization. */
    public static final int LINK_UTILIZATION = 6;

    /** APN. */
    public static final int APN = 7;

    /** Cell ID. */
    public static final int CELL_ID = 8;

    /** SMNC. */
    public static final int SMNC = 9;

    /** SMCC. */
    public static final int SMCC = 10;

    /** SignalSNR. */
    public static final int SIGNAL_SNR = 11;

    /** LAC. */
    public static final int LAC = 12;

    /** Coverage Enhancement Level. */
    public static final int COVERAGE_ENHANCEMENT_LEVEL = 13;

    private ConnectivityMonitoringResources() {}
}
