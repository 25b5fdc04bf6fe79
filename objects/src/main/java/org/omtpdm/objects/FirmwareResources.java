package org.omtpdm.objects;

/** Resource ids of the Firmware Update (/5, version 1.2) object. */
public final class FirmwareResources {
    /** Package. */
    public static final int PACKAGE = 0;

    /** Package URI. */
    public static final int PACKAGE_URI = 1;

    /** Update. */
    public static final int UPDATE = 2;

    /** State. */
    public static final int STATE = 3;

    /** Update Result. */
    public static final int UPDATE_RESULT = 5;

    /** PkgName. */
    public static final int PKG_NAME = 6;

    /** PkgVersion. */
    public static final int PKG_VERSION = 7;

    /** Firmware Update Protocol Support. */
    public static final int FIRMWARE_UPDATE_PROTOCOL_SUPPORT = 8;

    /** Firmware Update Delivery Method. */
    public static final int FIRMWARE_UPDATE_DELIVERY_METHOD = 9;

    /** Cancel. */
    public static final int CANCEL = 10;

    /** Severity. */
    public static final int SEVERITY = 11;

    /** Last State Change Time. */
    public static final int LAST_STATE_CHANGE_TIME = 12;

    /** Maximum Defer Period. */
    public static final int MAXIMUM_DEFER_PERIOD = 13;

    /** Automatic Upgrade at Download. */
    public static final int AUTOMATIC_UPGRADE_AT_DOWNLOAD = 14;

    private FirmwareResources() {}
}
