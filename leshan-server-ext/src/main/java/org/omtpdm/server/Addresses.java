package org.omtpdm.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.omtpdm.server.lwm2m.LeshanDeviceLink;

/** The addresses by which devices reach this server. */
final class Addresses {

    private final InetAddress bound;
    private final LeshanDeviceLink link;

    Addresses(InetAddress bound, LeshanDeviceLink link) {
        this.bound = bound;
        this.link = link;
    }

    /** For example {@code coaps://192.0.2.7:5684}. */
    String coaps() {
        return "coaps://" + host() + ":" + link.coapsPort();
    }

    List<String> all() {
        var all = new ArrayList<>(List.of(coaps()));
        link.coapPort().ifPresent(port -> all.add("coap://" + host() + ":" + port));
        return all;
    }

    /** The bound address; where that is any, the one this machine's name has. */
    private String host() {
        var address = bound;
        if (bound.isAnyLocalAddress()) {
            try {
                address = InetAddress.getLocalHost();
            } catch (UnknownHostException e) {
                address = InetAddress.getLoopbackAddress();
            }
        }
        var text = address.getHostAddress().replaceFirst("%.*", "");
        return address instanceof Inet6Address ? "[" + text + "]" : text;
    }
}
