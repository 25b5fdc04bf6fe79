package org.omtpdm.objects;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;

/**
 * Ids of the objects we use. Those of our own objects follow from one number, the object base,
 * which the build of {@code models} sets ({@code omtp.object.base}).
 */
public final class ObjectIds {

    public static final int SECURITY = 0;
    public static final int SERVER = 1;
    public static final int ACCESS_CONTROL = 2;
    public static final int DEVICE = 3;
    public static final int CONNECTIVITY_MONITORING = 4;
    public static final int FIRMWARE = 5;
    public static final int LOCATION = 6;
    public static final int CONNECTIVITY_STATISTICS = 7;
    public static final int LOCK_WIPE = 8;
    public static final int SOFTWARE = 9;
    public static final int SOFTWARE_COMPONENT = 14;
    public static final int CAPABILITY = 15;
    public static final int EVENT_LOG = 20;
    public static final int OSCORE = 21;

    private static final Properties INDEX = readIndex();

    /** First id of our own objects. */
    public static final int BASE = Integer.parseInt(INDEX.getProperty("object.base"));

    public static final int PROCESS = BASE;
    public static final int FILE = BASE + 1;
    public static final int POLICY = BASE + 2;
    public static final int MALWARE = BASE + 3;
    public static final int CHECKPOINT = BASE + 4;

    private static final int FIRST_TEST_ID = 42769;
    private static final int LAST_TEST_ID = 42800;

    private ObjectIds() {}

    /**
     * Whether our objects carry ids of the range 42769 to 42800, which the registry keeps for tests
     * only: programs then warn at their start.
     */
    public static boolean isTestRange() {
        return BASE >= FIRST_TEST_ID && BASE <= LAST_TEST_ID;
    }

    /** Names of the object definitions beside the index. */
    static List<String> modelFiles() {
        return List.of(INDEX.getProperty("object.files").split(","));
    }

    private static Properties readIndex() {
        String name = "/org/omtpdm/models/index.properties";
        try (InputStream in = ObjectIds.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "Read the object base: " + name + " is not on the class path");
            }
            Properties index = new Properties();
            index.load(in);
            return index;
        } catch (IOException e) {
            throw new UncheckedIOException("Read the object base from " + name, e);
        }
    }
}
