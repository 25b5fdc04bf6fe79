package org.omtpdm.objects;

import java.util.Optional;

/**
 * Why an operation ended as it did (Operation Result, resource 31). Codes 128 to 254 belong to
 * makers of devices and have no constant here.
 */
public enum OperationResult implements WireCode {
    NONE(0, "There is no result yet."),
    OK(1, "Done."),
    PARTIAL(2, "Done in part."),
    CANCELLED_BY_SERVER(10, "The server cancelled it."),
    CANCELLED_BY_USER(11, "The device's user cancelled it."),
    TIMEOUT(12, "It took too long."),
    INTERRUPTED_BY_REBOOT(14, "The device restarted in the middle of it."),
    TARGET_NOT_FOUND(20, "The target is not there."),
    TARGET_CHANGED(
            21,
            "The target is not the one that was named; it changed meanwhile, and nothing was done."),
    TARGET_PROTECTED(22, "The target is protected."),
    ALREADY_SO(23, "It was so already."),
    OUTSIDE_ROOT(30, "The path leads out of the folders the device shows."),
    NOT_A_DIRECTORY(31, "The path is not a directory."),
    NOT_A_FILE(32, "The path is not a file."),
    NO_READ_RIGHT(33, "The device may not read it."),
    NO_WRITE_RIGHT(34, "The device may not change or delete it."),
    DIRECTORY_NOT_EMPTY(35, "The directory is not empty."),
    NAME_EXISTS(36, "The name is taken."),
    STORAGE_FULL(37, "The storage is full."),
    IO_ERROR(38, "Reading or writing the storage failed."),
    MALFORMED_PACKAGE(40, "The package is malformed."),
    SIGNATURE_INVALID(41, "The signature is not valid."),
    SIGNER_UNKNOWN(42, "The device does not know the signer."),
    SIGNER_NOT_AUTHORISED(43, "The signer may not sign this type."),
    ROLLBACK(44, "The version is older than what the device has accepted before."),
    WRONG_TARGET_DEVICE(45, "It is addressed to another device."),
    NOT_YET_VALID(46, "It is not valid yet."),
    EXPIRED(47, "It has expired."),
    UNSUPPORTED(48, "The device cannot enforce this rule or type."),
    DEVICE_TIME_NOT_TRUSTED(50, "The device's clock cannot be trusted."),
    OUT_OF_MEMORY(61, "The device ran out of memory."),
    CONNECTION_LOST(62, "The connection was lost."),
    INVALID_URI(63, "The address is not valid."),
    UNSUPPORTED_PROTOCOL(64, "The device does not speak the protocol of the address."),
    INTEGRITY_FAILURE(65, "The content arrived damaged."),
    ENGINE_UNAVAILABLE(70, "There is no malware engine to ask."),
    DEFINITIONS_OUTDATED(71, "The malware definitions are too old."),
    SCAN_INCOMPLETE(72, "The scan could not look at everything."),
    CONDITION_FAILED(80, "A condition is not met."),
    DEPENDENCY_MISSING(81, "Something it needs is not installed."),
    CONFLICT(82, "It conflicts with something installed."),
    REJECTED_BY_APPLICATION(90, "The application refused it."),
    TRIAL_EXPIRED(91, "It was not confirmed in time and was taken back."),
    UNSPECIFIED(255, "It failed; the device does not say why.");

    private final int code;
    private final String words;

    OperationResult(int code, String words) {
        this.code = code;
        this.words = words;
    }

    @Override
    public int code() {
        return code;
    }

    @Override
    public String words() {
        return words;
    }

    /** The constant of a code; empty when the code has none here. */
    public static Optional<OperationResult> forCode(long code) {
        return WireCode.find(values(), code);
    }

    /** Whether this ends an operation in {@link OperationState#SUCCEEDED}. */
    public boolean isSuccess() {
        return this == OK || this == PARTIAL || this == ALREADY_SO;
    }

    /** One sentence for any code a device may report, the ones we do not know included. */
    public static String describe(long code) {
        return forCode(code)
                .map(OperationResult::words)
                .orElseGet(
                        () ->
                                code >= 128 && code <= 254
                                        ? "It ended with code " + code + " of the device's maker."
                                        : "It ended with the unknown code " + code + ".");
    }
}
