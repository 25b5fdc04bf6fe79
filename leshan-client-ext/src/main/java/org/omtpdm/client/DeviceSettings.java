package org.omtpdm.client;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.omtpdm.client.account.ServerAccount;
import org.omtpdm.client.lwm2m.RootLink;
import org.omtpdm.objects.Utf8;

/**
 * How a device shows itself to its servers, whether it is real or not.
 *
 * @param endpoint endpoint client name, 1 to 255 bytes
 * @param servers one or more; their Short Server IDs differ
 * @param protectedNames processes of these names are never ended
 * @param constrained whether it poses as a small device: LwM2M 1.0, TLV only, pages of 200 bytes,
 *     windows of one page, no Send, no composite operations
 */
public record DeviceSettings(
        String endpoint,
        List<ServerAccount> servers,
        Set<String> protectedNames,
        Optional<QueueMode> queueMode,
        boolean constrained,
        RootLink rootLink) {

    public DeviceSettings {
        servers = List.copyOf(servers);
        protectedNames = Set.copyOf(protectedNames);
        int bytes = Utf8.length(endpoint).orElse(0);
        if (bytes < 1 || bytes > 255 || endpoint.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "Endpoint '" + endpoint + "': expected 1 to 255 bytes of printable text");
        }
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("Device " + endpoint + ": no server account");
        }
        Set<Integer> ids = new HashSet<>();
        for (ServerAccount server : servers) {
            if (!ids.add(server.shortServerId())) {
                throw new IllegalArgumentException(
                        "Device "
                                + endpoint
                                + ": two server accounts have Short Server ID "
                                + server.shortServerId());
            }
        }
    }

    /** A plain device with one account. */
    public static DeviceSettings of(String endpoint, ServerAccount server) {
        return new DeviceSettings(
                endpoint, List.of(server), Set.of(), Optional.empty(), false, RootLink.LIST);
    }

    public DeviceSettings withServers(List<ServerAccount> others) {
        return new DeviceSettings(
                endpoint, others, protectedNames, queueMode, constrained, rootLink);
    }

    public DeviceSettings withProtectedNames(Set<String> names) {
        return new DeviceSettings(endpoint, servers, names, queueMode, constrained, rootLink);
    }

    public DeviceSettings withQueueMode(QueueMode mode) {
        return new DeviceSettings(
                endpoint, servers, protectedNames, Optional.of(mode), constrained, rootLink);
    }

    public DeviceSettings asConstrained() {
        return new DeviceSettings(endpoint, servers, protectedNames, queueMode, true, rootLink);
    }

    public DeviceSettings withRootLink(RootLink form) {
        return new DeviceSettings(endpoint, servers, protectedNames, queueMode, constrained, form);
    }
}
