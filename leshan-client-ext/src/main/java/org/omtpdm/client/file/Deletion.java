package org.omtpdm.client.file;

import java.util.List;
import java.util.Optional;
import org.omtpdm.client.operation.Effect;
import org.omtpdm.client.operation.Outcome;
import org.omtpdm.objects.FileType;
import org.omtpdm.objects.OperationResult;
import org.omtpdm.objects.RootRight;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.file.DevicePath;

/**
 * Deletes a file, or a directory with or without what is in it. Guarded by a digest it deletes only
 * the content that was meant.
 */
record Deletion(
        DeviceFiles files, DevicePath path, boolean recursive, Optional<Sha256Prefix> expected)
        implements Effect {

    private static final int BATCH = 128;

    @Override
    public Outcome run(Progress progress) {
        try {
            if (path.root() < files.roots().size()
                    && !files.roots().get(path.root()).allows(RootRight.DELETE)) {
                return Outcome.of(
                        OperationResult.NO_WRITE_RIGHT, "nothing may be deleted below this root");
            }
            FoundFile found = files.stat(path);
            if (expected.isPresent()) {
                if (found.type() != FileType.FILE) {
                    return Outcome.of(OperationResult.NOT_A_FILE, "only a file has a digest");
                }
                if (!files.digest(path, progress::isCancelled).equals(expected.get())) {
                    return Outcome.of(OperationResult.TARGET_CHANGED, "its content is another");
                }
            }
            if (found.type() == FileType.DIRECTORY && recursive) {
                return deleteAll(progress);
            }
            files.delete(path, Optional.of(found));
            return Outcome.ok();
        } catch (FileProblem e) {
            return Outcome.of(e.result(), e.getMessage());
        }
    }

    private Outcome deleteAll(Progress progress) {
        long[] deleted = new long[1];
        try {
            empty(path, progress, deleted);
            if (!path.isRoot()) {
                files.delete(path, Optional.empty());
            }
            return Outcome.of(OperationResult.OK, "deleted " + deleted[0] + " entries");
        } catch (FileProblem e) {
            return Outcome.of(
                    deleted[0] > 0 && e.result() != OperationResult.CANCELLED_BY_SERVER
                            ? OperationResult.PARTIAL
                            : e.result(),
                    "deleted " + deleted[0] + " entries, then: " + e.getMessage());
        }
    }

    private void empty(DevicePath directory, Progress progress, long[] deleted) throws FileProblem {
        Optional<String> after = Optional.empty();
        while (true) {
            List<FoundFile> batch = files.children(directory, after, BATCH);
            for (FoundFile found : batch) {
                if (progress.isCancelled()) {
                    throw new FileProblem(OperationResult.CANCELLED_BY_SERVER, "cancelled");
                }
                DevicePath child =
                        directory
                                .child(found.name())
                                .orElseThrow(
                                        () ->
                                                new FileProblem(
                                                        OperationResult.IO_ERROR,
                                                        "a name below is too long"));
                if (found.type() == FileType.DIRECTORY) {
                    empty(child, progress, deleted);
                }
                files.delete(child, Optional.empty());
                deleted[0]++;
                after = Optional.of(found.name());
            }
            if (batch.size() < BATCH) {
                return;
            }
        }
    }
}
