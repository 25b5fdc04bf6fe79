package org.omtpdm.objects;

/** Resource ids of the Software Management (/9, version 1.1) object. */
public final class SoftwareResources {
    /** PkgName. */
    public static final int PKG_NAME = 0;

    /** PkgVersion. */
    public static final int PKG_VERSION = 1;

    /** Package. */
    public static final int PACKAGE = 2;

    /** Package URI. */
    public static final int PACKAGE_URI = 3;

    /** Install. */
    public static final int INSTALL = 4;

    /** Checkpoint. */
    public static final int CHECKPOINT = 5;

    /** Uninstall. */
    public static final int UNINSTALL = 6;

    /** Update State. */
    public static final int UPDATE_STATE = 7;

    /** Update Supported Objects. */
    public static final int UPDATE_SUPPORTED_OBJECTS = 8;

    /** Update Result. */
    public static final int UPDATE_RESULT = 9;

    /** Activate. */
    public static final int ACTIVATE = 10;

    /** Deactivate. */
    public static final int DEACTIVATE = 11;

    /** Activation State. */
    public static final int ACTIVATION_STATE = 12;

    /** Package Settings. */
    public static final int PACKAGE_SETTINGS = 13;

    /** User Name. */
    public static final int USER_NAME = 14;

    /** Password. */
    public static final int PASSWORD = 15;

    /** Status Reason. */
    public static final int STATUS_REASON = 16;

    /** Software Component Link. */
    public static final int SOFTWARE_COMPONENT_LINK = 17;

    /** Software Component tree length. */
    public static final int SOFTWARE_COMPONENT_TREE_LENGTH = 18;

    /** Start. */
    public static final int START = 19;

    /** Stop. */
    public static final int STOP = 20;

    /** Operational State. */
    public static final int OPERATIONAL_STATE = 21;

    /** Purge. */
    public static final int PURGE = 22;

    private SoftwareResources() {}
}
