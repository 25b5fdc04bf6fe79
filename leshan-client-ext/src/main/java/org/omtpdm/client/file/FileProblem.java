package org.omtpdm.client.file;

import java.util.Objects;
import org.omtpdm.objects.OperationResult;

/**
 * Something about the device's files that keeps an operation from being done; becomes Operation
 * Result and Detail.
 */
public final class FileProblem extends Exception {

    private static final long serialVersionUID = 1L;

    private final OperationResult result;

    public FileProblem(OperationResult result, String detail) {
        super(Objects.requireNonNull(detail), null, false, false);
        this.result = result;
    }

    public OperationResult result() {
        return result;
    }
}
