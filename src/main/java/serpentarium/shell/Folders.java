package serpentarium.shell;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// Where the platform wants a program to keep its things.
public final class Folders {
    /// The system property that names a folder for everything instead.
    public static final String PROPERTY = "serpentarium.home";

    private static final String NAME = "serpentarium";
    private static final String TITLE = "Serpentarium";

    private Folders() {}

    /// Where settings belong, for the person who runs this program. The folder need not exist.
    public static Path settings() {
        return settings(System.getenv(), system(), home(), System.getProperty(PROPERTY));
    }

    /// Where logs belong, for the person who runs this program. The folder need not exist.
    public static Path state() {
        return state(System.getenv(), system(), home(), System.getProperty(PROPERTY));
    }

    /// Where what the program made itself belongs and must not be lost, for the person who runs it. The folder need not exist.
    public static Path data() {
        return data(System.getenv(), system(), home(), System.getProperty(PROPERTY));
    }

    private static String system() {
        return System.getProperty("os.name", "");
    }

    private static Path home() {
        return Path.of(System.getProperty("user.home", "."));
    }

    /// The settings' folder by the rules of the XDG base directory specification, of Windows or of macOS.
    ///
    /// @param environment the environment variables
    /// @param system      the operating system's name as Java gives it
    /// @param home        the person's home folder
    /// @param override    another folder, or null
    static Path settings(Map<String, String> environment, String system, Path home, String override) {
        if (override != null && !override.isBlank()) return Path.of(override).toAbsolutePath();
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) return absolute(environment.get("APPDATA"), home.resolve("AppData").resolve("Roaming")).resolve(TITLE);
        if (name.startsWith("mac")) return home.resolve("Library").resolve("Application Support").resolve(TITLE);
        return absolute(environment.get("XDG_CONFIG_HOME"), home.resolve(".config")).resolve(NAME);
    }

    /// The logs' folder by the same rules. See [#settings(Map, String, Path, String)].
    static Path state(Map<String, String> environment, String system, Path home, String override) {
        if (override != null && !override.isBlank()) return Path.of(override).toAbsolutePath();
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) return absolute(environment.get("LOCALAPPDATA"), home.resolve("AppData").resolve("Local")).resolve(TITLE);
        if (name.startsWith("mac")) return home.resolve("Library").resolve("Logs").resolve(TITLE);
        return absolute(environment.get("XDG_STATE_HOME"), home.resolve(".local").resolve("state")).resolve(NAME);
    }

    /// The data's folder by the same rules; on Windows the one that does not follow the person to other machines. See
    /// [#settings(Map, String, Path, String)].
    static Path data(Map<String, String> environment, String system, Path home, String override) {
        if (override != null && !override.isBlank()) return Path.of(override).toAbsolutePath();
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) return absolute(environment.get("LOCALAPPDATA"), home.resolve("AppData").resolve("Local")).resolve(TITLE);
        if (name.startsWith("mac")) return home.resolve("Library").resolve("Application Support").resolve(TITLE);
        return absolute(environment.get("XDG_DATA_HOME"), home.resolve(".local").resolve("share")).resolve(NAME);
    }

    /// The variable's value when it is an absolute path; the specification wants relative ones ignored.
    private static Path absolute(String value, Path otherwise) {
        if (value == null || value.isBlank()) return otherwise;
        Path path = Path.of(value);
        return path.isAbsolute() ? path : otherwise;
    }
}
