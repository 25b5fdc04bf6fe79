package org.omtpdm.server.files;

import com.fasterxml.jackson.databind.JsonNode;
import org.omtpdm.objects.arguments.BadArgumentsException;
import org.omtpdm.objects.file.DevicePath;
import org.omtpdm.server.commands.ArgumentReader;
import org.omtpdm.server.reconcile.DeviceWords;

/** Reads and shows paths on devices. */
final class FilePaths {

    private static final int MAXIMUM_LENGTH = 300;

    private FilePaths() {}

    /**
     * @throws org.omtpdm.server.api.ManagementException {@code BAD_REQUEST} when it is no path that
     *     may be asked for
     */
    static DevicePath read(ArgumentReader reader) {
        return parse(reader.text("path", MAXIMUM_LENGTH));
    }

    static DevicePath parse(String text) {
        try {
            return DevicePath.parse(text);
        } catch (BadArgumentsException e) {
            throw ArgumentReader.bad("path", e.getMessage().replaceFirst("^path: ", ""));
        }
    }

    /** The path of stored arguments. */
    static DevicePath of(JsonNode arguments) {
        return parse(arguments.path("path").asText());
    }

    /** For titles: the device's text made harmless. */
    static String label(JsonNode arguments) {
        return DeviceWords.clean(arguments.path("path").asText());
    }
}
