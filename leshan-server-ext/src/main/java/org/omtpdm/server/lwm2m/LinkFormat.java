package org.omtpdm.server.lwm2m;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CoRE link format, read generously: what can't be a link is skipped and counted, blanks and
 * missing values are taken. Never throws.
 *
 * @see "RFC 6690 §2"
 */
final class LinkFormat {

    /** One link. Attributes without value have an empty one; quotes are gone. */
    record Link(String target, Map<String, String> attributes) {}

    /**
     * @param skipped parts that were no links
     */
    record Links(List<Link> links, int skipped) {}

    private final String text;
    private int at;

    private LinkFormat(String text) {
        this.text = text;
    }

    static Links parse(String text) {
        return new LinkFormat(text).links();
    }

    private Links links() {
        var links = new ArrayList<Link>();
        int skipped = 0;
        while (skipBlanksAndCommas()) {
            int end = text.charAt(at) == '<' ? text.indexOf('>', at) : -1;
            if (end < 0) {
                skipped++;
                skipToComma();
                continue;
            }
            var target = text.substring(at + 1, end).strip();
            at = end + 1;
            links.add(new Link(target, attributes()));
            if (at < text.length() && text.charAt(at) != ',') {
                skipped++;
                skipToComma();
            }
        }
        return new Links(links, skipped);
    }

    private boolean skipBlanksAndCommas() {
        while (at < text.length()
                && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == ',')) {
            at++;
        }
        return at < text.length();
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private void skipToComma() {
        int comma = text.indexOf(',', at);
        at = comma < 0 ? text.length() : comma;
    }

    private Map<String, String> attributes() {
        var attributes = new LinkedHashMap<String, String>();
        skipBlanks();
        while (at < text.length() && text.charAt(at) == ';') {
            at++;
            var name = until("=;,");
            var value = "";
            if (at < text.length() && text.charAt(at) == '=') {
                at++;
                value = value();
            }
            if (!name.isEmpty()) {
                attributes.putIfAbsent(name, value);
            }
            skipBlanks();
        }
        return attributes;
    }

    private String value() {
        skipBlanks();
        if (at < text.length() && text.charAt(at) == '"') {
            int end = at + 1;
            while (end < text.length() && text.charAt(end) != '"') {
                end += text.charAt(end) == '\\' ? 2 : 1;
            }
            if (end < text.length()) {
                var quoted = text.substring(at + 1, end);
                at = end + 1;
                return quoted.strip();
            }
        }
        return until(";,").replace("\"", "");
    }

    private String until(String stops) {
        int from = at;
        while (at < text.length() && stops.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at).strip();
    }
}
