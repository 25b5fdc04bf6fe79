package org.omtpdm.cli.shell;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.omtpdm.cli.ExitCode;

/** Commands and jobs of the API: how they stand, in words and as an exit code. */
public final class Work {

    private static final Set<String> UNFINISHED = Set.of("Waiting", "Working");

    private Work() {}

    /** Follows a command just accepted, prints how it ended and gives its exit code. */
    public static int finish(ApiOptions options, WaitOptions waiting, JsonNode accepted) {
        JsonNode command = await(options, waiting, accepted);
        if (options.wantsJson()) {
            options.output().json(command);
        } else {
            options.output().line(sentence(command));
        }
        return exitCode(waiting, command);
    }

    /** Follows a command just accepted without printing a result. */
    public static JsonNode await(ApiOptions options, WaitOptions waiting, JsonNode accepted) {
        return waiting.follow(
                options,
                "/api/v1/commands/" + accepted.path("id").asText(),
                accepted,
                command -> !UNFINISHED.contains(command.path("state").asText()),
                Work::sentence);
    }

    /**
     * For example {@code Terminate sleep (pid 4711) on kiosk-3: Refused by the device: protected}.
     */
    public static String sentence(JsonNode command) {
        StringBuilder text =
                new StringBuilder()
                        .append(command.path("title").asText())
                        .append(" on ")
                        .append(command.path("deviceName").asText())
                        .append(": ")
                        .append(command.path("state").asText());
        String cause = command.path("cause").asText("");
        if (!cause.isEmpty()) {
            text.append(": ").append(cause);
        } else if (UNFINISHED.contains(command.path("state").asText())) {
            JsonNode timeline = command.path("timeline");
            if (!timeline.isEmpty()) {
                text.append(", ").append(timeline.get(timeline.size() - 1).path("text").asText());
            }
            text.append(" [").append(command.path("id").asText()).append(']');
        }
        return SafeText.of(text.toString());
    }

    /** With {@code --no-wait} accepted is done. */
    public static int exitCode(WaitOptions waiting, JsonNode command) {
        String state = command.path("state").asText();
        if (!waiting.wait && UNFINISHED.contains(state)) {
            return ExitCode.DONE;
        }
        return exitCode(state);
    }

    private static int exitCode(String commandState) {
        return switch (commandState) {
            case "Done" -> ExitCode.DONE;
            case "Refused by the device", "Cancelled" -> ExitCode.REFUSED;
            default -> ExitCode.NO_ANSWER;
        };
    }

    /** Follows a job just accepted, prints its counts and gives its exit code. */
    public static int finishJob(ApiOptions options, WaitOptions waiting, JsonNode accepted) {
        JsonNode job =
                waiting.follow(
                        options,
                        "/api/v1/jobs/" + accepted.path("id").asText(),
                        accepted,
                        now -> !now.path("state").asText().equals("running"),
                        Work::jobSentence);
        if (options.wantsJson()) {
            options.output().json(job);
        } else {
            options.output().line(jobSentence(job));
        }
        if (job.path("state").asText().equals("running")) {
            return waiting.wait ? ExitCode.NO_ANSWER : ExitCode.DONE;
        }
        return jobExitCode(job);
    }

    /** All done: 0. Some done: 6. None done: what most of them ended with. */
    static int jobExitCode(JsonNode job) {
        int done = 0;
        int others = 0;
        int most = 0;
        int code = ExitCode.DONE;
        for (JsonNode counted : job.path("counts")) {
            int count = counted.path("count").asInt();
            String state = counted.path("state").asText();
            if (state.equals("Done")) {
                done += count;
            } else if (count > 0) {
                others += count;
                if (count > most) {
                    most = count;
                    code = exitCode(state);
                }
            }
        }
        if (others == 0) {
            return ExitCode.DONE;
        }
        return done > 0 ? ExitCode.PARTLY : code;
    }

    static String jobSentence(JsonNode job) {
        StringBuilder text =
                new StringBuilder()
                        .append(job.path("title").asText())
                        .append(" on ")
                        .append(job.path("total").asInt())
                        .append(job.path("total").asInt() == 1 ? " device: " : " devices: ");
        String separator = "";
        for (JsonNode counted : job.path("counts")) {
            if (counted.path("count").asInt() > 0) {
                text.append(separator)
                        .append(counted.path("count").asInt())
                        .append(' ')
                        .append(counted.path("state").asText());
                separator = ", ";
            }
        }
        return SafeText.of(
                text.append(" [").append(job.path("id").asText()).append(']').toString());
    }
}
