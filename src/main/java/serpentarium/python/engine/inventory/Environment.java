package serpentarium.python.engine.inventory;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a virtual environment's `pyvenv.cfg` says.
///
/// @param prefix         its folder
/// @param home           the folder of the interpreter that it was made from
/// @param version        of that interpreter then
/// @param base           that interpreter, where it still exists
/// @param systemPackages whether that interpreter's packages are seen too
/// @param madeBy         `venv`, `virtualenv` or `uv`
public record Environment(Path prefix, Optional<Path> home, Optional<String> version, Optional<Path> base, boolean systemPackages, String madeBy) {
    /// Reads it, or answers empty where the folder is no virtual environment.
    public static Optional<Environment> of(Path prefix) {
        Path file = prefix.resolve("pyvenv.cfg");
        if (!Files.isRegularFile(file)) return Optional.empty();
        Map<String, String> values = values(PatchLevel.text(file));
        Optional<Path> home = path(values.get("home"));
        Optional<String> version = Optional.ofNullable(values.get("version")).or(() -> Optional.ofNullable(values.get("version_info")))
                .map(each -> each.replaceFirst("^(\\d+\\.\\d+\\.\\d+).*", "$1")).filter(each -> each.matches("\\d+(?:\\.\\d+)+\\w*"));
        String maker = values.containsKey("uv") ? "uv" : values.containsKey("virtualenv") ? "virtualenv" : "venv";
        return Optional.of(new Environment(prefix, home, version, base(home, version, values), "true".equals(values.getOrDefault("include-system-site-packages", "")
                .toLowerCase(Locale.ROOT)), maker));
    }

    /// Whether the Python that it was made from is gone, so that it does not start.
    public boolean orphan() {
        return base.isEmpty();
    }

    private static Optional<Path> base(Optional<Path> home, Optional<String> version, Map<String, String> values) {
        Optional<Path> named = path(values.get("base-executable")).filter(Files::isExecutable);
        if (named.isPresent() || home.isEmpty()) return named;
        String series = version.map(each -> each.replaceFirst("^(\\d+\\.\\d+).*", "$1")).orElse("");
        return List.of("python" + series, "python3", "python", "pypy3", "pypy", "python.exe").stream().map(home.get()::resolve).filter(Files::isExecutable).findFirst();
    }

    private static Map<String, String> values(String text) {
        var values = new HashMap<String, String>();
        text.lines().forEach(line -> {
            int at = line.indexOf('=');
            if (at > 0) values.putIfAbsent(line.substring(0, at).strip().toLowerCase(Locale.ROOT), line.substring(at + 1).strip());
        });
        return values;
    }

    private static Optional<Path> path(String value) {
        try {
            return Optional.ofNullable(value).filter(each -> !each.isEmpty()).map(Path::of).filter(Path::isAbsolute);
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }
}
