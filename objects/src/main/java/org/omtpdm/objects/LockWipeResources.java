package org.omtpdm.objects;

/** Resource ids of the Lock and Wipe (/8, version 1.0) object. */
public final class LockWipeResources {
    /** State. */
    public static final int STATE = 0;

    /** Lock target. */
    public static final int LOCK_TARGET = 1;

    /** Wipe item. */
    public static final int WIPE_ITEM = 2;

    /** Wipe. */
    public static final int WIPE = 3;

    /** Wipe target. */
    public static final int WIPE_TARGET = 4;

    /** Lock or Wipe Operation Result. */
    public static final int LOCK_OR_WIPE_OPERATION_RESULT = 5;

    private LockWipeResources() {}
}
