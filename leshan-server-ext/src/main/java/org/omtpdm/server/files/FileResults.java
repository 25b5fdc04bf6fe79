package org.omtpdm.server.files;

import java.util.Optional;
import org.omtpdm.objects.OperationResult;
import org.omtpdm.server.commands.DeviceOperation;
import org.omtpdm.server.commands.DeviceOperation.Report;
import org.omtpdm.server.commands.EndedException;
import org.omtpdm.server.commands.Outcome;

/** What devices' reports on files mean, in sentences. */
final class FileResults {

    private FileResults() {}

    /** The report, when the operation succeeded; ends the performance as refused otherwise. */
    static Report required(DeviceOperation operation, Report report) {
        if (!report.succeeded()) {
            throw new EndedException(
                    new Outcome.Refused(words(report), Optional.of(operation.code(report))));
        }
        return report;
    }

    static String words(Report report) {
        var words =
                switch (report.known().orElse(OperationResult.UNSPECIFIED)) {
                    case TARGET_NOT_FOUND -> "There is no such file or directory";
                    case TARGET_CHANGED -> "The file has changed meanwhile; nothing was done";
                    case TARGET_PROTECTED -> "The file is protected";
                    default -> {
                        var text = OperationResult.describe(report.result());
                        yield text.substring(0, text.length() - 1);
                    }
                };
        return report.detail().isEmpty() ? words : words + " (" + report.detail() + ")";
    }
}
