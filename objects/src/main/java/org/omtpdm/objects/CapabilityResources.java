package org.omtpdm.objects;

/** Resource ids of the Device Capability Management (/15, version 2.0) object. */
public final class CapabilityResources {
    /** Property. */
    public static final int PROPERTY = 0;

    /** Group. */
    public static final int GROUP = 1;

    /** Description. */
    public static final int DESCRIPTION = 2;

    /** Attached. */
    public static final int ATTACHED = 3;

    /** Enabled. */
    public static final int ENABLED = 4;

    /** opEnable. */
    public static final int OP_ENABLE = 5;

    /** opDisable. */
    public static final int OP_DISABLE = 6;

    /** NotifyEn. */
    public static final int NOTIFY_EN = 7;

    private CapabilityResources() {}
}
