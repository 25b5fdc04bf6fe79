package org.omtpdm.server.lwm2m;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.californium.elements.util.EncryptedPersistentComponentUtil;
import org.eclipse.californium.scandium.DTLSConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DTLS connections over a clean stop. The file is encrypted, readable by its owner only, and gone
 * before the endpoint opens: loading it twice would repeat record numbers under the same key, which
 * breaks the encryption.
 */
final class SavedConnections {
    private static final Logger LOG = LoggerFactory.getLogger(SavedConnections.class);
    private static final long QUIET_AT_MOST_SECONDS = 7 * 24 * 3600L;

    private final Path file;
    private final byte[] key;
    private final DTLSConnector connector;

    /**
     * @param key 16 or 32 bytes; empty to save nothing
     */
    SavedConnections(Path dataFolder, byte[] key, DTLSConnector connector) {
        this.file = dataFolder.resolve("dtls-connections");
        this.key = key.clone();
        this.connector = connector;
    }

    private EncryptedPersistentComponentUtil components() {
        var components = new EncryptedPersistentComponentUtil("AES/GCM/" + key.length * 8);
        components.add(connector);
        return components;
    }

    /**
     * Loads what the last clean stop left, before the connector starts.
     *
     * @return connections loaded; 0 when there was no file or it wasn't ours
     * @throws IOException when the file can't be deleted: then nothing was loaded
     */
    int load() throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        var content = Files.readAllBytes(file);
        Files.delete(file);
        try (var folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
        if (key.length == 0) {
            return 0;
        }
        try (var in = new java.io.ByteArrayInputStream(content)) {
            return Math.max(0, components().loadComponents(in, new SecretKeySpec(key, "AES")));
        } catch (RuntimeException e) {
            LOG.warn("Saved DTLS connections could not be read; devices shake hands anew");
            return 0;
        }
    }

    /** Saves after the connector stopped. */
    void save() {
        if (key.length == 0) {
            return;
        }
        try {
            var temporary = file.resolveSibling("dtls-connections.tmp");
            Files.deleteIfExists(temporary);
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        temporary,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
            }
            try (var out = Files.newOutputStream(temporary)) {
                components()
                        .saveComponents(out, new SecretKeySpec(key, "AES"), QUIET_AT_MOST_SECONDS);
            }
            try (var written = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(temporary, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            LOG.warn("DTLS connections could not be saved: {}", e.toString());
        }
    }
}
