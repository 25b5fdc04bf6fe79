package org.omtpdm.server.lwm2m.codec;

import java.util.Optional;

/**
 * The content formats we speak. The order is the order of preference where a device announced
 * several.
 *
 * @see "LwM2M Core 1.1.1 §7.4"
 */
public enum Format {
    SENML_CBOR(112),
    SENML_JSON(110),
    TLV(11542),
    JSON(11543),
    CBOR(60),
    OPAQUE(42),
    TEXT(0);

    private final int code;

    Format(int code) {
        this.code = code;
    }

    /** The CoAP Content-Format number. */
    public int code() {
        return code;
    }

    /** This format's place in a set of formats kept as bits. */
    public int bit() {
        return 1 << ordinal();
    }

    /** Several resources at several paths, each with a time. */
    public boolean isSenml() {
        return this == SENML_CBOR || this == SENML_JSON;
    }

    /** Carries more than one value. */
    public boolean isStructured() {
        return isSenml() || this == TLV || this == JSON;
    }

    /** For people. */
    public String words() {
        return switch (this) {
            case SENML_CBOR -> "SenML CBOR";
            case SENML_JSON -> "SenML JSON";
            case TLV -> "TLV";
            case JSON -> "JSON of LwM2M 1.0";
            case CBOR -> "CBOR";
            case OPAQUE -> "opaque";
            case TEXT -> "plain text";
        };
    }

    /** The format of a Content-Format number; 1541 to 1543 were LwM2M's before registration. */
    public static Optional<Format> of(int code) {
        return Optional.ofNullable(
                switch (code) {
                    case 112 -> SENML_CBOR;
                    case 110 -> SENML_JSON;
                    case 11542, 1542 -> TLV;
                    case 11543, 1543 -> JSON;
                    case 60 -> CBOR;
                    case 42, 1544 -> OPAQUE;
                    case 0, 1541 -> TEXT;
                    default -> null;
                });
    }
}
