package org.omtpdm.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.objects.FileType;
import org.omtpdm.objects.Requirement;
import org.omtpdm.objects.file.DevicePath;
import org.omtpdm.objects.file.StatResult;
import org.omtpdm.objects.process.ProcessEntry;

/** Operations: their state, their token, and that none happens twice. */
class OperationsTest {

    @TempDir Path data;

    private static ProcessEntry some(OneDevice it, String name) throws Exception {
        return it.processes().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
    }

    private static String kill(ProcessEntry process, String more) {
        return "0='" + process.pid() + "',1='" + process.startTime().getEpochSecond() + "'" + more;
    }

    @Test
    @Requirement("R-GEN-10")
    void a_repeated_command_is_answered_without_a_second_effect_also_after_a_restart()
            throws Exception {
        try (OneDevice it = OneDevice.start(data)) {
            ProcessEntry victim = some(it, "logd");
            String command = kill(victim, ",9='555'");
            it.execute("/42769/0/3", command);
            assertThat(it.number("/42769/0/31")).isEqualTo(1);
            assertThat(it.device().journal()).hasSize(1);

            assertThat(it.execute("/42769/0/3", command)).isEqualTo(ResponseCode.CHANGED);
            assertThat(it.number("/42769/0/31")).isEqualTo(1);

            it.losePower();
            it.startDevice();
            assertThat(it.number("/42769/0/32")).isEqualTo(555);
            assertThat(it.number("/42769/0/30")).isEqualTo(2);
            assertThat(it.execute("/42769/0/3", command)).isEqualTo(ResponseCode.CHANGED);

            assertThat(it.number("/42769/0/31")).isEqualTo(1);
            assertThat(it.device().journal())
                    .filteredOn(line -> line.contains("correlator=555"))
                    .hasSize(1);
        }
    }

    @Test
    @Requirement("R-GEN-10")
    void a_command_repeated_after_others_shows_its_own_outcome_again() throws Exception {
        try (OneDevice it = OneDevice.start()) {
            String first = kill(some(it, "logd"), ",9='1'");
            it.execute("/42769/0/3", first);
            it.execute("/42769/0/3", "0='4000000000',1='1',9='2'");
            assertThat(it.number("/42769/0/31")).isEqualTo(20);

            it.execute("/42769/0/3", first);

            assertThat(it.number("/42769/0/32")).isEqualTo(1);
            assertThat(it.number("/42769/0/31")).isEqualTo(1);
            assertThat(it.device().journal()).hasSize(2);
        }
    }

    @Test
    @Requirement("R-GEN-06")
    void an_operation_cut_off_by_a_power_failure_ends_with_14() throws Exception {
        try (OneDevice it = OneDevice.start(data)) {
            long stubborn =
                    it.device()
                            .world()
                            .processes()
                            .startStubborn("stubborn", 0, Instant.parse("2026-01-01T00:00:00Z"));
            String endpoint = it.endpoint();
            it.execute("/42769/0/3", "0='" + stubborn + "',1='1767225600',3='60',9='9'");
            assertThat(it.number("/42769/0/30")).isEqualTo(1);
            byte[] stateAsItWas = Files.readAllBytes(data.resolve(endpoint).resolve("state"));
            it.losePower();
            Files.write(data.resolve(endpoint).resolve("state"), stateAsItWas);

            it.startDevice();

            assertThat(it.number("/42769/0/30")).isEqualTo(3);
            assertThat(it.number("/42769/0/31")).isEqualTo(14);
            assertThat(it.number("/42769/0/32")).isEqualTo(9);
        }
    }

    @Test
    void while_one_runs_another_is_refused_a_listing_is_not_and_it_can_be_cancelled()
            throws Exception {
        try (OneDevice it = OneDevice.start()) {
            long stubborn =
                    it.device()
                            .world()
                            .processes()
                            .startStubborn("stubborn", 0, Instant.parse("2026-01-01T00:00:00Z"));
            it.execute("/42769/0/3", "0='" + stubborn + "',1='1767225600',3='60',9='9'");

            assertThat(it.execute("/42769/0/3", "0='4000000000',1='1',9='10'"))
                    .isEqualTo(ResponseCode.METHOD_NOT_ALLOWED);
            assertThat(it.processes()).isNotEmpty();
            assertThat(it.number("/42769/0/30")).isEqualTo(1);
            assertThat(it.number("/42769/0/32")).isEqualTo(9);

            assertThat(it.execute("/42769/0/34", "")).isEqualTo(ResponseCode.CHANGED);
            await().until(() -> it.number("/42769/0/30") == 4);
            assertThat(it.number("/42769/0/31")).isEqualTo(10);
            assertThat(it.device().world().processes().names()).contains("stubborn");
        }
    }

    @Test
    void a_graceful_end_becomes_a_forced_one_when_the_grace_is_over() throws Exception {
        try (OneDevice it = OneDevice.start()) {
            long stubborn =
                    it.device()
                            .world()
                            .processes()
                            .startStubborn("stubborn", 0, Instant.parse("2026-01-01T00:00:00Z"));

            it.execute("/42769/0/3", "0='" + stubborn + "',1='1767225600',2='0',3='0'");

            await().until(() -> it.number("/42769/0/30") == 2);
            assertThat(it.device().world().processes().names()).doesNotContain("stubborn");
        }
    }

    @Test
    @Requirement({"R-FI-02", "R-FI-06"})
    void a_file_is_described_and_fetched_in_slices() throws Exception {
        try (OneDevice it = OneDevice.start()) {
            byte[] content = "0123456789".repeat(1000).getBytes(StandardCharsets.US_ASCII);
            it.device()
                    .world()
                    .files()
                    .add(
                            new DevicePath(0, "big file.bin"),
                            Instant.parse("2026-02-03T04:05:06Z"),
                            content);

            it.execute("/42770/0/4", "0='0:big%20file.bin',1='1'");
            StatResult stat =
                    StatResult.decode(it.get("/42770/0/5", OneDevice.OPAQUE).getPayload());
            assertThat(stat.type()).isEqualTo(FileType.FILE);
            assertThat(stat.size()).isEqualTo(10_000);
            assertThat(stat.modified()).isEqualTo(Instant.parse("2026-02-03T04:05:06Z"));
            assertThat(stat.sha256().orElseThrow().isWhole()).isTrue();

            StringBuilder fetched = new StringBuilder();
            for (int offset = 0; offset < 10_000; offset += 4096) {
                it.execute("/42770/0/6", "0='0:big%20file.bin',1='" + offset + "'");
                fetched.append(it.get("/42770/0/7", OneDevice.OPAQUE).getPayloadString());
            }
            assertThat(fetched.toString())
                    .isEqualTo(new String(content, StandardCharsets.US_ASCII));
            assertThat(it.execute("/42770/0/6", "0='0:x',2='5000'"))
                    .isEqualTo(ResponseCode.BAD_REQUEST);
        }
    }

    @Test
    @Requirement("R-FI-05")
    void a_file_whose_digest_fits_and_a_whole_folder_are_deleted() throws Exception {
        try (OneDevice it = OneDevice.start()) {
            DevicePath file = new DevicePath(0, "trash/a/b.txt");
            it.device()
                    .world()
                    .files()
                    .add(file, Instant.EPOCH, "x".getBytes(StandardCharsets.US_ASCII));
            it.device()
                    .world()
                    .files()
                    .add(new DevicePath(0, "trash/c"), Instant.EPOCH, new byte[3]);

            it.execute(
                    "/42770/0/9",
                    "0='0:trash/a/b.txt',2='2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881'");
            assertThat(it.number("/42770/0/31")).isEqualTo(1);
            assertThat(it.device().world().files().exists(file)).isFalse();

            it.execute("/42770/0/9", "0='0:trash',1='1'");
            assertThat(it.number("/42770/0/31")).isEqualTo(1);
            assertThat(it.device().world().files().exists(new DevicePath(0, "trash"))).isFalse();
        }
    }

    @Test
    @Requirement("R-GEN-05")
    void what_servers_do_is_taken_down_in_the_devices_security_log() throws Exception {
        try (OneDevice it = OneDevice.start()) {
            it.execute("/42769/0/3", "0='4000000000',1='1',9='77'");

            String log = it.get("/20/0/4014", OneDevice.OPAQUE).getPayloadString();

            assertThat(log).contains("server 1 /42769/0/3 correlator 77 ended with 20");
            assertThat(it.number("/20/0/4010")).isEqualTo(2);
            assertThat(it.number("/20/0/4013")).isEqualTo(2);
            assertThat(it.get("/20/0/4016", OneDevice.OPAQUE).getCode())
                    .isEqualTo(ResponseCode.METHOD_NOT_ALLOWED);
            assertThat(
                            List.of(
                                    it.execute("/20/0/4012", "0='1'"),
                                    it.execute("/20/0/4012", "0='7'")))
                    .containsExactly(ResponseCode.CHANGED, ResponseCode.BAD_REQUEST);
            assertThat(it.number("/20/0/4013")).isEqualTo(1);
        }
    }
}
