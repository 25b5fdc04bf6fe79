package org.omtpdm.server.lwm2m.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The append log below the registry. One thread writes: it takes everything that was appended since
 * its last fsync, writes it, calls fsync once and completes the promises, so a commit takes one to
 * two fsyncs however many wait for it.
 *
 * <pre>
 *   000007.snapshot   everything as it was when 000007.log began (or a little later)
 *   000007.log        what happened since
 * </pre>
 *
 * <p>Records are absolute, so replaying one twice, or on top of a snapshot that already has it,
 * does no harm. When a log has outgrown its snapshot a new one begins, the state is written beside
 * it and the older files go. When the disk refuses, what was appended is kept and tried again every
 * second; {@link #isHealthy} is false meanwhile and the registry accepts nothing new. Thread-safe.
 */
final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final long RETRY_MILLIS = 1000;

    private final Path folder;
    private final long compactAbove;
    private final Supplier<Stream<byte[]>> state;
    private final Runnable beforeWrite;
    private final Thread writer;
    private final Object lock = new Object();

    private List<byte[]> pending = new ArrayList<>();
    private List<CompletableFuture<Void>> promises = new ArrayList<>();
    private boolean flushWanted;
    private boolean closing;
    private volatile boolean healthy = true;
    private volatile boolean abandoned;

    // confined to the writer thread once it runs
    private FileChannel channel;
    private long number;
    private long written;
    private Thread compaction;
    private volatile long snapshotSize;

    /**
     * Reads what is there and begins to write. A torn end is cut off.
     *
     * @param compactAbove bytes of log above which it may be compacted
     * @param replay gets every record, oldest first, before this constructor returns
     * @param state the whole state as records, for compaction
     * @param beforeWrite called on the writer thread before each batch; may append
     */
    Journal(
            Path folder,
            long compactAbove,
            Consumer<byte[]> replay,
            Supplier<Stream<byte[]>> state,
            Runnable beforeWrite)
            throws IOException {
        this.folder = folder;
        this.compactAbove = compactAbove;
        this.state = state;
        this.beforeWrite = beforeWrite;
        Files.createDirectories(folder);
        open(replay);
        writer = new Thread(this::run, "lwm2m-registrations");
        writer.setDaemon(true);
        writer.start();
    }

    private void open(Consumer<byte[]> replay) throws IOException {
        long snapshot = numbers(".snapshot").stream().max(Long::compare).orElse(0L);
        if (snapshot > 0) {
            snapshotSize = Math.max(0, Segment.read(file(snapshot, ".snapshot"), replay));
        }
        var logs = numbers(".log").stream().filter(n -> n >= snapshot).sorted().toList();
        long good = -1;
        for (long log : logs) {
            good = Segment.read(file(log, ".log"), replay);
            number = log;
        }
        number = Math.max(Math.max(number, snapshot), 1);
        channel = openLog(number, good);
        written = channel.position();
        deleteBefore(snapshot);
    }

    private FileChannel openLog(long n, long good) throws IOException {
        var opened =
                FileChannel.open(
                        file(n, ".log"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        opened.truncate(Math.max(good, 0));
        opened.position(Math.max(good, 0));
        if (good < 0) {
            writeFully(opened, ByteBuffer.wrap(Segment.MAGIC));
            opened.force(true);
            syncFolder();
        }
        return opened;
    }

    private Path file(long n, String ending) {
        return folder.resolve(String.format("%06d%s", n, ending));
    }

    private List<Long> numbers(String ending) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[0-9]{6,18}" + ending))
                    .map(name -> Long.parseLong(name.substring(0, name.indexOf('.'))))
                    .toList();
        }
    }

    private void deleteBefore(long snapshot) throws IOException {
        try (var files = Files.list(folder)) {
            for (var each : files.toList()) {
                var name = each.getFileName().toString();
                boolean old =
                        name.matches("[0-9]{6,18}\\.(log|snapshot)")
                                && Long.parseLong(name.substring(0, name.indexOf('.'))) < snapshot;
                if (old || name.endsWith(".tmp")) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }

    /**
     * Appends in the order of the calls.
     *
     * @return completes when the record is on disk; never exceptionally, but for closing
     */
    CompletableFuture<Void> append(byte[] record) {
        var promise = new CompletableFuture<Void>();
        synchronized (lock) {
            if (closing) {
                promise.completeExceptionally(new IllegalStateException("journal is closed"));
                return promise;
            }
            pending.add(Segment.frame(record));
            promises.add(promise);
            lock.notifyAll();
        }
        return promise;
    }

    /** Appends without a promise: written with the next batch. */
    void appendLater(byte[] record) {
        synchronized (lock) {
            pending.add(Segment.frame(record));
        }
    }

    /** Writes what is waiting, soon. */
    void flushSoon() {
        synchronized (lock) {
            flushWanted = true;
            lock.notifyAll();
        }
    }

    boolean isHealthy() {
        return healthy;
    }

    private void run() {
        while (true) {
            List<byte[]> batch;
            List<CompletableFuture<Void>> waiting;
            boolean last;
            synchronized (lock) {
                while (promises.isEmpty() && !flushWanted && !closing) {
                    await(0);
                }
                last = closing;
                flushWanted = false;
            }
            if (abandoned) {
                return;
            }
            beforeWrite.run();
            synchronized (lock) {
                batch = pending;
                waiting = promises;
                pending = new ArrayList<>();
                promises = new ArrayList<>();
            }
            if (!writeUntilDone(batch)) {
                waiting.forEach(promise -> promise.cancel(false));
                return;
            }
            waiting.forEach(promise -> promise.complete(null));
            if (last) {
                return;
            }
            compactIfLarge();
        }
    }

    private void await(long millis) {
        try {
            lock.wait(millis);
        } catch (InterruptedException e) {
            LOG.debug("journal writer was interrupted; it goes on");
        }
    }

    /**
     * @return false when closing or abandoned without success
     */
    private boolean writeUntilDone(List<byte[]> batch) {
        if (batch.isEmpty()) {
            return true;
        }
        int size = batch.stream().mapToInt(frame -> frame.length).sum();
        var bytes = ByteBuffer.allocate(size);
        batch.forEach(bytes::put);
        while (true) {
            try {
                bytes.flip();
                channel.truncate(written);
                channel.position(written);
                writeFully(channel, bytes);
                channel.force(false);
                written += size;
                healthy = true;
                return true;
            } catch (IOException e) {
                if (abandoned) {
                    return false;
                }
                if (healthy) {
                    LOG.error("Write registrations to {}: {}; trying again", folder, e.toString());
                }
                healthy = false;
                bytes.position(size);
                synchronized (lock) {
                    if (closing) {
                        return false;
                    }
                    await(RETRY_MILLIS);
                }
            }
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private void compactIfLarge() {
        boolean running = compaction != null && compaction.isAlive();
        if (running || written < compactAbove || written < 2 * snapshotSize) {
            return;
        }
        try {
            long next = number + 1;
            var log = openLog(next, -1);
            channel.close();
            channel = log;
            written = channel.position();
            number = next;
            compaction = new Thread(() -> compact(next), "lwm2m-registrations-compaction");
            compaction.setDaemon(true);
            compaction.start();
        } catch (IOException e) {
            LOG.error("Begin a new journal in {}: {}", folder, e.toString());
            snapshotSize = written * 2;
        }
    }

    private void compact(long n) {
        try {
            snapshotSize = writeSnapshot(n);
            deleteBefore(n);
            LOG.debug("Registrations compacted to {} bytes", snapshotSize);
        } catch (IOException e) {
            LOG.error("Compact registrations in {}: {}", folder, e.toString());
        }
    }

    private long writeSnapshot(long n) throws IOException {
        var temporary = file(n, ".snapshot.tmp");
        long size;
        try (var out =
                FileChannel.open(
                        temporary,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            writeFully(out, ByteBuffer.wrap(Segment.MAGIC));
            var buffer = ByteBuffer.allocate(1 << 20);
            try (var records = state.get()) {
                for (var each = records.iterator(); each.hasNext(); ) {
                    var frame = Segment.frame(each.next());
                    if (buffer.remaining() < frame.length) {
                        buffer.flip();
                        writeFully(out, buffer);
                        buffer.clear();
                    }
                    if (frame.length > buffer.capacity()) {
                        writeFully(out, ByteBuffer.wrap(frame));
                    } else {
                        buffer.put(frame);
                    }
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            buffer.flip();
            writeFully(out, buffer);
            out.force(true);
            size = out.size();
        }
        Files.move(temporary, file(n, ".snapshot"), StandardCopyOption.ATOMIC_MOVE);
        syncFolder();
        return size;
    }

    private void syncFolder() throws IOException {
        try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** Writes what is waiting and closes the file. */
    @Override
    public void close() {
        synchronized (lock) {
            closing = true;
            lock.notifyAll();
        }
        finish();
    }

    /** As if the process had been killed: what isn't written yet is lost. For tests. */
    void abandon() {
        abandoned = true;
        synchronized (lock) {
            closing = true;
            pending = new ArrayList<>();
            lock.notifyAll();
        }
        finish();
    }

    private void finish() {
        try {
            writer.join();
            if (compaction != null) {
                compaction.join();
            }
            channel.close();
        } catch (IOException e) {
            LOG.error("Close registrations in {}: {}", folder, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
