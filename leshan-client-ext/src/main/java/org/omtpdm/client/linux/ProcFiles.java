package org.omtpdm.client.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Reads the small text files by which Linux tells about itself, below a folder that is {@code /}
 * outside of tests.
 */
final class ProcFiles {

    private final Path root;

    ProcFiles(Path root) {
        this.root = root;
    }

    Path path(String name) {
        return root.resolve(name);
    }

    /**
     * The text of a file such as {@code proc/42/stat}; empty when it isn't there, can't be read or
     * has just vanished.
     */
    Optional<String> text(String name) {
        return bytes(name).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** The bytes of such a file. */
    Optional<byte[]> bytes(String name) {
        try {
            return Optional.of(Files.readAllBytes(root.resolve(name)));
        } catch (IOException e) {
            // vanished (a process that has just ended), no right, or no such device: all the same
            // to a reader
            return Optional.empty();
        }
    }

    /** The first line of a file, without blanks around it; empty when there is none. */
    Optional<String> line(String name) {
        return text(name)
                .map(text -> text.lines().findFirst().orElse("").strip())
                .filter(line -> !line.isEmpty());
    }

    OptionalLong number(String name) {
        return line(name).map(ProcFiles::parse).orElse(OptionalLong.empty());
    }

    /**
     * The number behind {@code key:} or {@code key } in a file of lines such as {@code
     * proc/meminfo}.
     */
    static OptionalLong number(String text, String key) {
        for (String line : text.split("\n")) {
            if (line.startsWith(key)) {
                for (String word : line.substring(key.length()).split("[:\\s]+")) {
                    if (!word.isEmpty()) {
                        return parse(word);
                    }
                }
            }
        }
        return OptionalLong.empty();
    }

    static OptionalLong parse(String word) {
        try {
            return OptionalLong.of(Long.parseLong(word));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** Names in a folder, sorted; none when it isn't there. */
    SortedSet<String> names(String folder) {
        SortedSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(folder))) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        } catch (NoSuchFileException e) {
            return names;
        } catch (IOException | DirectoryIteratorException e) {
            return names;
        }
        return names;
    }

    /** Numbers of all processes, ascending. */
    long[] pids() throws IOException {
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(root.resolve("proc"), "[0-9]*")) {
            java.util.stream.LongStream.Builder pids = java.util.stream.LongStream.builder();
            for (Path entry : entries) {
                parse(entry.getFileName().toString()).ifPresent(pids::add);
            }
            return pids.build().sorted().toArray();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }
}
