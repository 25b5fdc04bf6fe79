package org.omtpdm.objects;

/** Resource ids of the Device (/3, version 1.2) object. */
public final class DeviceResources {
    /** Manufacturer. */
    public static final int MANUFACTURER = 0;

    /** Model Number. */
    public static final int MODEL_NUMBER = 1;

    /** Serial Number. */
    public static final int SERIAL_NUMBER = 2;

    /** Firmware Version. */
    public static final int FIRMWARE_VERSION = 3;

    /** Reboot. */
    public static final int REBOOT = 4;

    /** Factory Reset. */
    public static final int FACTORY_RESET = 5;

    /** Available Power Sources. */
    public static final int AVAILABLE_POWER_SOURCES = 6;

    /** Power Source Voltage. */
    public static final int POWER_SOURCE_VOLTAGE = 7;

    /** Power Source Current. */
    public static final int POWER_SOURCE_CURRENT = 8;

    /** Battery Level. */
    public static final int BATTERY_LEVEL = 9;

    /** Memory Free. */
    public static final int MEMORY_FREE = 10;

    /** Error Code. */
    public static final int ERROR_CODE = 11;

    /** Reset Error Code. */
    public static final int RESET_ERROR_CODE = 12;

    /** Current Time. */
    public static final int CURRENT_TIME = 13;

    /** UTC Offset. */
    public static final int UTC_OFFSET = 14;

    /** Timezone. */
    public static final int TIMEZONE = 15;

    /** Supported Binding and Modes. */
    public static final int SUPPORTED_BINDING_AND_MODES = 16;

    /** Device Type. */
    public static final int DEVICE_TYPE = 17;

    /** Hardware Version. */
    public static final int HARDWARE_VERSION = 18;

    /** Software Version. */
    public static final int SOFTWARE_VERSION = 19;

    /** Battery Status. */
    public static final int BATTERY_STATUS = 20;

    /** Memory Total. */
    public static final int MEMORY_TOTAL = 21;

    /** ExtDevInfo. */
    public static final int EXT_DEV_INFO = 22;

    private DeviceResources() {}
}
