package serpentarium.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A source file, with what is comment and what is text told apart.
///
/// @param path  relative to the project
/// @param raw   the file as it is
/// @param bare  the same length, comments blanked
/// @param code  the same length, comments and the insides of string and character literals blanked
record JavaSource(Path path, String raw, String bare, String code) {
    static final Path MAIN = Path.of("src/main/java");
    static final Path TEST = Path.of("src/test/java");

    /// All sources under a folder, in the order of their names.
    static List<JavaSource> under(Path folder) {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().map(file -> of(file, read(file))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Splits a text into code, comments and literals.
    static JavaSource of(Path path, String raw) {
        var bare = new StringBuilder(raw);
        var code = new StringBuilder(raw);
        for (int i = 0; i < raw.length(); ) {
            int end;
            if (raw.startsWith("//", i)) {
                end = to(raw, "\n", i, 0);
                blank(bare, i, end);
                blank(code, i, end);
            } else if (raw.startsWith("/*", i)) {
                end = to(raw, "*/", i + 2, 2);
                blank(bare, i, end);
                blank(code, i, end);
            } else if (raw.startsWith("\"\"\"", i)) {
                end = literal(raw, "\"\"\"", i);
                blank(code, i + 3, end - 3);
            } else if (raw.charAt(i) == '"' || raw.charAt(i) == '\'') {
                end = literal(raw, raw.substring(i, i + 1), i);
                blank(code, i + 1, end - 1);
            } else end = i + 1;
            i = end;
        }
        return new JavaSource(path, raw, bare.toString(), code.toString());
    }

    private static int to(String raw, String stop, int from, int past) {
        int at = raw.indexOf(stop, from);
        return at < 0 ? raw.length() : at + past;
    }

    private static int literal(String raw, String quote, int start) {
        int i = start + quote.length();
        while (i < raw.length() && !raw.startsWith(quote, i)) i += raw.charAt(i) == '\\' ? 2 : 1;
        return Math.min(raw.length(), i + quote.length());
    }

    private static void blank(StringBuilder text, int from, int to) {
        for (int i = from; i < to; i++) if (text.charAt(i) != '\n') text.setCharAt(i, ' ');
    }

    /// `FILE:LINE`, as terminals and editors link it.
    String at(int offset) {
        return path + ":" + (raw.substring(0, offset).chars().filter(c -> c == '\n').count() + 1);
    }

    /// The package that the folders say, below `src/main/java` or `src/test/java`.
    String packageName() {
        return path.getParent().toString().replace('\\', '/').replaceFirst("^.*src/(main|test)/java/?", "").replace('/', '.');
    }

    /// The file's name without `.java`.
    String typeName() {
        return path.getFileName().toString().replace(".java", "");
    }

    boolean test() {
        return path.startsWith(TEST);
    }

    /// Whether it belongs to a package or to one below it.
    boolean inside(String... packages) {
        String own = packageName() + ".";
        return Stream.of(packages).anyMatch(each -> own.startsWith(each + "."));
    }
}
