package org.omtpdm.objects;

/** Resource ids of the LwM2M Access Control (/2, version 1.1) object. */
public final class AccessControlResources {
    /** Object ID. */
    public static final int OBJECT_ID = 0;

    /** Object Instance ID. */
    public static final int OBJECT_INSTANCE_ID = 1;

    /** ACL. */
    public static final int ACL = 2;

    /** Access Control Owner. */
    public static final int ACCESS_CONTROL_OWNER = 3;

    private AccessControlResources() {}
}
