package org.omtpdm.client.operation;

import org.omtpdm.objects.OperationResult;
import org.omtpdm.objects.Utf8;

/**
 * How an effect ended.
 *
 * @param detail short text for people, at most 255 bytes; longer ones are cut
 */
public record Outcome(OperationResult result, String detail) {

    private static final int MAXIMUM_DETAIL_BYTES = 255;

    public Outcome {
        detail = Utf8.shorten(detail.replaceAll("\\p{Cntrl}", "?"), MAXIMUM_DETAIL_BYTES);
    }

    public static Outcome ok() {
        return new Outcome(OperationResult.OK, "");
    }

    public static Outcome of(OperationResult result, String detail) {
        return new Outcome(result, detail);
    }
}
