package org.omtpdm.client;

import java.nio.file.Path;
import java.util.List;
import org.omtpdm.client.file.FileRoot;

/**
 * What an agent on this machine needs to know.
 *
 * @param device how it shows itself
 * @param data the folder it keeps everything in
 * @param roots folders that servers may see; in the sandbox the sandbox's own comes first
 * @param sandbox whether only processes started by {@code data/sandbox/run} may be ended, and
 *     {@code data/sandbox/files} is shown as a root; if not, the whole machine is managed
 */
public record AgentConfig(DeviceSettings device, Path data, List<FileRoot> roots, boolean sandbox) {

    public AgentConfig {
        roots = List.copyOf(roots);
        long labels = roots.stream().map(FileRoot::label).distinct().count();
        if (labels < roots.size()) {
            throw new IllegalArgumentException(
                    "Agent " + device.endpoint() + ": two roots have the same label");
        }
    }
}
