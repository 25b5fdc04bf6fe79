package org.omtpdm.objects;

/** Resource ids of the Software Component (/14, version 1.0) object. */
public final class SoftwareComponentResources {
    /** Component Identity. */
    public static final int COMPONENT_IDENTITY = 0;

    /** Component Pack. */
    public static final int COMPONENT_PACK = 1;

    /** Component Version. */
    public static final int COMPONENT_VERSION = 2;

    /** Activate. */
    public static final int ACTIVATE = 3;

    /** Deactivate. */
    public static final int DEACTIVATE = 4;

    /** Activation State. */
    public static final int ACTIVATION_STATE = 5;

    private SoftwareComponentResources() {}
}
