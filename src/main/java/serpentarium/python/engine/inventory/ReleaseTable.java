package serpentarium.python.engine.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;

/// The lives of Python's versions, from a table that came with this program.
///
/// @param asOf     the day on which the table was right
/// @param releases by series
public record ReleaseTable(LocalDate asOf, Map<String, Release> releases) {
    private static final Strings STRINGS = Strings.of(ReleaseTable.class);
    private static final int LARGEST = 1 << 20;

    public ReleaseTable {
        releases = Map.copyOf(releases);
    }

    /// The table among this program's assets; where it cannot be read, one that knows of no version.
    ///
    /// @param warnings is told why it cannot be read
    public static ReleaseTable standard(Consumer<Problem> warnings) {
        return readable(Path.of(System.getProperty("serpentarium.assets", "assets")).resolve("python").resolve("releases.txt"), warnings);
    }

    static ReleaseTable readable(Path file, Consumer<Problem> warnings) {
        try {
            return read(file);
        } catch (ProblemException e) {
            warnings.accept(e.problem());
        } catch (IOException e) {
            warnings.accept(Problem.of(STRINGS, "releases.unreadable", Place.of(file.toAbsolutePath().toString())));
        }
        return new ReleaseTable(LocalDate.MIN, Map.of());
    }

    /// Reads a table: comments after `#`, a line `as-of DATE`, and lines of series, first release, end of fixes and end of life.
    ///
    /// @throws ProblemException when a line is something else
    public static ReleaseTable read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) throw new ProblemException(Problem.of(STRINGS, "releases.line", Place.of(file.toString())));
        LocalDate asOf = LocalDate.MIN;
        var releases = new LinkedHashMap<String, Release>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            String[] words = line.replaceFirst("#.*", "").strip().split("\\s+");
            if (words.length == 1 && words[0].isEmpty()) continue;
            try {
                if (words.length == 2 && words[0].equals("as-of")) {
                    asOf = LocalDate.parse(words[1]);
                } else {
                    if (words.length != 4) throw new DateTimeException(line);
                    Optional<LocalDate> fixes = words[2].equals("-") ? Optional.empty() : Optional.of(day(words[2]));
                    releases.put(words[0], new Release(words[0], day(words[1]), fixes, day(words[3])));
                }
            } catch (DateTimeException e) {
                throw new ProblemException(Problem.of(STRINGS, "releases.line", Place.line(file.toString(), number)).causedBy(e));
            }
        }
        return new ReleaseTable(asOf, releases);
    }

    private static LocalDate day(String text) {
        return text.length() == 7 ? YearMonth.parse(text).atEndOfMonth() : LocalDate.parse(text);
    }

    /// The life of a CPython's version such as `3.12.1`; empty for other implementations and for what the table does not know.
    public Optional<Release> of(String implementation, String version) {
        String[] parts = version.split("\\.");
        if (!implementation.equals("cpython") || parts.length < 2) return Optional.empty();
        return Optional.ofNullable(releases.get(parts[0] + "." + parts[1].replaceFirst("\\D.*", "")));
    }
}
