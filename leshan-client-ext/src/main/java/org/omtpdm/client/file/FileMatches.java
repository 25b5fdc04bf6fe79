package org.omtpdm.client.file;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.omtpdm.client.listing.Records;
import org.omtpdm.client.operation.Effect.Progress;
import org.omtpdm.objects.FileType;
import org.omtpdm.objects.ListFlag;
import org.omtpdm.objects.OperationResult;
import org.omtpdm.objects.RootRight;
import org.omtpdm.objects.Sha256Prefix;
import org.omtpdm.objects.arguments.BadArgumentsException;
import org.omtpdm.objects.file.DevicePath;
import org.omtpdm.objects.file.FileEntry;
import org.omtpdm.objects.file.FileListArguments;

/**
 * The files a List asks for. Nothing is kept: each call walks the directories depth first in key
 * order, from the cursor on, and holds no more than a batch of names per level.
 */
final class FileMatches implements Records<FileEntry> {

    private static final int BATCH = 128;

    /** One walk; counts what it hashes. */
    private final class Walk {
        private final Predicate<FileEntry> taker;
        private boolean isOver;

        Walk(Predicate<FileEntry> taker) {
            this.taker = taker;
        }

        /** Gives what is in a directory, from a place below it on. */
        void into(DevicePath directory, Optional<DevicePath> after, int depth) throws FileProblem {
            Optional<String> name = after.map(path -> firstSegment(directory, path));
            if (name.isPresent()) {
                descendAgain(directory, name.get(), after.get(), depth);
            }
            while (!isOver) {
                List<FoundFile> batch = files.children(directory, name, BATCH);
                for (FoundFile found : batch) {
                    each(directory, found, depth);
                    if (isOver) {
                        return;
                    }
                    name = Optional.of(found.name());
                }
                if (batch.size() < BATCH) {
                    return;
                }
            }
        }

        /**
         * The name the cursor is at, or is below, was given already; what is below and behind the
         * cursor was not.
         */
        private void descendAgain(DevicePath directory, String name, DevicePath after, int depth)
                throws FileProblem {
            Optional<DevicePath> child = directory.child(name);
            if (child.isEmpty() || depth <= 1 || isHidden(name)) {
                return;
            }
            try {
                if (files.stat(child.get()).type() == FileType.DIRECTORY) {
                    into(
                            child.get(),
                            child.get().equals(after) ? Optional.empty() : Optional.of(after),
                            depth - 1);
                }
            } catch (FileProblem e) {
                skipped(e);
            }
        }

        private void each(DevicePath directory, FoundFile found, int depth) throws FileProblem {
            if (progress.isCancelled()) {
                isCancelled = true;
                isOver = true;
                return;
            }
            Optional<DevicePath> path = directory.child(found.name());
            if (path.isEmpty() || isHidden(found.name())) {
                return;
            }
            if (fits(found)) {
                Optional<Optional<Sha256Prefix>> hash = hash(path.get(), found);
                if (hash.isPresent() && !taker.test(entry(path.get(), found, hash.get()))) {
                    isOver = true;
                    return;
                }
            }
            if (found.type() == FileType.DIRECTORY && depth > 1) {
                try {
                    into(path.get(), Optional.empty(), depth - 1);
                } catch (FileProblem e) {
                    skipped(e);
                }
            }
        }
    }

    private final DeviceFiles files;
    private final FileListArguments wanted;
    private final Progress progress;
    private long toHash;
    private long hashed;
    private boolean isCancelled;
    private boolean isCounting;

    FileMatches(DeviceFiles files, FileListArguments wanted, Progress progress) throws FileProblem {
        this.files = files;
        this.wanted = wanted;
        this.progress = progress;
        if (wanted.directory().isPresent()) {
            int root = wanted.directory().get().root();
            if (root >= files.roots().size()) {
                throw new FileProblem(OperationResult.TARGET_NOT_FOUND, "there is no root " + root);
            }
            if (!files.roots().get(root).allows(RootRight.LIST)) {
                throw new FileProblem(
                        OperationResult.NO_READ_RIGHT, "root " + root + " may not be listed");
            }
        }
    }

    @Override
    public long count() throws FileProblem {
        long[] count = new long[1];
        isCounting = true;
        forEach(
                Optional.empty(),
                entry -> {
                    count[0]++;
                    return true;
                });
        isCounting = false;
        return count[0];
    }

    @Override
    public void forEach(Optional<String> after, Predicate<FileEntry> taker) throws FileProblem {
        Optional<DevicePath> cursor = after.map(FileMatches::parse);
        Walk walk = new Walk(taker);
        if (wanted.directory().isPresent()) {
            DevicePath directory = wanted.directory().get();
            Optional<DevicePath> below = cursor.filter(path -> isBelow(directory, path));
            if (below.isEmpty() && cursor.isPresent() && cursor.get().compareTo(directory) > 0) {
                return;
            }
            walk.into(directory, below, wanted.depth());
            return;
        }
        for (int root = cursor.map(DevicePath::root).orElse(0);
                root < files.roots().size() && !walk.isOver;
                root++) {
            if (files.roots().get(root).allows(RootRight.LIST)) {
                int number = root;
                DevicePath directory = new DevicePath(root, "");
                try {
                    walk.into(
                            directory,
                            cursor.filter(path -> path.root() == number && !path.isRoot()),
                            wanted.depth());
                } catch (FileProblem e) {
                    skipped(e);
                }
            }
        }
    }

    private static DevicePath parse(String key) {
        try {
            return DevicePath.parse(key);
        } catch (BadArgumentsException e) {
            throw new IllegalArgumentException("Not a key of files: checked before", e);
        }
    }

    private static boolean isBelow(DevicePath directory, DevicePath path) {
        return path.root() == directory.root()
                && (directory.isRoot()
                        ? !path.isRoot()
                        : path.path().startsWith(directory.path() + "/"));
    }

    private static String firstSegment(DevicePath directory, DevicePath below) {
        String rest =
                directory.isRoot()
                        ? below.path()
                        : below.path().substring(directory.path().length() + 1);
        return rest.contains("/") ? rest.substring(0, rest.indexOf('/')) : rest;
    }

    private boolean isHidden(String name) {
        return name.startsWith(".") && !wanted.options().has(ListFlag.HIDDEN);
    }

    private boolean fits(FoundFile found) {
        return (!wanted.options().has(ListFlag.DIRECTORIES_ONLY)
                        || found.type() == FileType.DIRECTORY)
                && wanted.options().name().map(glob -> glob.matches(found.name())).orElse(true)
                && found.size() >= wanted.minimumSize()
                && wanted.modifiedSince().map(time -> !found.modified().isBefore(time)).orElse(true)
                && (wanted.options().hash().isEmpty() || found.type() == FileType.FILE);
    }

    /**
     * Empty when the file isn't wanted because of its content; else its digest, where that was
     * asked for.
     */
    private Optional<Optional<Sha256Prefix>> hash(DevicePath path, FoundFile found) {
        Optional<Sha256Prefix> prefix = wanted.options().hash();
        boolean isShown = wanted.options().has(ListFlag.HASH) && !isCounting;
        if (found.type() != FileType.FILE || prefix.isEmpty() && !isShown) {
            return Optional.of(Optional.empty());
        }
        toHash++;
        try {
            Sha256Prefix digest = files.digest(path, progress::isCancelled);
            hashed++;
            boolean isWanted = prefix.map(p -> p.isStartOf(digest)).orElse(true);
            return isWanted
                    ? Optional.of(isShown ? Optional.of(digest) : Optional.empty())
                    : Optional.empty();
        } catch (FileProblem e) {
            // unreadable: it can't be shown to match, but is listed where the digest is only an
            // extra
            return prefix.isPresent() ? Optional.empty() : Optional.of(Optional.empty());
        }
    }

    private static FileEntry entry(DevicePath path, FoundFile found, Optional<Sha256Prefix> hash) {
        return new FileEntry(
                path, found.type(), FileFacts.size(found), FileFacts.time(found), hash);
    }

    /**
     * A directory below that can't be read isn't looked into; the rest of the listing is still
     * good.
     */
    private void skipped(FileProblem problem) throws FileProblem {
        if (problem.result() == OperationResult.IO_ERROR) {
            throw problem;
        }
    }

    @Override
    public String key(FileEntry entry) {
        return entry.path().toString();
    }

    @Override
    public boolean isComplete() {
        return !isCancelled && (wanted.options().hash().isEmpty() || hashed == toHash);
    }

    @Override
    public String note() {
        return wanted.options().hash().isPresent() || toHash > 0
                ? "hashed " + hashed + " of " + toHash
                : "cancelled";
    }
}
