package org.omtpdm.client.linux;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.omtpdm.client.device.SystemFacts.Network;
import org.omtpdm.client.device.SystemFacts.Traffic;
import org.omtpdm.objects.NetworkBearer;

/** The machine's network: interfaces, addresses, routers and counters. */
final class LinuxNetwork {

    private static final int QUALITY_OF_FULL = 70;

    private final ProcFiles files;

    LinuxNetwork(ProcFiles files) {
        this.files = files;
    }

    Network read() {
        Optional<String> byDefault = defaultInterface();
        Set<NetworkBearer> available = EnumSet.noneOf(NetworkBearer.class);
        List<String> addresses = new ArrayList<>();
        for (NetworkInterface face : faces()) {
            available.add(bearer(face.getName()));
            if (byDefault.isEmpty() || byDefault.get().equals(face.getName())) {
                face.getInterfaceAddresses().forEach(a -> addresses.add(text(a.getAddress())));
            }
        }
        if (addresses.isEmpty()) {
            addresses.add(text(InetAddress.getLoopbackAddress()));
        }
        NetworkBearer bearer = byDefault.map(this::bearer).orElse(NetworkBearer.ETHERNET);
        available.add(bearer);
        int[] radio = byDefault.map(this::radio).orElse(new int[0]);
        return new Network(
                bearer,
                available,
                radio.length == 0 ? OptionalInt.empty() : OptionalInt.of(radio[1]),
                radio.length == 0
                        ? OptionalInt.empty()
                        : OptionalInt.of(Math.min(100, radio[0] * 100 / QUALITY_OF_FULL)),
                addresses,
                routers());
    }

    private static List<NetworkInterface> faces() {
        List<NetworkInterface> faces = new ArrayList<>();
        try {
            for (NetworkInterface face :
                    Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (!face.isLoopback() && face.isUp()) {
                    faces.add(face);
                }
            }
        } catch (SocketException e) {
            return faces;
        }
        return faces;
    }

    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        return address instanceof Inet6Address && text.contains("%")
                ? text.substring(0, text.indexOf('%'))
                : text;
    }

    private NetworkBearer bearer(String face) {
        return Files.isDirectory(files.path("sys/class/net/" + face + "/wireless"))
                ? NetworkBearer.WLAN
                : NetworkBearer.ETHERNET;
    }

    /** Link quality and signal in dBm of a radio; empty for a cable. */
    private int[] radio(String face) {
        for (String line : files.text("proc/net/wireless").orElse("").split("\n")) {
            String[] words = line.strip().split("\\s+");
            if (words.length > 3 && words[0].equals(face + ":")) {
                try {
                    return new int[] {
                        (int) Double.parseDouble(words[2]), (int) Double.parseDouble(words[3])
                    };
                } catch (NumberFormatException e) {
                    return new int[0];
                }
            }
        }
        return new int[0];
    }

    private Optional<String> defaultInterface() {
        return routes().stream().map(words -> words[0]).findFirst();
    }

    private List<String> routers() {
        return routes().stream()
                .map(words -> words[2])
                .filter(gateway -> !gateway.equals("00000000"))
                .map(LinuxNetwork::address)
                .distinct()
                .toList();
    }

    /**
     * Lines of the default routes in {@code /proc/net/route}: interface, destination, gateway, and
     * more.
     */
    private List<String[]> routes() {
        List<String[]> routes = new ArrayList<>();
        for (String line : files.text("proc/net/route").orElse("").split("\n")) {
            String[] words = line.strip().split("\\s+");
            if (words.length > 7 && words[1].equals("00000000") && words[7].equals("00000000")) {
                routes.add(words);
            }
        }
        return routes;
    }

    /** Four bytes in hexadecimal, the last of the address first. */
    private static String address(String hex) {
        long bytes = Long.parseLong(hex, 16);
        return (bytes & 0xFF)
                + "."
                + (bytes >> 8 & 0xFF)
                + "."
                + (bytes >> 16 & 0xFF)
                + "."
                + (bytes >> 24 & 0xFF);
    }

    Traffic traffic() {
        long sent = 0;
        long received = 0;
        for (String face : files.names("sys/class/net")) {
            if (!face.equals("lo")) {
                sent += files.number("sys/class/net/" + face + "/statistics/tx_bytes").orElse(0);
                received +=
                        files.number("sys/class/net/" + face + "/statistics/rx_bytes").orElse(0);
            }
        }
        return new Traffic(sent, received);
    }
}
