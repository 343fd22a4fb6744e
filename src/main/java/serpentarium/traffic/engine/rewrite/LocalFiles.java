package serpentarium.traffic.engine.rewrite;

import java.io.IOException;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// Answers with files of this machine. What a client writes in a URL is never trusted as a path: it is looked up below the folder, part by part, and
/// what it leads to must lie there in truth.
public final class LocalFiles {
    private static final String INDEX = "index.html";
    private static final Map<String, String> TYPES = Map.ofEntries(Map.entry("html", "text/html; charset=utf-8"), Map.entry("htm", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"), Map.entry("mjs", "text/javascript; charset=utf-8"), Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"), Map.entry("map", "application/json"), Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("csv", "text/csv; charset=utf-8"), Map.entry("xml", "application/xml"), Map.entry("svg", "image/svg+xml"), Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"), Map.entry("jpeg", "image/jpeg"), Map.entry("gif", "image/gif"), Map.entry("webp", "image/webp"),
            Map.entry("ico", "image/x-icon"), Map.entry("woff", "font/woff"), Map.entry("woff2", "font/woff2"), Map.entry("wasm", "application/wasm"),
            Map.entry("pdf", "application/pdf"), Map.entry("gz", "application/gzip"), Map.entry("zip", "application/zip"));

    private LocalFiles() {}

    /// The file at a path, or what the path of a URL names below it where it is a folder.
    ///
    /// @param place file or folder of this machine
    /// @param path  path and query of the request
    public static ReadyAnswer answer(String place, String path) {
        try {
            Path root = Path.of(place).toRealPath();
            Path file = Files.isDirectory(root) ? below(root, path) : root;
            if (file == null || !Files.isRegularFile(file)) return ReadyAnswer.notFound("answer.no-file");
            if (!Files.isReadable(file)) return ReadyAnswer.notFound("answer.no-file");
            return ReadyAnswer.of(200, type(file), new ReadyAnswer.Body(Files.size(file), () -> Files.newInputStream(file)));
        } catch (IOException | InvalidPathException e) {
            return ReadyAnswer.notFound("answer.no-file");
        }
    }

    /// What a URL's path names; null where that is nothing or lies elsewhere.
    private static Path below(Path root, String path) throws IOException {
        int end = 0;
        while (end < path.length() && path.charAt(end) != '?' && path.charAt(end) != '#') end++;
        Path at = root;
        for (String part : path.substring(0, end).split("/")) {
            String name = decoded(part);
            if (name == null) return null;
            if (name.isEmpty() || name.equals(".")) continue;
            if (name.equals("..") || name.indexOf('/') >= 0 || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0 || name.indexOf(':') >= 0) return null;
            at = at.resolve(name);
        }
        if (!at.normalize().startsWith(root) || !Files.exists(at)) return null;
        if (Files.isDirectory(at)) at = at.resolve(INDEX);
        Path real = at.toRealPath();
        return real.startsWith(root) ? real : null;
    }

    /// Percent signs undone; null where they say nothing.
    private static String decoded(String part) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c != '%') {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            int high = i + 2 < part.length() ? Character.digit(part.charAt(i + 1), 16) : -1;
            int low = i + 2 < part.length() ? Character.digit(part.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) return null;
            bytes.write(high << 4 | low);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static String type(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String known = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (known != null) return known;
        String guess = URLConnection.guessContentTypeFromName(name);
        return guess == null ? "application/octet-stream" : guess;
    }
}
