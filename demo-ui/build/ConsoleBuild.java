import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Builds or tests the console with the machine's Node: {@code java ConsoleBuild.java build|test <module folder>}.
 * Packages are installed only when the lock file changed, the bundle is built only when one of its inputs changed;
 * both facts are kept as stamp files holding a digest.
 */
public final class ConsoleBuild {
    private static final int MAJOR = 20;
    private static final int MINOR = 19;

    private final Path module;

    private ConsoleBuild(Path module) {
        this.module = module;
    }

    public static void main(String[] arguments) throws Exception {
        var build = new ConsoleBuild(Path.of(arguments[1]).toAbsolutePath());
        String node = build.requireNode();
        build.installPackages(node);
        switch (arguments[0]) {
            case "build" -> build.bundle(node);
            case "test" -> build.run(List.of(npm(), "run", "--silent", "test"));
            default -> throw new IllegalArgumentException("build or test, not " + arguments[0]);
        }
    }

    private String requireNode() throws InterruptedException {
        String found = versionOf("node");
        String npm = versionOf(npm());
        if (found.isEmpty() || npm.isEmpty() || !newEnough(found)) {
            System.err.printf(
                    "%nThe console is built with Node %d.%d or newer and its npm; found node: %s, npm: %s.%n"
                            + "Install Node (its packages bring npm), or build without the console: mvn -Pno-console …%n%n",
                    MAJOR, MINOR, found.isEmpty() ? "none" : found, npm.isEmpty() ? "none" : npm);
            System.exit(1);
        }
        return found;
    }

    private static boolean newEnough(String version) {
        String[] parts = version.replaceFirst("^v", "").split("\\.");
        int major = Integer.parseInt(parts[0]);
        return major > MAJOR || major == MAJOR && Integer.parseInt(parts[1]) >= MINOR;
    }

    private static String versionOf(String program) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(program, "--version").redirectErrorStream(false).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0 ? text : "";
        } catch (IOException absent) {
            return "";
        }
    }

    private static String npm() {
        return System.getProperty("os.name").startsWith("Windows") ? "npm.cmd" : "npm";
    }

    private void installPackages(String node) throws Exception {
        Path stamp = module.resolve("node_modules/.installed");
        String wanted = digest(List.of("package-lock.json", ".npmrc"), node);
        if (!holds(stamp, wanted)) {
            System.out.println("Installing the console's packages (npm ci)");
            run(List.of(npm(), "ci", "--no-audit", "--no-fund", "--loglevel=error"));
            Files.writeString(stamp, wanted);
        }
    }

    private void bundle(String node) throws Exception {
        Path stamp = module.resolve("target/console.built");
        String wanted = digest(
                List.of(
                        "package-lock.json",
                        "package.json",
                        "tsconfig.json",
                        "vite.config.ts",
                        "index.html",
                        "build",
                        "public",
                        "src",
                        "test",
                        "../leshan-server-ext/src/main/resources/org/omtpdm/server/api/openapi.yaml"),
                node);
        if (holds(stamp, wanted) && Files.exists(module.resolve("target/classes/console/index.html"))) {
            return;
        }
        System.out.println("Building the console");
        run(List.of(npm(), "run", "--silent", "build"));
        Files.createDirectories(stamp.getParent());
        Files.writeString(stamp, wanted);
    }

    private static boolean holds(Path stamp, String wanted) throws IOException {
        return Files.exists(stamp) && Files.readString(stamp).equals(wanted);
    }

    private void run(List<String> command) throws Exception {
        var builder = new ProcessBuilder(command).directory(module.toFile()).inheritIO();
        builder.environment().put("CI", "true");
        int code = builder.start().waitFor();
        if (code != 0) {
            System.err.printf("%s ended with code %d in %s%n", String.join(" ", command), code, module.getFileName());
            System.exit(code);
        }
    }

    private String digest(List<String> inputs, String node) throws NoSuchAlgorithmException, IOException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(node.getBytes(StandardCharsets.UTF_8));
        for (String input : inputs) {
            for (Path file : filesOf(module.resolve(input))) {
                if (file.endsWith("schema.d.ts")) {
                    continue; // made from openapi.yaml, which is an input itself
                }
                digest.update(module.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static List<Path> filesOf(Path input) throws IOException {
        if (!Files.exists(input)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(input)) {
            return new ArrayList<>(files.filter(Files::isRegularFile).sorted().toList());
        } catch (UncheckedIOException walked) {
            throw walked.getCause();
        }
    }
}
