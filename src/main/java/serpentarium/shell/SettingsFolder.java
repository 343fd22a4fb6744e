package serpentarium.shell;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// Where the program keeps its settings, by the platform's custom.
public final class SettingsFolder {
    /// The system property that names another folder.
    public static final String PROPERTY = "serpentarium.settings";

    private static final String NAME = "serpentarium";
    private static final String TITLE = "Serpentarium";

    private SettingsFolder() {}

    /// The folder for the person who runs this program. It need not exist.
    public static Path ofPlatform() {
        return of(System.getenv(), System.getProperty("os.name", ""), Path.of(System.getProperty("user.home", ".")), System.getProperty(PROPERTY));
    }

    /// The folder by the rules of the XDG base directory specification, of Windows or of macOS.
    ///
    /// @param environment the environment variables
    /// @param system      the operating system's name as Java gives it
    /// @param home        the person's home folder
    /// @param override    another folder, or null
    static Path of(Map<String, String> environment, String system, Path home, String override) {
        if (override != null && !override.isBlank()) return Path.of(override).toAbsolutePath();
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) return absolute(environment.get("APPDATA"), home.resolve("AppData").resolve("Roaming")).resolve(TITLE);
        if (name.startsWith("mac")) return home.resolve("Library").resolve("Application Support").resolve(TITLE);
        return absolute(environment.get("XDG_CONFIG_HOME"), home.resolve(".config")).resolve(NAME);
    }

    /// The variable's value when it is an absolute path; the specification wants relative ones ignored.
    private static Path absolute(String value, Path otherwise) {
        if (value == null || value.isBlank()) return otherwise;
        Path path = Path.of(value);
        return path.isAbsolute() ? path : otherwise;
    }
}
