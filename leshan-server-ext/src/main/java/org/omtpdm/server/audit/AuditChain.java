package org.omtpdm.server.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;
import org.omtpdm.server.store.Json;

/**
 * The arithmetic of the audit chain; needs no database, so that anybody can verify an export.
 *
 * <p>A record's hash is SHA-256 over its canonical JSON: every member except {@code hash}, absent
 * ones left out, names sorted, no white space, UTF-8. The member {@code previous} is the hash of
 * the record before, so a change, a removal or an insertion breaks every later link. What the chain
 * alone can't show is that its end was cut off: keep the last hash elsewhere and compare.
 */
public final class AuditChain {

    /** What the first record names as the hash before it. */
    public static final String START = "0".repeat(64);

    private static final int MAX_LINE = 1 << 20;

    private String expectedPrevious = START;
    private long records;
    private Optional<Verdict> broken = Optional.empty();

    /**
     * What a verification found.
     *
     * @param records how many were good before the first bad one
     * @param firstBad number of the first bad record; where it can't be read, its place
     * @param lastHash hash of the last good record
     */
    public record Verdict(
            boolean intact,
            long records,
            Optional<Long> firstBad,
            Optional<String> lastHash,
            String text) {}

    /** The hash that belongs to a record, whatever its own {@code hash} says. */
    public static String hash(AuditRecord record) {
        return hash((ObjectNode) Json.shared().valueToTree(record));
    }

    private static String hash(ObjectNode record) {
        var sorted = (ObjectNode) sort(record);
        sorted.remove("hash");
        return sha256(Json.write(sorted));
    }

    private static JsonNode sort(JsonNode node) {
        if (node.isObject()) {
            var members = new TreeMap<String, JsonNode>();
            node.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
            var sorted = Json.shared().createObjectNode();
            members.forEach((name, value) -> sorted.set(name, sort(value)));
            return sorted;
        }
        if (node.isArray()) {
            var sorted = Json.shared().createArrayNode();
            node.forEach(item -> sorted.add(sort(item)));
            return sorted;
        }
        return node;
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One record as a line of an export, without the line end. */
    public static String line(AuditRecord record) {
        return Json.write(sort(Json.shared().valueToTree(record)));
    }

    /**
     * Verifies an export: one record per line.
     *
     * @throws UncheckedIOException when it can't be read
     */
    public static Verdict verify(Reader export) {
        var chain = new AuditChain();
        try (var lines = new BufferedReader(export)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !chain.add(line)) {
                    break;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return chain.verdict();
    }

    /** Takes the next line; false when the chain is broken here. */
    public boolean add(String line) {
        if (broken.isPresent()) {
            return false;
        }
        if (line.length() > MAX_LINE) {
            return broken(records + 1, "is longer than any record");
        }
        JsonNode node;
        try {
            node = Json.readTree(line);
        } catch (IllegalArgumentException e) {
            return broken(records + 1, "is not JSON");
        }
        return node instanceof ObjectNode record
                ? add(record)
                : broken(records + 1, "is not a record");
    }

    /** Takes the next record; false when the chain is broken here. */
    public boolean add(AuditRecord record) {
        return add((ObjectNode) Json.shared().valueToTree(record));
    }

    private boolean add(ObjectNode record) {
        if (broken.isPresent()) {
            return false;
        }
        var number = record.path("number").asLong(-1);
        if (number != records + 1) {
            return broken(records + 1, "is missing: the record in its place has number " + number);
        }
        if (!expectedPrevious.equals(record.path("previous").asText())) {
            return broken(number, "does not follow the record before it");
        }
        var hash = hash(record);
        if (!hash.equals(record.path("hash").asText())) {
            return broken(number, "was changed: its content does not match its hash");
        }
        records = number;
        expectedPrevious = hash;
        return true;
    }

    private boolean broken(long number, String what) {
        broken =
                Optional.of(
                        new Verdict(
                                false,
                                records,
                                Optional.of(number),
                                lastHash(),
                                "Record " + number + " " + what + "."));
        return false;
    }

    private Optional<String> lastHash() {
        return records == 0 ? Optional.empty() : Optional.of(expectedPrevious);
    }

    public Verdict verdict() {
        return broken.orElseGet(
                () ->
                        new Verdict(
                                true,
                                records,
                                Optional.empty(),
                                lastHash(),
                                records == 0
                                        ? "There are no records."
                                        : "All " + records + " records are intact."));
    }
}
