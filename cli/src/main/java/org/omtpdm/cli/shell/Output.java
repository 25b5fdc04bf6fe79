package org.omtpdm.cli.shell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.PrintStream;

/** Results on standard output, progress and remarks on standard error. Confined to one thread. */
public final class Output {

    private static final ObjectWriter JSON = writer();

    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;

    /**
     * @param terminal whether a person looks at standard error
     */
    public Output(PrintStream out, PrintStream err, boolean terminal) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    public void line(String text) {
        out.println(text);
    }

    public void table(Table table, String whenEmpty) {
        if (table.isEmpty()) {
            err.println(whenEmpty);
        } else {
            table.print(out);
        }
    }

    /** The API's body; characters that would harm a terminal are escaped the JSON way. */
    public void json(JsonNode body) {
        try {
            out.println(JSON.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    public void bytes(byte[] bytes) {
        out.write(bytes, 0, bytes.length);
        out.flush();
    }

    /** Something worth knowing that is no result. */
    public void remark(String text) {
        err.println(text);
    }

    /** The one line that says how far it is; only for a person who looks. */
    public void progress(String text) {
        if (terminal) {
            err.print("\r\u001b[K" + SafeText.of(text, 100));
            err.flush();
        }
    }

    public void endProgress() {
        if (terminal) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }

    private static ObjectWriter writer() {
        ObjectMapper mapper = new ObjectMapper();
        mapper.getFactory().setCharacterEscapes(new TerminalEscapes());
        return mapper.writerWithDefaultPrettyPrinter();
    }

    /** Escapes what {@link SafeText} escapes, within the Basic Multilingual Plane. */
    private static final class TerminalEscapes extends CharacterEscapes {

        private static final long serialVersionUID = 1L;
        private static final int[] ASCII = ascii();

        private static int[] ascii() {
            int[] escapes = CharacterEscapes.standardAsciiEscapesForJSON();
            escapes[0x7f] = CharacterEscapes.ESCAPE_STANDARD;
            return escapes;
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ASCII.clone();
        }

        @Override
        public SerializableString getEscapeSequence(int character) {
            return !Character.isSurrogate((char) character) && SafeText.isHarmful(character)
                    ? new SerializedString(String.format("\\u%04x", character))
                    : null;
        }
    }
}
