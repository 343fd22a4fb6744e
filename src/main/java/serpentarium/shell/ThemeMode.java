package serpentarium.shell;

import java.util.Locale;

/// Which theme a person wants.
public enum ThemeMode {
    /// As the system has it.
    SYSTEM,
    /// Day.
    LIGHT,
    /// Night.
    DARK;

    /// How settings spell it.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The mode that settings spell so; [#SYSTEM] for anything else.
    public static ThemeMode of(String key) {
        for (ThemeMode mode : values()) if (mode.key().equals(key)) return mode;
        return SYSTEM;
    }
}
