package org.omtpdm.objects;

/**
 * Resource ids of the Security Policy object ({@link ObjectIds#POLICY}), beside those of {@link
 * ListingResources} and {@link OperationResources}.
 */
public final class PolicyResources {
    /** Policy ID. */
    public static final int POLICY_ID = 0;

    /** Policy Type. */
    public static final int POLICY_TYPE = 1;

    /** Active Version. */
    public static final int ACTIVE_VERSION = 2;

    /** Staged Version. */
    public static final int STAGED_VERSION = 3;

    /** Minimum Version. */
    public static final int MINIMUM_VERSION = 4;

    /** Package. */
    public static final int PACKAGE = 5;

    /** Package URI. */
    public static final int PACKAGE_URI = 6;

    /** State. */
    public static final int STATE = 7;

    /** Activate. */
    public static final int ACTIVATE = 8;

    /** Suspend. */
    public static final int SUSPEND = 9;

    /** Digest. */
    public static final int DIGEST = 10;

    /** Not Before. */
    public static final int NOT_BEFORE = 11;

    /** Not After. */
    public static final int NOT_AFTER = 12;

    /** Enforcement Mode. */
    public static final int ENFORCEMENT_MODE = 13;

    /** Compliance State. */
    public static final int COMPLIANCE_STATE = 14;

    /** Violation Count. */
    public static final int VIOLATION_COUNT = 15;

    /** Last Violation. */
    public static final int LAST_VIOLATION = 16;

    /** Acknowledge Violations. */
    public static final int ACKNOWLEDGE_VIOLATIONS = 17;

    /** Evaluate. */
    public static final int EVALUATE = 18;

    /** Last Evaluation. */
    public static final int LAST_EVALUATION = 19;

    /** Signer Key ID. */
    public static final int SIGNER_KEY_ID = 40;

    /** Compliance Report. */
    public static final int COMPLIANCE_REPORT = 41;

    /** Trust Anchor. */
    public static final int TRUST_ANCHOR = 42;

    /** Report Interval. */
    public static final int REPORT_INTERVAL = 43;

    /** Suspended Until. */
    public static final int SUSPENDED_UNTIL = 44;

    private PolicyResources() {}
}
