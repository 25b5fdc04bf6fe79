package org.omtpdm.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.leshan.core.request.ReadRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.omtpdm.client.virtual.Personality;
import org.omtpdm.client.virtual.Scenario;
import org.omtpdm.client.virtual.VirtualDevice;
import org.omtpdm.client.virtual.VirtualFleet;
import org.omtpdm.objects.process.ProcessEntry;
import org.omtpdm.objects.process.ProcessRecords;

/** Virtual devices against a stock Leshan server over DTLS. */
class VirtualFleetTest {

    private PlainServer server;

    @BeforeEach
    void start() {
        server = PlainServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private VirtualFleet fleet(Scenario scenario) throws Exception {
        VirtualFleet fleet = VirtualFleet.start(scenario, server::account, Optional.empty());
        fleet.registered().get(60, TimeUnit.SECONDS);
        return fleet;
    }

    private static VirtualDevice one(VirtualFleet fleet, Personality personality) {
        return fleet.devices().stream()
                .filter(d -> d.personality() == personality)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_mixed_fleet_has_some_of_everything_and_registers() throws Exception {
        try (VirtualFleet fleet = fleet(Scenario.mixed(12, 1))) {
            assertThat(fleet.devices()).hasSize(12);
            assertThat(fleet.devices())
                    .extracting(VirtualDevice::personality)
                    .contains(Personality.values());
            assertThat(fleet.devices())
                    .filteredOn(d -> d.personality() == Personality.ASLEEP)
                    .hasSize(2);
            VirtualDevice old = one(fleet, Personality.OLD_FIRMWARE);
            assertThat(String.valueOf(server.value(old.endpoint(), "/3/0/3"))).endsWith(".0");
        }
    }

    @Test
    void the_same_seed_gives_the_same_devices() {
        assertThat(Scenario.mixed(50, 7).members()).isEqualTo(Scenario.mixed(50, 7).members());
        assertThat(Scenario.mixed(50, 7).members()).isNotEqualTo(Scenario.mixed(50, 8).members());
        List<String> names =
                Scenario.mixed(500, 7).members().stream().map(Scenario.Member::endpoint).toList();
        assertThat(new HashSet<>(names)).hasSize(500);
    }

    @Test
    void an_infected_device_is_cured_by_ending_its_process() throws Exception {
        try (VirtualFleet fleet =
                fleet(
                        new Scenario(
                                3,
                                java.util.Map.of(Personality.INFECTED, 1),
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(10),
                                false))) {
            VirtualDevice device = one(fleet, Personality.INFECTED);
            String name = device.endpoint();
            server.execute(name, "/42769/0/20", "1='free*'");
            ProcessEntry found =
                    ProcessRecords.decode(server.page(name, 42769, 0)).records().get(0);

            server.execute(
                    name,
                    "/42769/0/3",
                    "0='" + found.pid() + "',1='" + found.startTime().getEpochSecond() + "',9='1'");

            assertThat(server.number(name, "/42769/0/31")).isEqualTo(1);
            assertThat(device.world().processes().names()).doesNotContain("free-ringtone-svc");
            assertThat(device.journal()).hasSize(1);
        }
    }

    @Test
    void a_sleeping_device_is_deaf_between_its_contacts_and_hears_after_one() throws Exception {
        Scenario scenario =
                new Scenario(
                        5,
                        java.util.Map.of(Personality.ASLEEP, 1),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(2),
                        false);
        try (VirtualFleet fleet = fleet(scenario)) {
            String name = fleet.devices().get(0).endpoint();
            assertThat(server.value(name, "/3/0/17")).isNotNull();
            await().pollDelay(Duration.ofSeconds(3)).until(() -> true);

            // a stock server believes it is awake; nobody answers
            assertThat(
                            server.leshan()
                                    .send(
                                            server.registration(name),
                                            new ReadRequest(3, 0, 17),
                                            800))
                    .isNull();

            int before = server.updates().size();
            await().atMost(Duration.ofSeconds(10)).until(() -> server.updates().size() > before);
            assertThat(server.value(name, "/3/0/17")).isNotNull();
        }
    }

    @Test
    void a_reboot_starts_the_processes_anew_and_registers_again() throws Exception {
        try (VirtualFleet fleet = fleet(Scenario.plain(1, 9))) {
            VirtualDevice device = fleet.devices().get(0);
            int before = server.registrations().size();
            server.execute(device.endpoint(), "/3/0/4", null);

            await().atMost(Duration.ofSeconds(15))
                    .until(() -> server.registrations().size() > before);
        }
    }
}
