package serpentarium.traffic.engine.trust;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;
import serpentarium.task.Tasks;

/// A Python interpreter and what it says of itself.
///
/// @param program   what was run
/// @param version   such as `3.13.0`
/// @param ssl       the library behind its `ssl` module, or empty where it has none
/// @param fault     why it has no `ssl`, where it has none
/// @param strict    whether its default checks are the strict ones (from 3.13 on)
/// @param roots     the file of roots that it believes when nothing is set: certifi's where it has it, else what `ssl` says
/// @param libraries versions of the libraries that it has, by name; `?` where it does not tell
public record Interpreter(Path program, String version, Optional<String> ssl, String fault, boolean strict, Optional<Path> roots, Map<String, String> libraries) {
    private static final Strings STRINGS = Strings.of(Interpreter.class);
    private static final String SCRIPT = "check.py";
    private static final String MARK = "serpentarium-check:";
    private static final String LIBRARY = "library.";
    private static final int MOST_FACTS = 50;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    public Interpreter {
        libraries = Map.copyOf(libraries);
    }

    /// Runs an interpreter and asks it.
    ///
    /// @param folder where it runs: Python imports what lies there, so it holds nothing but our own
    /// @param tasks  runs beside the caller
    /// @throws ProblemException when it does not start, is no Python, or does not end in time
    public static Interpreter ask(Path program, Path folder, Tasks tasks, TaskContext context) throws IOException, InterruptedException {
        BoundedRun run = BoundedRun.of(tasks, List.of(program.toString(), "-c", script(), "facts"), folder, Map.of(), LIMIT, context);
        if (run.expired()) throw problem("interpreter.silent", program, Long.toString(LIMIT.toSeconds()));
        Map<String, String> said = answer(run.lines()).orElseThrow(() -> problem("interpreter.none", program, last(run.lines())));
        var libraries = new LinkedHashMap<String, String>();
        said.forEach((name, value) -> {
            if (name.startsWith(LIBRARY) && !value.isEmpty()) libraries.put(name.substring(LIBRARY.length()), value);
        });
        Optional<Path> roots = path(said.get("certifi")).or(() -> path(said.get("cafile")));
        String fault = said.getOrDefault("no-ssl", said.getOrDefault("ssl-fault", ""));
        return new Interpreter(program, said.getOrDefault("version", ""), text(said.get("ssl")), fault, "yes".equals(said.get("strict")), roots, libraries);
    }

    private static ProblemException problem(String id, Path program, String what) {
        return new ProblemException(Problem.of(STRINGS, id, Place.of(program.toString()), what));
    }

    private static Optional<String> text(String value) {
        return Optional.ofNullable(value).filter(each -> !each.isEmpty());
    }

    private static Optional<Path> path(String value) {
        try {
            return text(value).map(Path::of).filter(Path::isAbsolute);
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    /// The last line that is not empty, cut for a person.
    static String last(List<String> lines) {
        String line = lines.stream().filter(each -> !each.isBlank()).reduce("", (_, next) -> next).strip();
        return line.length() > 300 ? line.substring(0, 300) + "…" : line;
    }

    /// The text that interpreters run.
    static String script() throws IOException {
        try (InputStream in = Interpreter.class.getResourceAsStream(SCRIPT)) {
            if (in == null) throw new IOException(SCRIPT);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// What the script answered among what else was written; empty when there is no answer, or it is none of the script's.
    static Optional<Map<String, String>> answer(List<String> lines) {
        return lines.reversed().stream().filter(line -> line.startsWith(MARK)).findFirst().flatMap(line -> flat(line.substring(MARK.length())));
    }

    private static Optional<Map<String, String>> flat(String json) {
        var values = new LinkedHashMap<String, String>();
        try (JsonParser parser = JsonFactory.builder().build().createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) return Optional.empty();
            while (parser.nextToken() == JsonToken.FIELD_NAME && values.size() < MOST_FACTS) {
                String name = parser.currentName();
                if (parser.nextToken() != JsonToken.VALUE_STRING) return Optional.empty();
                values.put(name, parser.getText());
            }
            return parser.currentToken() == JsonToken.END_OBJECT ? Optional.of(values) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
