package org.omtpdm.server.commands;

import static org.omtpdm.server.api.ErrorCode.BAD_REQUEST;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.omtpdm.server.api.ManagementException;
import org.omtpdm.server.api.Request;
import org.omtpdm.server.api.Response;
import org.omtpdm.server.api.Router;
import org.omtpdm.server.security.Permission;

/** Commands and jobs over HTTP. */
public final class CommandRoutes {

    private final CommandService commands;
    private final JobService jobs;

    public CommandRoutes(CommandService commands, JobService jobs) {
        this.commands = commands;
        this.jobs = jobs;
    }

    /** The services check the permission of the command's kind; here everybody may at least see. */
    public void addTo(Router router) {
        router.get("/api/v1/commands", Permission.SEE, this::list);
        router.get("/api/v1/commands/{commandId}", Permission.SEE, this::get);
        router.post("/api/v1/commands/{commandId}/cancel", Permission.SEE, this::cancel);
        router.post("/api/v1/commands/{commandId}/retry", Permission.SEE, this::retry);
        router.get("/api/v1/jobs", Permission.SEE, this::listJobs);
        router.post("/api/v1/jobs", Permission.SEE, this::createJob);
        router.post("/api/v1/jobs/preview", Permission.SEE, this::previewJob);
        router.get("/api/v1/jobs/{jobId}", Permission.SEE, this::getJob);
        router.post("/api/v1/jobs/{jobId}/cancel", Permission.SEE, this::cancelJob);
        router.post("/api/v1/jobs/{jobId}/retry", Permission.SEE, this::retryJob);
    }

    private Response list(Request request) {
        return withCursor(
                () ->
                        commands.list(
                                request.caller(),
                                request.query("device"),
                                request.query("job"),
                                choice(request, "state", CommandState::find),
                                choice(request, "kind", CommandKind::find),
                                request.page()));
    }

    private static Response withCursor(java.util.function.Supplier<?> page) {
        try {
            return Response.ok(page.get());
        } catch (IllegalArgumentException e) {
            throw bad("cursor", "expected the nextCursor of this list");
        }
    }

    private static <T> Optional<T> choice(
            Request request, String name, Function<String, Optional<T>> find) {
        return request.query(name)
                .map(text -> find.apply(text).orElseThrow(() -> bad(name, "unknown value")));
    }

    private static ManagementException bad(String parameter, String problem) {
        return new ManagementException(
                BAD_REQUEST,
                "Query parameter '" + parameter + "': " + problem,
                Map.of("parameter", parameter));
    }

    private Response get(Request request) {
        return Response.ok(commands.get(request.caller(), request.path("commandId")));
    }

    private Response cancel(Request request) {
        return Response.ok(commands.cancel(request.caller(), request.path("commandId")));
    }

    private Response retry(Request request) {
        return Response.accepted(commands.retry(request.caller(), request.path("commandId")));
    }

    private Response listJobs(Request request) {
        return withCursor(
                () ->
                        jobs.list(
                                request.caller(),
                                choice(request, "state", Job.State::find),
                                request.page()));
    }

    private Response createJob(Request request) {
        return Response.accepted(jobs.create(request.caller(), request.body(NewJob.class)));
    }

    private Response previewJob(Request request) {
        return Response.ok(jobs.preview(request.caller(), request.body(NewJob.class)));
    }

    private Response getJob(Request request) {
        return Response.ok(jobs.get(request.caller(), request.path("jobId")));
    }

    private Response cancelJob(Request request) {
        return Response.ok(jobs.cancel(request.caller(), request.path("jobId")));
    }

    private Response retryJob(Request request) {
        var cause = request.optionalBody(Retry.class).flatMap(Retry::cause);
        return Response.accepted(jobs.retry(request.caller(), request.path("jobId"), cause));
    }

    /** Body of a job's retry. */
    record Retry(Optional<String> cause) {
        Retry {
            if (cause.filter(text -> text.length() > 300).isPresent()) {
                throw new IllegalArgumentException("cause: at most 300 characters");
            }
        }
    }
}
