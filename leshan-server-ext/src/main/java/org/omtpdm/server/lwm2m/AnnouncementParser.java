package org.omtpdm.server.lwm2m;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.omtpdm.server.lwm2m.RegistrationFacts.AnnouncedObject;
import org.omtpdm.server.lwm2m.codec.Format;
import org.omtpdm.server.lwm2m.registry.Announcement;
import org.omtpdm.server.lwm2m.registry.Registration;

/**
 * Reads the parameters and links of Register and Update. Generous: what is understood is taken,
 * what is odd becomes a note, and only what makes no sense is refused. Stateless.
 *
 * @see "LwM2M Core 1.1.1 §6.2.1 and §6.2.2; LwM2M Core 1.0.2 §5.3.1"
 */
final class AnnouncementParser {
    private static final int MAX_NOTES = 12;
    private static final int MAX_ENDPOINT = 128;

    private AnnouncementParser() {}

    /**
     * The query of a Register or Update; absent where it wasn't said.
     *
     * @param queueMode as said by {@code Q} or within {@code b}
     */
    record Parameters(
            Optional<String> endpoint,
            OptionalLong lifetime,
            Optional<String> version,
            Optional<String> binding,
            boolean queueMode,
            List<String> notes) {}

    /**
     * The links of a Register or Update.
     *
     * @param formats bits of {@link Format}, 0 when none were announced
     */
    record ObjectLinks(
            String rootPath,
            int formats,
            Map<Integer, AnnouncedObject> objects,
            List<String> notes) {}

    static Parameters parameters(List<String> query) {
        var notes = new LinkedHashSet<String>();
        var said = new TreeMap<String, String>();
        boolean queue = false;
        for (var each : query) {
            int equals = each.indexOf('=');
            var name = (equals < 0 ? each : each.substring(0, equals)).strip();
            var value = equals < 0 ? "" : unquoted(each.substring(equals + 1).strip(), name, notes);
            switch (name) {
                case "ep", "lt", "lwm2m", "b", "sms" -> {
                    var before = said.putIfAbsent(name, value);
                    if (before != null && !before.equals(value)) {
                        throw RefusedRequest.bad("parameter " + name + " is given twice");
                    }
                }
                case "Q" -> queue = !value.equals("0") && !value.equals("false");
                case "", "et", "d", "base", "con", "pid" -> {}
                default -> notes.add("Parameter " + Words.quoted(name) + " is unknown; ignored.");
            }
        }
        var binding = Optional.ofNullable(said.get("b")).flatMap(b -> binding(b, notes));
        return new Parameters(
                Optional.ofNullable(said.get("ep")).map(AnnouncementParser::endpoint),
                said.containsKey("lt")
                        ? OptionalLong.of(lifetime(said.get("lt")))
                        : OptionalLong.empty(),
                Optional.ofNullable(said.get("lwm2m")),
                binding,
                queue || binding.orElse("").contains("Q"),
                List.copyOf(notes));
    }

    private static String unquoted(String value, String name, Set<String> notes) {
        if (value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")) {
            notes.add("Parameter " + Words.quoted(name) + " stands in quotes.");
            return value.substring(1, value.length() - 1);
        }
        return value;
    }

    private static String endpoint(String name) {
        if (name.isBlank()) {
            throw RefusedRequest.bad("the endpoint name is empty");
        }
        if (name.length() > MAX_ENDPOINT) {
            throw RefusedRequest.bad(
                    "the endpoint name has more than " + MAX_ENDPOINT + " letters");
        }
        if (!name.codePoints().allMatch(Words::isPlain) || name.indexOf('\uFFFD') >= 0) {
            throw RefusedRequest.bad("the endpoint name has characters that can't be shown");
        }
        return name;
    }

    private static long lifetime(String text) {
        long seconds;
        try {
            seconds = text.matches("[0-9]{1,10}") ? Long.parseLong(text) : -1;
        } catch (NumberFormatException e) {
            seconds = -1;
        }
        if (seconds < 0 || seconds > Registration.FOREVER) {
            throw RefusedRequest.bad("lt=" + Words.plain(text, 20) + " is no number of seconds");
        }
        return seconds;
    }

    private static Optional<String> binding(String text, Set<String> notes) {
        if (text.isEmpty()) {
            notes.add("Parameter 'b' is empty; ignored.");
            return Optional.empty();
        }
        var upper = text.toUpperCase(java.util.Locale.ROOT);
        boolean sensible =
                upper.matches("[UTSNMHQ]{1,8}")
                        && upper.chars().distinct().count() == upper.length()
                        && !upper.equals("Q");
        if (!sensible) {
            throw RefusedRequest.bad("b=" + Words.plain(text, 20) + " is no binding mode");
        }
        if (!upper.equals(text)) {
            notes.add("Binding mode " + Words.quoted(text) + " is in small letters.");
        }
        return Optional.of(upper);
    }

    /**
     * The version we speak with a device that announces {@code version}.
     *
     * @throws RefusedRequest 4.12 for another major version, 4.00 for no version at all
     */
    static String understood(Optional<String> version, List<String> notes) {
        if (version.isEmpty() || version.get().isEmpty()) {
            notes.add("Announces no LwM2M version; treated as 1.0.");
            return "1.0";
        }
        var text = version.get();
        if (!text.matches("[0-9]{1,4}(\\.[0-9]{1,4}){0,2}")) {
            throw RefusedRequest.bad("lwm2m=" + Words.plain(text, 20) + " is no version");
        }
        var parts = text.split("\\.");
        int major = Integer.parseInt(parts[0]);
        int minor = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
        if (major != 1) {
            throw new RefusedRequest(
                    ResponseCode.PRECONDITION_FAILED,
                    "LwM2M " + text + " is not supported, 1.x is");
        }
        if (minor > 1) {
            notes.add("Announces LwM2M " + text + "; treated as 1.1.");
        }
        return minor == 0 ? "1.0" : "1.1";
    }

    /**
     * @throws RefusedRequest 4.00 when no LwM2M object can be made out
     */
    static ObjectLinks links(byte[] payload) {
        var notes = new LinkedHashSet<String>();
        var parsed = LinkFormat.parse(utf8(payload));
        if (parsed.skipped() > 0) {
            notes.add(parsed.skipped() + " part(s) of the object list are no links; ignored.");
        }
        var root = "";
        int formats = 0;
        for (var link : parsed.links()) {
            var attributes = link.attributes();
            boolean isRoot = attributes.getOrDefault("rt", "").equals("oma.lwm2m");
            if (isRoot) {
                root = link.target().equals("/") ? "" : link.target().replaceAll("/+$", "");
            }
            if ((isRoot || link.target().equals("/")) && attributes.containsKey("ct")) {
                formats |= formats(attributes.get("ct"));
            }
        }
        var objects = new ObjectCollector(notes);
        for (var link : parsed.links()) {
            objects.add(link, root);
        }
        if (objects.isEmpty()) {
            throw RefusedRequest.bad("the payload lists no LwM2M object");
        }
        return new ObjectLinks(
                Words.plain(root, 64), formats, objects.result(), cut(List.copyOf(notes)));
    }

    private static String utf8(byte[] payload) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
        } catch (CharacterCodingException e) {
            throw RefusedRequest.bad("the object list is no UTF-8 text");
        }
    }

    private static int formats(String ct) {
        int bits = 0;
        for (var number : ct.split("[\\s,]+")) {
            if (number.matches("[0-9]{1,5}")) {
                bits |= Format.of(Integer.parseInt(number)).map(Format::bit).orElse(0);
            }
        }
        return bits;
    }

    /** First notes of a long list. */
    static List<String> cut(List<String> notes) {
        return notes.size() <= MAX_NOTES
                ? List.copyOf(notes)
                : java.util.stream.Stream.concat(
                                notes.stream().limit(MAX_NOTES - 1),
                                java.util.stream.Stream.of("There is more that is odd."))
                        .toList();
    }

    /** The announcement of a Register. */
    static Announcement announcement(Parameters parameters, ObjectLinks links) {
        var notes = new ArrayList<String>();
        var understood = understood(parameters.version(), notes);
        var binding = parameters.binding().orElse("");
        notes.addAll(parameters.notes());
        if (binding.isEmpty()) {
            notes.add("Announces no binding mode; taken as U.");
        } else if (binding.contains("Q") && understood.equals("1.1")) {
            notes.add("Binding mode " + binding + " is of LwM2M 1.0; taken as queue mode.");
        } else if (parameters.queueMode() && !binding.contains("Q") && understood.equals("1.0")) {
            notes.add("Parameter Q is of LwM2M 1.1; taken as queue mode.");
        }
        notes.addAll(links.notes());
        return new Announcement(
                parameters.version().map(text -> Words.plain(text, 20)).orElse(""),
                understood,
                binding,
                parameters.queueMode(),
                links.rootPath(),
                links.formats(),
                links.objects(),
                cut(notes));
    }

    /** What an announcement becomes by an Update. */
    static Announcement updated(
            Announcement before, Parameters parameters, Optional<ObjectLinks> links) {
        if (links.isEmpty() && parameters.binding().isEmpty() && !parameters.queueMode()) {
            return before;
        }
        var notes = new LinkedHashSet<>(before.notes());
        notes.addAll(parameters.notes());
        links.ifPresent(list -> notes.addAll(list.notes()));
        return new Announcement(
                before.lwm2mVersion(),
                before.understoodVersion(),
                parameters.binding().orElse(before.bindingMode()),
                parameters.binding().isPresent() || parameters.queueMode()
                        ? parameters.queueMode()
                        : before.queueMode(),
                links.map(ObjectLinks::rootPath).orElse(before.rootPath()),
                links.map(ObjectLinks::formats).filter(bits -> bits != 0).orElse(before.formats()),
                links.map(ObjectLinks::objects).orElseGet(before::objects),
                cut(List.copyOf(notes)));
    }
}
