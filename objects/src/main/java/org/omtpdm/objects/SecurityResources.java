package org.omtpdm.objects;

/** Resource ids of the LwM2M Security (/0, version 1.2) object. */
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

    /** Groups To Use by Client. */
    public static final int GROUPS_TO_USE_BY_CLIENT = 18;

    /** Signature Algorithms Supported by Server. */
    public static final int SIGNATURE_ALGORITHMS_SUPPORTED_BY_SERVER = 19;

    /** Signature Algorithms To Use by Client. */
    public static final int SIGNATURE_ALGORITHMS_TO_USE_BY_CLIENT = 20;

    /** Signature Algorithm Certs Supported by Server. */
    public static final int SIGNATURE_ALGORITHM_CERTS_SUPPORTED_BY_SERVER = 21;

    /** TLS 1.3 Features To Use by Client. */
    public static final int TLS_1_3_FEATURES_TO_USE_BY_CLIENT = 22;

    /** TLS Extensions Supported by Server. */
    public static final int TLS_EXTENSIONS_SUPPORTED_BY_SERVER = 23;

    /** TLS Extensions To Use by Client. */
    public static final int TLS_EXTENSIONS_TO_USE_BY_CLIENT = 24;

    /** Secondary LwM2M Server URI. */
    public static final int SECONDARY_LW_M2M_SERVER_URI = 25;

    /** MQTT Server. */
    public static final int MQTT_SERVER = 26;

    /** LwM2M COSE Security. */
    public static final int LWM2M_COSE_SECURITY = 27;

    /** RDS Destination Port. */
    public static final int RDS_DESTINATION_PORT = 28;

    /** RDS Source Port. */
    public static final int RDS_SOURCE_PORT = 29;

    /** RDS Application ID. */
    public static final int RDS_APPLICATION_ID = 30;

    private SecurityResources() {}
}
