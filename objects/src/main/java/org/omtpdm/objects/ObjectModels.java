package org.omtpdm.objects;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.leshan.core.model.InvalidDDFFileException;
import org.eclipse.leshan.core.model.InvalidModelException;
import org.eclipse.leshan.core.model.ObjectLoader;
import org.eclipse.leshan.core.model.ObjectModel;

/** The object models both sides work with. */
public final class ObjectModels {

    private static final String FOLDER = "/org/omtpdm/models/";

    private ObjectModels() {}

    /**
     * One model per object, without descriptions: those we define, and for the others the newest
     * that Leshan has. This is what our agent offers; it is fast and reads no XML.
     */
    public static List<ObjectModel> current() {
        return CompactModels.read();
    }

    static List<ObjectModel> currentFromXml() {
        Map<Integer, ObjectModel> models = new HashMap<>();
        ObjectLoader.loadDefault().forEach(model -> models.put(model.id, model));
        ours().forEach(model -> models.put(model.id, model));
        return List.copyOf(models.values());
    }

    /**
     * Every version we know of every object, with descriptions, so that a server can read what
     * older devices register.
     */
    public static List<ObjectModel> everyVersion() {
        List<ObjectModel> models = new ArrayList<>(ObjectLoader.loadAllDefault());
        models.addAll(ours());
        return List.copyOf(models);
    }

    /** The models defined in {@code models}, with descriptions. */
    public static List<ObjectModel> ours() {
        List<ObjectModel> models = new ArrayList<>();
        for (String file : ObjectIds.modelFiles()) {
            try (InputStream in = ObjectModels.class.getResourceAsStream(FOLDER + file)) {
                models.addAll(ObjectLoader.loadDdfFile(in, file, false));
            } catch (IOException | InvalidModelException | InvalidDDFFileException e) {
                throw new IllegalStateException(
                        "Load the object model " + file + " of this build", e);
            }
        }
        return List.copyOf(models);
    }
}
