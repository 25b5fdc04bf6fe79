package org.omtpdm.client.virtual;

import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.omtpdm.client.file.DeviceFiles;
import org.omtpdm.client.file.DeviceFilesContract;
import org.omtpdm.client.process.ProcessTable;
import org.omtpdm.client.process.ProcessTableContract;
import org.omtpdm.objects.file.DevicePath;

/** The scripted ports keep the contracts of the real ones. */
class VirtualPortsTest {

    @Nested
    class Files extends DeviceFilesContract {
        private final VirtualFiles files = new VirtualFiles();

        @Override
        protected DeviceFiles files() {
            return files;
        }

        @Override
        protected void put(String path, byte[] content) {
            files.add(new DevicePath(0, path), Instant.parse("2026-01-01T00:00:00Z"), content);
        }

        @Override
        protected void putLink(String path) {
            files.addLink(new DevicePath(0, path), Instant.parse("2026-01-01T00:00:00Z"));
        }
    }

    @Nested
    class Processes extends ProcessTableContract {
        private final VirtualProcesses processes = new VirtualProcesses(1L << 30);

        Processes() {
            processes.start("init", 0, 0, 100, Instant.parse("2026-01-01T00:00:00Z"));
            processes.start("dmclient", 0, 0, 100, Instant.parse("2026-01-01T00:00:00Z"));
        }

        @Override
        protected ProcessTable table() {
            return processes;
        }

        @Override
        protected long start() {
            return processes.start("victim", 1000, 5, 1000, Instant.parse("2026-01-02T00:00:00Z"));
        }

        @Override
        protected long startStubborn() {
            return processes.startStubborn("stubborn", 1000, Instant.parse("2026-01-02T00:00:00Z"));
        }

        @Override
        protected long self() {
            return 100;
        }
    }
}
