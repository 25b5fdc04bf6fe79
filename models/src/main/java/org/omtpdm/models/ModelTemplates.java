package org.omtpdm.models;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes the object definitions from their templates; the build runs it.
 *
 * <p>A template is LwM2M XML in which {@code @{base+2}} stands for a number relative to the object
 * base and {@code <!-- block listing -->} for the resources every object with that block shares.
 * Beside one file {@code <id>-<version>.xml} per object it writes {@code index.properties}, which
 * names the base and the files.
 */
public final class ModelTemplates {

    private static final Pattern BASE = Pattern.compile("@\\{base(?:\\+(\\d+))?}");
    private static final Pattern BLOCK = Pattern.compile("[ \\t]*<!-- block ([a-z-]+) -->\\R");
    private static final Pattern ID = Pattern.compile("<ObjectID>(\\d+)</ObjectID>");
    private static final Pattern VERSION =
            Pattern.compile("<ObjectVersion>([\\d.]+)</ObjectVersion>");

    private final Path templates;
    private final int base;

    ModelTemplates(Path templates, int base) {
        if (base < 10241 || base + 4 > 42800) {
            throw new IllegalArgumentException(
                    "omtp.object.base: "
                            + base
                            + ", expected 10241 to 42796, where objects outside OMA live");
        }
        this.templates = templates;
        this.base = base;
    }

    /**
     * @param args object base, folder of templates, folder to write to
     */
    public static void main(String[] args) throws IOException {
        new ModelTemplates(Path.of(args[1]), Integer.parseInt(args[0])).writeTo(Path.of(args[2]));
    }

    void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> old = Files.list(folder)) {
            for (Path file :
                    (Iterable<Path>) old.filter(p -> p.toString().endsWith(".xml"))::iterator) {
                Files.delete(file);
            }
        }
        List<String> names = new ArrayList<>();
        try (Stream<Path> found = Files.list(templates.resolve("objects"))) {
            for (Path template : (Iterable<Path>) found.sorted()::iterator) {
                String xml = expand(Files.readString(template));
                String name = only(ID, xml, template) + "-" + only(VERSION, xml, template) + ".xml";
                Files.writeString(folder.resolve(name), xml);
                names.add(name);
            }
        }
        String index = "object.base=" + base + "\nobject.files=" + String.join(",", names) + "\n";
        Files.writeString(folder.resolve("index.properties"), index, StandardCharsets.ISO_8859_1);
    }

    private String expand(String template) throws IOException {
        StringBuilder whole = new StringBuilder();
        Matcher block = BLOCK.matcher(template);
        while (block.find()) {
            String text =
                    Files.readString(templates.resolve("blocks").resolve(block.group(1) + ".xml"));
            block.appendReplacement(whole, Matcher.quoteReplacement(text));
        }
        block.appendTail(whole);
        return BASE.matcher(whole)
                .replaceAll(
                        m ->
                                Integer.toString(
                                        base
                                                + (m.group(1) == null
                                                        ? 0
                                                        : Integer.parseInt(m.group(1)))));
    }

    private static String only(Pattern pattern, String xml, Path template) {
        Matcher matcher = pattern.matcher(xml);
        if (!matcher.find()) {
            throw new IllegalArgumentException(template + ": no " + pattern);
        }
        return matcher.group(1);
    }
}
