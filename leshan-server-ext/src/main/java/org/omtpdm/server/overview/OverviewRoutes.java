package org.omtpdm.server.overview;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.omtpdm.server.api.Request;
import org.omtpdm.server.api.Response;
import org.omtpdm.server.api.Router;
import org.omtpdm.server.attention.AttentionService;
import org.omtpdm.server.attention.AttentionState;
import org.omtpdm.server.commands.CommandCounts;
import org.omtpdm.server.commands.JobService;
import org.omtpdm.server.devices.DeviceFilter;
import org.omtpdm.server.devices.DeviceService;
import org.omtpdm.server.devices.FacetCount;
import org.omtpdm.server.devices.HeardHour;
import org.omtpdm.server.devices.RefusedContacts;
import org.omtpdm.server.security.Permission;

/** Counts and chart data for the first page. */
public final class OverviewRoutes {

    private static final int FIRMWARES = 20;
    private static final Duration DEFAULT_SINCE = Duration.ofDays(1);

    private final DeviceService devices;
    private final RefusedContacts refused;
    private final AttentionService attention;
    private final CommandCounts commands;
    private final JobService jobs;
    private final Clock clock;

    public OverviewRoutes(
            DeviceService devices,
            RefusedContacts refused,
            AttentionService attention,
            CommandCounts commands,
            JobService jobs,
            Clock clock) {
        this.devices = devices;
        this.refused = refused;
        this.attention = attention;
        this.commands = commands;
        this.jobs = jobs;
        this.clock = clock;
    }

    public void addTo(Router router) {
        router.get("/api/v1/overview", Permission.SEE, this::overview);
    }

    /** {@code Overview} of {@code openapi.yaml}. */
    record Overview(
            Instant checkedAt,
            Devices devices,
            List<FacetCount> byFirmware,
            List<HeardHour> heardByHour,
            int jobsRunning,
            long commandsWaiting,
            long attentionOpen,
            Since since) {}

    /** Devices by state. */
    record Devices(long total, List<FacetCount> byState) {}

    /** What happened since a time. */
    record Since(
            Instant from, long newDevices, long refused, long commandsDone, long commandsFailed) {}

    private Response overview(Request request) {
        var now = clock.instant();
        var scope = request.caller().scope();
        var from = request.queryInstant("since").orElse(now.minus(DEFAULT_SINCE));
        var states = devices.countByState(DeviceFilter.ALL, scope);
        var ended = commands.endedSince(from, scope);
        return Response.ok(
                new Overview(
                        now,
                        new Devices(
                                states.values().stream().mapToLong(Long::longValue).sum(),
                                states.entrySet().stream()
                                        .map(
                                                state ->
                                                        new FacetCount(
                                                                state.getKey().toString(),
                                                                state.getValue()))
                                        .toList()),
                        devices.byFirmware(FIRMWARES, scope),
                        devices.heardByHour(scope),
                        jobs.running(),
                        commands.open(scope),
                        attention.counts(scope).getOrDefault(AttentionState.OPEN, 0L),
                        new Since(
                                from,
                                devices.addedSince(from, scope),
                                refused.countSince(from, scope),
                                ended.done(),
                                ended.failed())));
    }
}
