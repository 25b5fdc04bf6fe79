package org.omtpdm.server.lwm2m.registry;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** An IP address and port in 6 or 18 bytes. */
final class Peer {
    private Peer() {}

    static byte[] pack(InetSocketAddress address) {
        var ip = address.getAddress().getAddress();
        var packed = Arrays.copyOf(ip, ip.length + 2);
        packed[ip.length] = (byte) (address.getPort() >> 8);
        packed[ip.length + 1] = (byte) address.getPort();
        return packed;
    }

    static InetSocketAddress unpack(byte[] packed) {
        int ip = packed.length - 2;
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(Arrays.copyOf(packed, ip)),
                    (packed[ip] & 0xFF) << 8 | packed[ip + 1] & 0xFF);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("Not an address of 4 or 16 bytes", e);
        }
    }

    /** Equality without making objects of the stored side. */
    static boolean is(byte[] packed, InetSocketAddress address) {
        return Arrays.equals(packed, pack(address));
    }
}
