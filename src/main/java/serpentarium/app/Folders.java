package serpentarium.app;

import java.nio.file.Path;
import java.util.Locale;

/// Where the platform wants a program to keep its things.
final class Folders {
    private static final String NAME = "serpentarium";

    private Folders() {}

    /// Settings: `$XDG_CONFIG_HOME`, `~/Library/Application Support`, `%APPDATA%`. The system property `serpentarium.home` stands in for all.
    static Path settings() {
        return folder("XDG_CONFIG_HOME", ".config", "Library/Application Support", "APPDATA");
    }

    /// Logs: `$XDG_STATE_HOME`, `~/Library/Logs`, `%LOCALAPPDATA%`.
    static Path state() {
        return folder("XDG_STATE_HOME", ".local/state", "Library/Logs", "LOCALAPPDATA");
    }

    private static Path folder(String xdg, String unixDefault, String mac, String windows) {
        String own = System.getProperty("serpentarium.home");
        if (own != null) return Path.of(own);
        Path home = Path.of(System.getProperty("user.home"));
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.contains("win")) {
            String set = System.getenv(windows);
            return (set == null ? home : Path.of(set)).resolve("Serpentarium");
        }
        if (system.contains("mac")) return home.resolve(mac).resolve("Serpentarium");
        String set = System.getenv(xdg);
        return (set == null || !set.startsWith("/") ? home.resolve(unixDefault) : Path.of(set)).resolve(NAME);
    }
}
