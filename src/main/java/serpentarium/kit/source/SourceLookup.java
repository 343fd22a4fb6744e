package serpentarium.kit.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import serpentarium.task.TaskContext;

/// Finds and reads the source files that a profile or a log names. The names come from a file of strangers: only regular files are opened, no
/// network share is, and sizes are bounded. A text that came with the file is what ran, and goes before any other.
///
/// @param namer   the file that names them, or null; relative paths are tried from its folder
/// @param map     pairs of a folder (or file) as it is named and where it is here, in turn
/// @param carried texts that came with the file, by name
public record SourceLookup(Path namer, List<String> map, Map<String, String> carried) {
    /// The largest file that is read, in bytes.
    public static final int LARGEST = 5 << 20;
    /// The key in the settings under which [#map()] is remembered, for all that name sources.
    public static final String MAP = "profile.source.map";
    /// In milliseconds.
    private static final long TOGETHER = 5_000;
    private static final int LONGEST_LINE = 2000;
    private static final int MOST_PAIRS = 50;
    /// PEP 263.
    private static final Pattern CODING = Pattern.compile("^[ \\t\\f]*#.*?coding[:=][ \\t]*([-_.a-zA-Z0-9]{1,40})");

    public SourceLookup {
        map = List.copyOf(map);
        carried = Map.copyOf(carried);
    }

    /// For a file that carries no texts.
    public SourceLookup(Path namer, List<String> map) {
        this(namer, map, Map.of());
    }

    /// Looks for a file and reads it.
    ///
    /// @param file as it is named, or null
    /// @throws IOException when it is there and cannot be read
    public SourceText read(String file, TaskContext context) throws IOException {
        String embedded = file == null ? null : carried.get(file);
        if (embedded != null) {
            String text = tidied(embedded);
            return new SourceText.Found(null, text, spans(file, text), false);
        }
        if (file == null || file.isBlank() || file.startsWith("<") || file.equals("~")) return new SourceText.None();
        Path path = find(file);
        if (path == null) return remote(file) ? new SourceText.Remote() : new SourceText.Missing();
        context.checkpoint();
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(LARGEST + 1);
        }
        if (bytes.length > LARGEST) return new SourceText.TooLarge(path, Files.size(path));
        context.checkpoint();
        String text = tidied(new String(bytes, charset(bytes)));
        if (text.indexOf('\0') >= 0) return new SourceText.NotText(path);
        return new SourceText.Found(path, text, spans(path.getFileName().toString(), text), newer(path));
    }

    private static HighlightSpans spans(String file, String text) {
        String name = file.toLowerCase(Locale.ROOT);
        boolean python = name.endsWith(".py") || name.endsWith(".pyw") || name.endsWith(".pyi") || name.endsWith(".pyx");
        return python ? PythonHighlighter.highlight(text) : HighlightSpans.NONE;
    }

    /// The file here, or null.
    public Path find(String file) {
        for (int i = 0; i + 1 < map.size(); i += 2) {
            String from = map.get(i);
            Path mapped = null;
            if (file.equals(from)) mapped = path(map.get(i + 1));
            else if (file.startsWith(from) && (separator(file.charAt(from.length())) || separator(from.charAt(from.length() - 1))))
                mapped = under(map.get(i + 1), file.substring(from.length()));
            if (mapped != null && Files.isRegularFile(mapped)) return mapped;
        }
        if (remote(file)) return null;
        Path plain = path(file);
        if (plain == null) return null;
        if (!plain.isAbsolute()) {
            if (namer == null || namer.toAbsolutePath().getParent() == null) return null;
            plain = namer.toAbsolutePath().getParent().resolve(plain);
        }
        return Files.isRegularFile(plain) ? plain : null;
    }

    private static Path under(String folder, String rest) {
        Path at = path(folder);
        for (String part : rest.split("[/\\\\]")) {
            if (at == null || part.equals("..")) return null;
            Path next = part.isEmpty() ? null : path(part);
            if (next != null) at = at.resolve(next);
        }
        return at;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException _) {
            return null;
        }
    }

    private static boolean separator(char c) {
        return c == '/' || c == '\\';
    }

    /// `\\server\share\…`: to look whether it exists would send the person's name to that server.
    private static boolean remote(String file) {
        return file.length() > 1 && separator(file.charAt(0)) && separator(file.charAt(1));
    }

    /// Files that were unpacked or checked out together differ by less than [#TOGETHER] either way.
    private boolean newer(Path path) throws IOException {
        return namer != null && Files.exists(namer)
                && Files.getLastModifiedTime(path).toMillis() > Files.getLastModifiedTime(namer).toMillis() + TOGETHER;
    }

    /// The same lookup that finds `file` at `chosen`: what their ends have in common is taken off, and the folders that remain are paired,
    /// so that the neighbours are found too. The newest of at most 50 pairs comes first.
    public SourceLookup with(String file, Path chosen) {
        List<String> there = new ArrayList<>(List.of(file.split("(?<=[/\\\\])")));
        Path here = chosen.toAbsolutePath();
        int common = 0;
        while (there.size() > 1 && here.getParent() != null && here.getFileName() != null
                && name(there.getLast()).equals(here.getFileName().toString())) {
            there.removeLast();
            here = here.getParent();
            common++;
        }
        String from = String.join("", there);
        while (common > 0 && from.length() > 1 && separator(from.charAt(from.length() - 1))) from = from.substring(0, from.length() - 1);
        var pairs = new ArrayList<>(List.of(common == 0 ? file : from, here.toString()));
        for (int i = 0; i + 1 < map.size() && pairs.size() < 2 * MOST_PAIRS; i += 2)
            if (!map.get(i).equals(pairs.getFirst())) pairs.addAll(map.subList(i, i + 2));
        return new SourceLookup(namer, pairs, carried);
    }

    private static String name(String part) {
        return separator(part.charAt(part.length() - 1)) ? part.substring(0, part.length() - 1) : part;
    }

    private static Charset charset(byte[] bytes) {
        int line = 0;
        int start = 0;
        for (int i = 0; i < bytes.length && i < 2000 && line < 2; i++) {
            if (bytes[i] != '\n') continue;
            Matcher found = CODING.matcher(new String(bytes, start, i - start, StandardCharsets.ISO_8859_1));
            if (found.find()) return charset(found.group(1));
            start = i + 1;
            line++;
        }
        return StandardCharsets.UTF_8;
    }

    private static Charset charset(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
        // What Python calls latin-1 or utf-8-sig, Java does not know by that name.
        if (plain.startsWith("utf-8")) return StandardCharsets.UTF_8;
        if (plain.startsWith("latin-1") || plain.startsWith("iso-latin-1")) return StandardCharsets.ISO_8859_1;
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException _) {
            return StandardCharsets.UTF_8;
        }
    }

    private static String tidied(String text) {
        String plain = (text.startsWith("\uFEFF") ? text.substring(1) : text).replace("\r\n", "\n").replace('\r', '\n').replace("\f", "");
        var out = new StringBuilder(plain.length());
        for (int at = 0; at < plain.length(); ) {
            int end = plain.indexOf('\n', at);
            if (end < 0) end = plain.length();
            if (end - at > LONGEST_LINE) out.append(plain, at, at + LONGEST_LINE).append('…');
            else out.append(plain, at, end);
            if (end < plain.length()) out.append('\n');
            at = end + 1;
        }
        return out.toString();
    }
}
