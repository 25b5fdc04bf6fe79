package org.omtpdm.objects.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.eclipse.leshan.core.model.ObjectModel;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.ObjectModels;

/** Everything a maker of firmware needs to put our objects on a device, as files of one zip. */
final class MakerKit {

    /** The same for every build, so that equal content makes equal zips. */
    private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

    private final String version;
    private final Map<String, byte[]> files = new TreeMap<>();

    private MakerKit(String version) {
        this.version = version;
    }

    /**
     * @param args version, zip to write
     */
    public static void main(String[] args) throws IOException {
        write(Path.of(args[1]), of(args[0]));
    }

    /** The files by their name in the zip. */
    static Map<String, byte[]> of(String version) throws IOException {
        MakerKit kit = new MakerKit(version);
        kit.fill();
        return kit.files;
    }

    private void fill() throws IOException {
        List<ObjectModel> models =
                ObjectModels.ours().stream()
                        .sorted(Comparator.comparing(model -> model.id))
                        .toList();
        for (ObjectModel model : models) {
            String file = model.id + "-" + model.version + ".xml";
            try (InputStream in =
                    ObjectModels.class.getResourceAsStream("/org/omtpdm/models/" + file)) {
                add("xml/" + file, in.readAllBytes());
            }
        }
        add("omtp_dm_objects.h", CHeader.of(models, version).getBytes(StandardCharsets.UTF_8));
        add("objects.json", json(ObjectsJson.of(models)));
        add("vectors/arguments.json", json(vectors(ArgumentVectors.make())));
        add("vectors/process-pages.json", json(vectors(DocumentVectors.processPages())));
        add("vectors/file-pages.json", json(vectors(DocumentVectors.filePages())));
        add("vectors/stat-results.json", json(vectors(DocumentVectors.statResults())));
        add("vectors/last-exits.json", json(vectors(DocumentVectors.lastExits())));
        try (InputStream in = MakerKit.class.getResourceAsStream("README.txt")) {
            add("README.txt", in.readAllBytes());
        }
    }

    private ObjectNode vectors(ObjectNode validAndInvalid) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.put("version", version).put("objectBase", ObjectIds.BASE);
        whole.setAll(validAndInvalid);
        return whole;
    }

    private void add(String name, byte[] content) {
        files.put("omtp-dm-objects-" + version + "/" + name, content);
    }

    private static byte[] json(JsonNode node) throws IOException {
        return (new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    static void write(Path zip, Map<String, byte[]> files) throws IOException {
        Files.createDirectories(zip.toAbsolutePath().getParent());
        try (OutputStream file = Files.newOutputStream(zip);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (Map.Entry<String, byte[]> content : files.entrySet()) {
                ZipEntry entry = new ZipEntry(content.getKey());
                entry.setTimeLocal(TIME);
                out.putNextEntry(entry);
                out.write(content.getValue());
                out.closeEntry();
            }
        }
    }
}
