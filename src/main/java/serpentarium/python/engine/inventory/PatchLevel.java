package serpentarium.python.engine.inventory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The whole version of an interpreter, told from its files.
final class PatchLevel {
    private static final Pattern VERSION = Pattern.compile("(?m)^\\s*#\\s*define\\s+PY_VERSION\\s+\"([^\"\\s]{1,40})\"");
    private static final int LARGEST = 64 << 10;

    private PatchLevel() {}

    /// What `patchlevel.h` says, such as `3.12.1` or `3.15.0b2`.
    static Optional<String> of(Path header) {
        return first(text(header), VERSION);
    }

    /// The first two numbers of it.
    static Optional<String> series(Path header) {
        return of(header).flatMap(each -> first(each, Pattern.compile("(\\d+\\.\\d+)")));
    }

    private static Optional<String> first(String text, Pattern pattern) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /// The beginning of a text file; empty where it cannot be read.
    static String text(Path file) {
        if (!Files.isRegularFile(file)) return "";
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
        } catch (IOException _) {
            return "";
        }
    }

    /// The version of a CPython or its like: of its headers, else of conda's record of it, else as it stands in its library or program; the
    /// series alone where nothing tells more.
    ///
    /// @param include  the folder of its headers, where there is one
    /// @param binaries where the version may stand as text, the most likely first
    static String version(Layout layout, Optional<Path> include, List<Path> binaries) {
        return include.flatMap(folder -> of(folder.resolve("patchlevel.h"))).filter(each -> each.startsWith(layout.series()))
                .or(() -> conda(layout)).or(() -> binaries.stream().flatMap(each -> inside(each, layout.series()).stream()).findFirst()).orElse(layout.series());
    }

    private static Optional<String> conda(Layout layout) {
        Pattern name = Pattern.compile("python-(" + Pattern.quote(layout.series()) + "\\.\\d+[0-9a-z]*)-.*\\.json");
        return Layout.entries(layout.prefix().resolve("conda-meta")).stream().flatMap(each -> {
            Matcher matcher = name.matcher(each.getFileName().toString());
            return matcher.matches() ? Stream.of(matcher.group(1)) : Stream.empty();
        }).findFirst();
    }

    private static Optional<String> inside(Path binary, String series) {
        if (!Files.isRegularFile(binary)) return Optional.empty();
        return BinaryText.find(binary, series + ".", Pattern.compile("(" + Pattern.quote(series) + "\\.\\d{1,3}(?:(?:a|b|rc)\\d{1,2})?)\\+?\0"));
    }
}
