package org.omtpdm.server.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import org.omtpdm.server.security.Secrets;

/**
 * Files of a folder of the class path, such as the console's. Read once, kept in memory, also
 * compressed: there are as many as the jar holds. Thread-safe.
 */
final class StaticFiles {

    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("html", "text/html; charset=utf-8"),
                    Map.entry("js", "text/javascript; charset=utf-8"),
                    Map.entry("css", "text/css; charset=utf-8"),
                    Map.entry("json", "application/json"),
                    Map.entry("yaml", "application/yaml"),
                    Map.entry("svg", "image/svg+xml"),
                    Map.entry("png", "image/png"),
                    Map.entry("ico", "image/x-icon"),
                    Map.entry("woff2", "font/woff2"),
                    Map.entry("woff", "font/woff"),
                    Map.entry("txt", "text/plain; charset=utf-8"),
                    Map.entry("webmanifest", "application/manifest+json"));

    private final ClassLoader loader = StaticFiles.class.getClassLoader();
    private final Map<String, File> known = new ConcurrentHashMap<>();
    private final String folder;

    /**
     * @param folder for example {@code console}
     */
    StaticFiles(String folder) {
        this.folder = folder;
    }

    private record File(byte[] plain, Optional<byte[]> gzip, String type, String etag) {}

    /**
     * The answer with a file.
     *
     * @param path relative to the folder; what isn't a plain relative file name is not found
     * @param cacheControl what browsers may keep
     */
    Optional<Response> file(String path, String cacheControl, Request request) {
        return find(path).map(file -> answer(file, cacheControl, request));
    }

    private Optional<File> find(String path) {
        var extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (!path.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
                || !TYPES.containsKey(extension)) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                known.computeIfAbsent(path, name -> read(name, TYPES.get(extension))));
    }

    private File read(String path, String type) {
        try (var in = loader.getResourceAsStream(folder + "/" + path)) {
            if (in == null) {
                return null;
            }
            var plain = in.readAllBytes();
            var gzip = gzip(plain);
            var tag = Secrets.hash(java.util.HexFormat.of().formatHex(plain)).substring(0, 24);
            return new File(
                    plain,
                    gzip.length < plain.length * 9 / 10 ? Optional.of(gzip) : Optional.empty(),
                    type,
                    tag);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        var compressed = new ByteArrayOutputStream(plain.length / 2 + 64);
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(plain);
        }
        return compressed.toByteArray();
    }

    private static Response answer(File file, String cacheControl, Request request) {
        var compressed =
                file.gzip()
                        .filter(
                                unused ->
                                        request.header("Accept-Encoding")
                                                .orElse("")
                                                .contains("gzip"));
        var etag = "\"" + file.etag() + (compressed.isPresent() ? "-gzip" : "") + "\"";
        var headers =
                new java.util.LinkedHashMap<>(
                        Map.of(
                                "ETag",
                                etag,
                                "Cache-Control",
                                cacheControl,
                                "Vary",
                                "Accept-Encoding"));
        if (request.header("If-None-Match").filter(etag::equals).isPresent()) {
            return new Response(304, headers, new Response.Nothing());
        }
        compressed.ifPresent(unused -> headers.put("Content-Encoding", "gzip"));
        return new Response(
                200, headers, new Response.Content(compressed.orElse(file.plain()), file.type()));
    }
}
