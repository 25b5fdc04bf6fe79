package org.omtpdm.client.file;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.omtpdm.client.object.Changes;
import org.omtpdm.objects.FileType;
import org.omtpdm.objects.ListingResources;
import org.omtpdm.objects.file.DevicePath;

/**
 * Change Counter of the files: grows when names, sizes or times below the roots are others than at
 * the last look. A look goes no further than some thousand entries; where there are more, each look
 * counts as a change, which is always true enough. Thread-safe.
 */
final class TreeFingerprint {

    private static final long COUNTER_MASK = 0xFFFFFFFFL;
    private static final int MAXIMUM_ENTRIES = 20_000;
    private static final int BATCH = 512;
    private static final int MAXIMUM_DEPTH = 32;

    private final DeviceFiles files;
    private final Changes changes;
    private final int objectId;
    private final int instanceId;
    private int fingerprint;
    private long counter;

    TreeFingerprint(DeviceFiles files, Changes changes, int objectId, int instanceId) {
        this.files = files;
        this.changes = changes;
        this.objectId = objectId;
        this.instanceId = instanceId;
    }

    long changeCounter() {
        look();
        synchronized (this) {
            return counter;
        }
    }

    /** Something of ours changed the files. */
    void changed() {
        look();
    }

    void look() {
        int[] entries = new int[1];
        int now = 1;
        for (int root = 0; root < files.roots().size(); root++) {
            now = 31 * now + below(new DevicePath(root, ""), MAXIMUM_DEPTH, entries);
        }
        boolean isOther;
        synchronized (this) {
            isOther = now != fingerprint || entries[0] > MAXIMUM_ENTRIES;
            fingerprint = now;
            counter = isOther ? counter + 1 & COUNTER_MASK : counter;
        }
        if (isOther) {
            changes.resources(objectId, instanceId, ListingResources.CHANGE_COUNTER);
        }
    }

    private int below(DevicePath directory, int depth, int[] entries) {
        int hash = 1;
        Optional<String> after = Optional.empty();
        while (entries[0] <= MAXIMUM_ENTRIES) {
            List<FoundFile> batch;
            try {
                batch = files.children(directory, after, BATCH);
            } catch (FileProblem e) {
                return 31 * hash + e.result().code();
            }
            for (FoundFile found : batch) {
                entries[0]++;
                hash =
                        31 * hash
                                + Objects.hash(
                                        found.name(), found.type(), found.size(), found.modified());
                Optional<DevicePath> child = directory.child(found.name());
                if (found.type() == FileType.DIRECTORY && child.isPresent() && depth > 0) {
                    hash = 31 * hash + below(child.get(), depth - 1, entries);
                }
                after = Optional.of(found.name());
            }
            if (batch.size() < BATCH) {
                break;
            }
        }
        return hash;
    }
}
