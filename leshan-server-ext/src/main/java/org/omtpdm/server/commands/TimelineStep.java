package org.omtpdm.server.commands;

import java.time.Instant;
import java.util.Optional;

/**
 * One step of a command's timeline.
 *
 * @param text one sentence in words
 * @param code for those who want it, for example {@code /42769/0/31 = 21}
 * @param exchange the raw exchange, for example {@code POST /42769/0/3 0='12',1='99' → 2.04}
 */
public record TimelineStep(
        Instant at, StepKind step, String text, Optional<String> code, Optional<String> exchange) {

    static TimelineStep of(Instant at, StepKind step, String text) {
        return new TimelineStep(at, step, text, Optional.empty(), Optional.empty());
    }

    TimelineStep withCode(Optional<String> newCode) {
        return new TimelineStep(at, step, text, newCode, exchange);
    }

    TimelineStep withExchange(String newExchange) {
        return new TimelineStep(at, step, text, code, Optional.of(newExchange));
    }
}
