package org.omtpdm.objects;

/** Resource ids of the LwM2M Server (/1, version 1.1) object. */
public final class ServerResources {
    /** Short Server ID. */
    public static final int SHORT_SERVER_ID = 0;

    /** Lifetime. */
    public static final int LIFETIME = 1;

    /** Default Minimum Period. */
    public static final int DEFAULT_MINIMUM_PERIOD = 2;

    /** Default Maximum Period. */
    public static final int DEFAULT_MAXIMUM_PERIOD = 3;

    /** Disable. */
    public static final int DISABLE = 4;

    /** Disable Timeout. */
    public static final int DISABLE_TIMEOUT = 5;

    /** Notification Storing When Disabled or Offline. */
    public static final int NOTIFICATION_STORING_WHEN_DISABLED_OR_OFFLINE = 6;

    /** Binding. */
    public static final int BINDING = 7;

    /** Registration Update Trigger. */
    public static final int REGISTRATION_UPDATE_TRIGGER = 8;

    /** Bootstrap-Request Trigger. */
    public static final int BOOTSTRAP_REQUEST_TRIGGER = 9;

    /** APN Link. */
    public static final int APN_LINK = 10;

    /** TLS-DTLS Alert Code. */
    public static final int TLS_DTLS_ALERT_CODE = 11;

    /** Last Bootstrapped. */
    public static final int LAST_BOOTSTRAPPED = 12;

    /** Registration Priority Order. */
    public static final int REGISTRATION_PRIORITY_ORDER = 13;

    /** Initial Registration Delay Timer. */
    public static final int INITIAL_REGISTRATION_DELAY_TIMER = 14;

    /** Registration Failure Block. */
    public static final int REGISTRATION_FAILURE_BLOCK = 15;

    /** Bootstrap on Registration Failure. */
    public static final int BOOTSTRAP_ON_REGISTRATION_FAILURE = 16;

    /** Communication Retry Count. */
    public static final int COMMUNICATION_RETRY_COUNT = 17;

    /** Communication Retry Timer. */
    public static final int COMMUNICATION_RETRY_TIMER = 18;

    /** Communication Sequence Delay Timer. */
    public static final int COMMUNICATION_SEQUENCE_DELAY_TIMER = 19;

    /** Communication Sequence Retry Count. */
    public static final int COMMUNICATION_SEQUENCE_RETRY_COUNT = 20;

    /** Trigger. */
    public static final int TRIGGER = 21;

    /** Preferred Transport. */
    public static final int PREFERRED_TRANSPORT = 22;

    /** Mute Send. */
    public static final int MUTE_SEND = 23;

    private ServerResources() {}
}
