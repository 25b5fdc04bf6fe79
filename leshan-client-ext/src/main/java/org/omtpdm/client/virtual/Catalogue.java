package org.omtpdm.client.virtual;

import java.util.List;

/** Names and contents that virtual devices are made of. */
final class Catalogue {

    static final List<String> SITES =
            List.of(
                    "utrecht", "bremen", "malmo", "porto", "leeds", "graz", "gent", "brno", "turku",
                    "nancy");

    static final List<String> SYSTEM_PROCESSES =
            List.of(
                    "init",
                    "ueventd",
                    "logd",
                    "netd",
                    "wpa_supplicant",
                    "powerd",
                    "updated",
                    "crond",
                    "dmclient");

    /**
     * What an infected device runs, and the file it came with; the same on all of them, so that a
     * hunt finds it.
     */
    static final String MALWARE_PROCESS = "free-ringtone-svc";

    static final String MALWARE_FILE = "download/free-ringtones.pkg";
    static final String MALWARE_DROP = "download/.cache/rt-updater.bin";
    static final byte[] MALWARE_CONTENT =
            "OMTP DM demonstration sample 1. This file is harmless; virtual devices call it malware.\n"
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    /** What a company's policy would forbid. */
    static final List<String> FORBIDDEN_PROCESSES = List.of("coin-casino", "torrent-go");

    static final List<String> DOCUMENTS =
            List.of(
                    "delivery-note.pdf",
                    "price-list.csv",
                    "manual.pdf",
                    "shift-plan.txt",
                    "route.gpx",
                    "photo.jpg");

    private Catalogue() {}
}
