package org.omtpdm.client.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.omtpdm.client.file.DeviceFiles.Stop;
import org.omtpdm.objects.Sha256Prefix;

/**
 * SHA-256 digests by device, inode, size and time of change, the least lately used ones forgotten.
 * Thread-safe.
 */
public final class DigestCache {

    private static final int MAXIMUM_ENTRIES = 4096;
    private static final int BUFFER_BYTES = 16 * 1024;

    record Key(Object fileKey, long size, Instant modified) {}

    private final Map<Key, byte[]> digests =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, byte[]> eldest) {
                    return size() > MAXIMUM_ENTRIES;
                }
            };

    synchronized Optional<Sha256Prefix> find(Key key) {
        return Optional.ofNullable(digests.get(key)).map(Sha256Prefix::of);
    }

    synchronized void put(Key key, Sha256Prefix digest) {
        digests.put(key, digest.bytes());
    }

    /** Digest of what a channel gives; empty when it was stopped. */
    static Optional<Sha256Prefix> compute(ReadableByteChannel channel, Stop stop)
            throws IOException {
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        while (channel.read(buffer) >= 0) {
            if (stop.isAsked()) {
                return Optional.empty();
            }
            sha256.update(buffer.flip());
            buffer.clear();
        }
        return Optional.of(Sha256Prefix.of(sha256.digest()));
    }

    /** Digest of the file behind {@code /proc/PID/exe}; empty where it can't be read. */
    Optional<Sha256Prefix> ofExecutable(Path link) {
        try {
            Key before = key(link);
            Optional<Sha256Prefix> known = find(before);
            if (known.isPresent()) {
                return known;
            }
            try (ReadableByteChannel channel = Files.newByteChannel(link)) {
                Optional<Sha256Prefix> digest = compute(channel, Stop.NEVER);
                if (key(link).equals(before)) {
                    digest.ifPresent(value -> put(before, value));
                }
                return digest;
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Key key(Path file) throws IOException {
        Map<String, Object> facts =
                Files.readAttributes(file, "unix:fileKey,size,lastModifiedTime");
        return new Key(
                facts.get("fileKey"),
                (Long) facts.get("size"),
                ((java.nio.file.attribute.FileTime) facts.get("lastModifiedTime")).toInstant());
    }
}
