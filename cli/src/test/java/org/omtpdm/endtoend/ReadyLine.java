package org.omtpdm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one line a demo prints. */
record ReadyLine(String url, String user, String password, String token) {

    private static final Pattern FORM =
            Pattern.compile(
                    "ready (http://127\\.0\\.0\\.1:\\d+) user=(\\S+) password=(\\S+) token=(\\S+)");

    static ReadyLine parse(String line) {
        Matcher matcher = FORM.matcher(line);
        assertThat(matcher.matches()).as(line).isTrue();
        return new ReadyLine(
                matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4));
    }

    /** What a second shell needs to talk to it. */
    Map<String, String> environment() {
        return Map.of("OMTPDM_URL", url, "OMTPDM_TOKEN", token);
    }
}
