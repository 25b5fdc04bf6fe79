package org.omtpdm.server.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.objects.Requirement;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.objects.ResourceValue;
import org.omtpdm.server.api.ApiClient;
import org.omtpdm.server.api.ApiFixture;
import org.omtpdm.server.api.Router;
import org.omtpdm.server.files.FileContents;
import org.omtpdm.server.files.FileDeletePerformer;
import org.omtpdm.server.files.FileFetchPerformer;
import org.omtpdm.server.files.FileListPerformer;
import org.omtpdm.server.files.FileRoutes;
import org.omtpdm.server.files.FileService;
import org.omtpdm.server.files.FileStatPerformer;
import org.omtpdm.server.processes.ProcessListPerformer;
import org.omtpdm.server.processes.ProcessRoutes;
import org.omtpdm.server.processes.ProcessService;
import org.omtpdm.server.processes.TerminatePerformer;
import org.omtpdm.server.reconcile.ClockAlarm;
import org.omtpdm.server.reconcile.Lane;
import org.omtpdm.server.reconcile.LanePolicy;
import org.omtpdm.server.security.Role;
import org.omtpdm.server.store.SecretBox;

/** Every answer is checked against {@code openapi.yaml} by the client. */
class CommandRoutesTest {

    private static final String DEVICE = "/api/v1/devices/id-d1";

    @TempDir Path folder;
    private final Clock clock = Clock.systemUTC();
    private final ModelFleet fleet = new ModelFleet(clock);
    private final ScheduledExecutorService network = Executors.newScheduledThreadPool(1);
    private ApiFixture api;
    private Lane lane;
    private ModelDevice device;

    @BeforeEach
    void open() {
        device =
                fleet.add(
                        new ModelDevice("d1")
                                .with(1, "init")
                                .with(10, "sleep")
                                .with(11, "sleep")
                                .withFile("0:a.txt", "alpha"));
        api = ApiFixture.open(folder, this::wire);
        api.database()
                .write(
                        tx ->
                                tx.handle()
                                        .execute(
                                                "INSERT INTO devices (id, name_key, search,"
                                                        + " endpoint, created_at)"
                                                        + " VALUES ('id-d1', 'd1', 'd1', 'd1', 0)"));
        network.scheduleWithFixedDelay(this::deliver, 0, 1, TimeUnit.MILLISECONDS);
    }

    private void wire(ApiFixture fixture, Router router) {
        var contents = new FileContents(fixture.database(), SecretBox.ofHex("11".repeat(32)));
        var performers =
                new Performers(
                        List.of(
                                new ProcessListPerformer(fixture.database(), fixture.events()),
                                new TerminatePerformer(fixture.events()),
                                new FileListPerformer(fixture.events()),
                                new FileStatPerformer(),
                                new FileFetchPerformer(contents),
                                new FileDeletePerformer(fixture.events())));
        var parts =
                new CommandParts(
                        fixture.database(),
                        fixture.events(),
                        fixture.audit(),
                        performers,
                        LanePolicy.DEFAULT,
                        new ClockAlarm(clock),
                        clock);
        lane =
                new Lane(
                        LanePolicy.DEFAULT,
                        fleet,
                        fleet,
                        List.of(parts.queue()),
                        Executors.newFixedThreadPool(2),
                        new ClockAlarm(clock),
                        clock);
        lane.start();
        var commands = new CommandService(parts, fleet, fixture.audit(), lane);
        var jobs = new JobService(parts, fleet, fleet, fixture.audit(), lane);
        ReportedValues reported = CommandRoutesTest::reported;
        new CommandRoutes(commands, jobs).addTo(router);
        new ProcessRoutes(
                        new ProcessService(fixture.database(), fleet, commands, reported), commands)
                .addTo(router);
        new FileRoutes(
                        new FileService(fleet, commands, reported, contents, fixture.audit()),
                        commands)
                .addTo(router);
    }

    private static List<ReportedValues.Reported> reported(String id, ResourcePath path) {
        var values =
                Map.of(
                        ResourcePath.parse("/42770/0/0/0"), new ResourceValue.Text("Sandbox"),
                        ResourcePath.parse("/42770/0/3/0"), ResourceValue.Unsigned.of(11),
                        ResourcePath.parse("/42769/0/0"), ResourceValue.Unsigned.of(3));
        return values.entrySet().stream()
                .filter(entry -> path.contains(entry.getKey()))
                .map(
                        entry ->
                                new ReportedValues.Reported(
                                        entry.getKey(),
                                        (ResourceValue) entry.getValue(),
                                        Clock.systemUTC().instant(),
                                        "read"))
                .toList();
    }

    private void deliver() {
        synchronized (fleet) {
            if (!fleet.flights.isEmpty()) {
                fleet.flights.get(0).deliver();
            }
        }
    }

    @AfterEach
    void close() throws InterruptedException {
        lane.close();
        network.shutdownNow();
        network.awaitTermination(5, TimeUnit.SECONDS);
        api.close();
    }

    private String ended(ApiClient client, ApiClient.Answer accepted) {
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        var path = "/api/v1/commands/" + accepted.json().get("id").asText();
        Awaitility.await()
                .until(
                        () ->
                                !List.of("Waiting", "Working")
                                        .contains(client.get(path).json().get("state").asText()));
        return path;
    }

    private static Map<String, Object> terminate(long pid) {
        return Map.of(
                "startTime",
                1_700_000_000L + pid,
                "name",
                "sleep",
                "mode",
                "forced",
                "reason",
                "test");
    }

    @Test
    @Requirement({"R-GEN-05", "R-PR-03"})
    void an_operator_terminates_a_process_and_it_is_audited() {
        var operator = api.as(Role.OPERATOR);
        var path =
                ended(operator, operator.post(DEVICE + "/processes/10/terminate", terminate(10)));
        var command = operator.get(path).json();
        assertThat(command.get("state").asText()).isEqualTo("Done");
        assertThat(command.get("timeline").get(0).get("step").asText()).isEqualTo("requested");
        assertThat(device.processes).doesNotContainKey(10L);
        var results =
                api.database()
                        .read(
                                handle ->
                                        handle.createQuery(
                                                        "SELECT result FROM audit_records WHERE action"
                                                                + " = 'process.terminate' ORDER BY number")
                                                .mapTo(String.class)
                                                .list());
        assertThat(results).containsExactly("requested", "Done");
        assertThat(operator.get("/api/v1/commands?device=id-d1").json().get("total").asInt())
                .isEqualTo(1);
        assertThat(operator.get("/api/v1/commands?state=Done&kind=process.terminate").status())
                .isEqualTo(200);
        assertThat(operator.get(DEVICE + "/processes").json().get("supported").asBoolean())
                .isTrue();
    }

    @Test
    void who_may_not_is_refused_and_nothing_happens() {
        var viewer = api.as(Role.VIEWER);
        var operator = api.as(Role.OPERATOR);
        assertThat(viewer.post(DEVICE + "/processes/10/terminate", terminate(10)).status())
                .isEqualTo(403);
        assertThat(viewer.get(DEVICE + "/files").status()).isEqualTo(403);
        var fetch = Map.of("path", "0:a.txt", "reason", "evidence");
        assertThat(operator.post(DEVICE + "/files/fetch", fetch).status()).isEqualTo(403);
        var job =
                Map.of(
                        "kind",
                        "process.terminate",
                        "arguments",
                        Map.of("name", "sleep"),
                        "selection",
                        Map.of("devices", List.of("id-d1")),
                        "reason",
                        "test");
        assertThat(viewer.post("/api/v1/jobs", job).status()).isEqualTo(403);
        assertThat(fleet.sent).isEmpty();
    }

    @Test
    void senseless_requests_get_a_clear_error() {
        var operator = api.as(Role.OPERATOR);
        assertThat(operator.post(DEVICE + "/processes/x/terminate", terminate(1)).status())
                .isEqualTo(400);
        assertThat(
                        operator.post("/api/v1/devices/nobody/processes/1/terminate", terminate(1))
                                .json()
                                .get("code")
                                .asText())
                .isEqualTo("DEVICE_UNKNOWN");
        assertThat(operator.get("/api/v1/commands/none").json().get("code").asText())
                .isEqualTo("COMMAND_UNKNOWN");
        assertThat(operator.get("/api/v1/jobs/none").json().get("code").asText())
                .isEqualTo("JOB_UNKNOWN");
        assertThat(operator.get("/api/v1/commands?state=Nonsense").status()).isEqualTo(400);
        assertThat(
                        operator.post(
                                        DEVICE + "/files/delete",
                                        Map.of("path", "0:../../etc/passwd", "reason", "x"))
                                .status())
                .isEqualTo(400);
        assertThat(
                        operator.post(
                                        "/api/v1/jobs",
                                        Map.of("kind", "process.list", "selection", Map.of()))
                                .status())
                .isEqualTo(400);
        assertThat(fleet.sent).isEmpty();
    }

    @Test
    void files_are_listed_looked_at_fetched_and_deleted() {
        var operator = api.as(Role.OPERATOR);
        var officer = api.as(Role.SECURITY_OFFICER);
        ended(operator, operator.post(DEVICE + "/files/list", Map.of("path", "0:")));
        var listing = operator.get(DEVICE + "/files?path=0:").json();
        assertThat(listing.get("items").get(0).get("name").asText()).isEqualTo("a.txt");
        assertThat(listing.get("roots").get(0).get("mayDelete").asBoolean()).isTrue();
        var stat =
                ended(operator, operator.post(DEVICE + "/files/stat", Map.of("path", "0:a.txt")));
        var hash = operator.get(stat).json().get("result").get("sha256").asText();

        var fetch = Map.of("path", "0:a.txt", "reason", "evidence");
        var fetched = ended(officer, officer.post(DEVICE + "/files/fetch", fetch));
        var content = officer.get(fetched + "/content");
        assertThat(new String(content.body(), StandardCharsets.UTF_8)).isEqualTo("alpha");
        assertThat(operator.get(fetched + "/content").status()).isEqualTo(403);

        var delete = Map.of("path", "0:a.txt", "sha256", hash, "reason", "infected");
        var deleted = ended(operator, operator.post(DEVICE + "/files/delete", delete));
        assertThat(operator.get(deleted).json().get("state").asText()).isEqualTo("Done");
        assertThat(device.files).isEmpty();
    }

    @Test
    void a_job_is_previewed_created_watched_and_cancelled() {
        device.asleep = true;
        var operator = api.as(Role.OPERATOR);
        var job =
                Map.of(
                        "kind",
                        "process.list",
                        "selection",
                        Map.of("filter", Map.of("q", "d")),
                        "expiresInSeconds",
                        3600);
        var preview = operator.post("/api/v1/jobs/preview", job);
        assertThat(preview.status()).as(preview.text()).isEqualTo(200);
        assertThat(preview.json().get("included").asInt()).isEqualTo(1);
        var created = operator.post("/api/v1/jobs", job);
        assertThat(created.status()).as(created.text()).isEqualTo(202);
        var path = "/api/v1/jobs/" + created.json().get("id").asText();
        assertThat(operator.get("/api/v1/jobs?state=running").json().get("total").asInt())
                .isEqualTo(1);
        assertThat(operator.post(path + "/cancel", Map.of()).json().get("state").asText())
                .isEqualTo("cancelled");
        assertThat(operator.post(path + "/retry", Map.of()).status()).isEqualTo(202);
        var waiting = operator.get("/api/v1/commands?job=" + path.substring(13)).json();
        assertThat(waiting.get("items").get(0).get("expectedAt")).isNotNull();
        var id = waiting.get("items").get(0).get("id").asText();
        assertThat(operator.post("/api/v1/commands/" + id + "/cancel", Map.of()).status())
                .isEqualTo(200);
        assertThat(operator.get(path).json().get("state").asText()).isEqualTo("finished");
        assertThat(operator.post("/api/v1/commands/" + id + "/retry", Map.of()).status())
                .isEqualTo(202);
    }

    @Test
    void what_a_viewer_sees_of_file_commands_holds_no_paths_in_arguments() {
        var operator = api.as(Role.OPERATOR);
        var path =
                ended(operator, operator.post(DEVICE + "/files/stat", Map.of("path", "0:a.txt")));
        var seen = api.as(Role.VIEWER).get(path).json();
        assertThat(Optional.ofNullable(seen.get("arguments"))).isEmpty();
        assertThat(Optional.ofNullable(seen.get("result"))).isEmpty();
    }
}
