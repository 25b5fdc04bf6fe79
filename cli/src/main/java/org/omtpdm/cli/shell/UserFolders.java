package org.omtpdm.cli.shell;

import java.nio.file.Path;
import java.util.Map;

/** Where a user's data live by default. */
public final class UserFolders {

    private UserFolders() {}

    /** {@code dm-demo} in the user's data home. */
    public static Path demo() {
        return dataHome(System.getenv(), System.getProperty("user.home")).resolve("dm-demo");
    }

    /** {@code dm-server} in the user's data home. */
    public static Path server() {
        return dataHome(System.getenv(), System.getProperty("user.home")).resolve("dm-server");
    }

    /** {@code dm-agent} in the user's data home. */
    public static Path agent() {
        return dataHome(System.getenv(), System.getProperty("user.home")).resolve("dm-agent");
    }

    /** {@code dm-simulate} in the user's data home. */
    public static Path simulate() {
        return dataHome(System.getenv(), System.getProperty("user.home")).resolve("dm-simulate");
    }

    /** {@code $XDG_DATA_HOME} where it is an absolute path, else {@code ~/.local/share}. */
    static Path dataHome(Map<String, String> environment, String userHome) {
        String wanted = environment.getOrDefault("XDG_DATA_HOME", "");
        return wanted.startsWith("/") ? Path.of(wanted) : Path.of(userHome, ".local", "share");
    }
}
