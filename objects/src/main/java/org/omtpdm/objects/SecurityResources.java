package org.omtpdm.objects;

/** Resource ids of the LwM2M Security (/0, version 1.1) object. */
public final class SecurityResources {
    /** LWM2M Server URI. */
    public static final int LWM2M_SERVER_URI = 0;

    /** Bootstrap-Server. */
    public static final int BOOTSTRAP_SERVER = 1;

    /** Security Mode. */
    public static final int SECURITY_MODE = 2;

    /** Public Key or Identity. */
    public static final int PUBLIC_KEY_OR_IDENTITY = 3;

    /** Server Public Key. */
    public static final int SERVER_PUBLIC_KEY = 4;

    /** Secret Key. */
    public static final int SECRET_KEY = 5;

    /** SMS Security Mode. */
    public static final int SMS_SECURITY_MODE = 6;

    /** SMS Binding Key Parameters. */
    public static final int SMS_BINDING_KEY_PARAMETERS = 7;

    /** SMS Binding Secret Key(s). */
    public static final int SMS_BINDING_SECRET_KEYS = 8;

    /** LwM2M Server SMS Number. */
    public static final int LWM2M_SERVER_SMS_NUMBER = 9;

    /** Short Server ID. */
    public static final int SHORT_SERVER_ID = 10;

    /** Client Hold Off Time. */
    public static final int CLIENT_HOLD_OFF_TIME = 11;

    /** Bootstrap-Server Account Timeout. */
    public static final int BOOTSTRAP_SERVER_ACCOUNT_TIMEOUT = 12;

    /** Matching Type. */
    public static final int MATCHING_TYPE = 13;

    /** SNI. */
    public static final int SNI = 14;

    /** Certificate Usage. */
    public static final int CERTIFICATE_USAGE = 15;

    /** DTLS/TLS Ciphersuite. */
    public static final int DTLS_TLS_CIPHERSUITE = 16;

    /** OSCORE Security Mode. */
    public static final int OSCORE_SECURITY_MODE = 17;

    private SecurityResources() {}
}
