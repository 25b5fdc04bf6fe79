package org.omtpdm.objects;

/** Resource ids of the operation block, the same in every object of ours that runs operations. */
public final class OperationResources {
    /** Operation State. */
    public static final int OPERATION_STATE = 30;

    /** Operation Result. */
    public static final int OPERATION_RESULT = 31;

    /** Operation Token. */
    public static final int OPERATION_TOKEN = 32;

    /** Operation Progress. */
    public static final int OPERATION_PROGRESS = 33;

    /** Cancel. */
    public static final int CANCEL = 34;

    /** Operation Detail. */
    public static final int OPERATION_DETAIL = 35;

    private OperationResources() {}
}
