package org.omtpdm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.omtpdm.objects.Requirement;

/** What a long list of processes costs, counted between a real agent and the server. */
class ListingCostsEndToEndTest {

    private static final int CHILDREN = 300;
    private static final int EXCHANGES = 12;
    private static final int BYTES = 12 * 1024;

    @RegisterExtension static final ServerAndDevice WORLD = new ServerAndDevice();

    private final List<Process> children = new ArrayList<>();

    @AfterEach
    void end() {
        children.forEach(Process::destroyForcibly);
    }

    @Test
    @Requirement("R-PR-02")
    void three_hundred_processes_take_twelve_exchanges_and_twelve_kilobytes() throws IOException {
        WORLD.listProcesses();
        for (int i = 0; i < CHILDREN; i++) {
            children.add(new ProcessBuilder("sleep", "600").start());
        }

        WORLD.proxy().resetTraffic();
        var listed = WORLD.listProcesses();
        UdpProxy.Traffic traffic = WORLD.proxy().traffic();

        assertThat(listed).containsKeys(children.stream().map(Process::pid).toArray(Long[]::new));
        // the other processes of this machine are listed too and cost their share
        double share = listed.size() / (double) CHILDREN;
        System.out.printf(
                "%d processes: %d requests, %d bytes of UDP payload%n",
                listed.size(), traffic.fromServer(), traffic.bytes());
        assertThat(traffic.fromServer() / share).as("exchanges").isLessThanOrEqualTo(EXCHANGES);
        assertThat(traffic.bytes() / share).as("bytes").isLessThanOrEqualTo(BYTES);
    }
}
