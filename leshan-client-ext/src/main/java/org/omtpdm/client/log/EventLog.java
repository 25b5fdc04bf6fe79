package org.omtpdm.client.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.omtpdm.client.state.LineFile;
import org.omtpdm.objects.LogClass;
import org.omtpdm.objects.LogDataFormat;
import org.omtpdm.objects.LogStatus;
import org.omtpdm.objects.Utf8;
import org.omtpdm.objects.cbor.CborWriter;

/**
 * One log: its class, whether it runs, and its records. A record is a time and a text; as JSON
 * {@code [[1700000000,"text"],…]}, as CBOR the same arrays. Thread-safe.
 */
final class EventLog {

    private static final int MAXIMUM_TEXT_BYTES = 200;

    private final LineFile lines;
    private LogClass about;
    private LogDataFormat format;
    private boolean isRunning;

    EventLog(LineFile lines, LogClass about, LogDataFormat format, boolean isRunning) {
        this.lines = lines;
        this.about = about;
        this.format = format;
        this.isRunning = isRunning;
    }

    /** The settings as one value of the state store. */
    static String print(LogClass about, LogDataFormat format, boolean isRunning) {
        return about + " " + format + " " + isRunning;
    }

    static EventLog read(String settings, LineFile lines) {
        String[] words = settings.split(" ");
        return new EventLog(
                lines,
                LogClass.valueOf(words[0]),
                LogDataFormat.valueOf(words[1]),
                Boolean.parseBoolean(words[2]));
    }

    synchronized LogClass about() {
        return about;
    }

    synchronized LogDataFormat format() {
        return format;
    }

    synchronized boolean isRunning() {
        return isRunning;
    }

    synchronized void set(LogClass newAbout, LogDataFormat newFormat, boolean running) {
        about = newAbout;
        format = newFormat;
        isRunning = running;
    }

    /** Takes a line when it runs and is about that; true when it did. */
    synchronized boolean record(Instant now, LogClass what, String text) throws IOException {
        if (!isRunning || what != about && about != LogClass.GENERIC) {
            return false;
        }
        lines.append(
                now.getEpochSecond()
                        + " "
                        + Utf8.shorten(text.replaceAll("\\p{Cntrl}", "?"), MAXIMUM_TEXT_BYTES));
        return true;
    }

    void clear() throws IOException {
        lines.clear();
    }

    synchronized int status() {
        return (isRunning ? 0 : LogStatus.STOPPED.code())
                | (lines.lines().isEmpty() ? 0 : LogStatus.DATA_VALID.code());
    }

    /** All records in the wanted format. */
    byte[] data() {
        List<String> all = lines.lines();
        return format() == LogDataFormat.CBOR ? cbor(all) : json(all);
    }

    private static byte[] cbor(List<String> all) {
        CborWriter out = new CborWriter().array(all.size());
        for (String line : all) {
            out.array(2).unsigned(time(line)).text(text(line));
        }
        return out.toBytes();
    }

    private static byte[] json(List<String> all) {
        StringBuilder out = new StringBuilder("[");
        for (String line : all) {
            out.append(out.length() > 1 ? "," : "")
                    .append('[')
                    .append(time(line))
                    .append(",\"")
                    .append(text(line).replace("\\", "\\\\").replace("\"", "\\\""))
                    .append("\"]");
        }
        return out.append(']').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static long time(String line) {
        return Long.parseLong(line.substring(0, line.indexOf(' ')));
    }

    private static String text(String line) {
        return line.substring(line.indexOf(' ') + 1);
    }

    static Optional<LogDataFormat> supported(long code) {
        return LogDataFormat.forCode(code)
                .filter(f -> f == LogDataFormat.JSON || f == LogDataFormat.CBOR);
    }
}
