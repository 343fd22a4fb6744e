package serpentarium.python.engine.inventory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;

/// What an interpreter's build wrote down of itself: the dictionary `build_time_vars` in `_sysconfigdata*.py` of its library, read as data.
///
/// @param file      where it stands
/// @param variables by name; numbers as they are written
public record SysconfigData(Path file, Map<String, String> variables) {
    private static final Strings STRINGS = Strings.of(SysconfigData.class);
    private static final Pattern NAME = Pattern.compile("_sysconfigdata\\w*(?:-[\\w-]*)?\\.py");
    private static final int LARGEST = 4 << 20;

    public SysconfigData {
        variables = Map.copyOf(variables);
    }

    /// The data of an interpreter's library folder (`lib/python3.12`), or empty where it has none.
    ///
    /// @throws ProblemException when the file is there and is something else
    public static Optional<SysconfigData> of(Path library) throws IOException {
        Optional<Path> file = file(library);
        return file.isEmpty() ? Optional.empty() : Optional.of(read(file.get()));
    }

    /// Debian has two, of which the older name holds less; a debug build beside an ordinary one has a `d` in its name and comes after it.
    private static Optional<Path> file(Path library) throws IOException {
        if (!Files.isDirectory(library)) return Optional.empty();
        try (Stream<Path> files = Files.list(library)) {
            List<Path> found = files.filter(each -> NAME.matcher(each.getFileName().toString()).matches()).filter(Files::isRegularFile).sorted().toList();
            return found.stream().filter(each -> each.getFileName().toString().contains("linux_")).findFirst().or(() -> found.stream().findFirst());
        }
    }

    /// One file of it.
    ///
    /// @throws ProblemException when it is something else
    public static SysconfigData read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST + 1);
        }
        if (bytes.length > LARGEST) throw new ProblemException(Problem.of(STRINGS, "sysconfig.large", Place.of(file.toString()), LARGEST));
        return new SysconfigData(file, PythonLiteral.dictionary(file.toString(), new String(bytes, StandardCharsets.UTF_8), "build_time_vars"));
    }

    /// A variable that is there and not empty.
    public Optional<String> get(String name) {
        return Optional.ofNullable(variables.get(name)).filter(each -> !each.isBlank());
    }

    /// Whether a variable is there and neither empty nor 0.
    public boolean flag(String name) {
        return get(name).filter(each -> !each.equals("0")).isPresent();
    }

    /// A variable that names an absolute folder or file.
    public Optional<Path> path(String name) {
        try {
            return get(name).map(Path::of).filter(Path::isAbsolute).map(Path::normalize);
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    /// The words of a variable that is a list.
    public List<String> words(String name) {
        return get(name).stream().flatMap(each -> Stream.of(each.strip().split("\\s+"))).filter(each -> !each.isEmpty()).toList();
    }
}
