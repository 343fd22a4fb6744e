package serpentarium.log.ui.source;

import java.io.File;
import java.util.List;
import java.util.Optional;
import serpentarium.base.Strings;

/// A kind of command whose output is a log, with what a person says about it.
enum Preset {
    /// Anything that a shell runs.
    SHELL(false) {
        @Override List<String> command(String first, String second) {
            return File.separatorChar == '/' ? List.of("sh", "-c", first) : List.of("cmd", "/c", first);
        }
    },
    /// What a container writes.
    DOCKER(false) {
        @Override List<String> command(String first, String second) {
            return List.of("docker", "logs", "--follow", "--tail", LAST, first);
        }
    },
    /// The journal of the system, of one unit or of all.
    JOURNAL(false) {
        @Override List<String> command(String first, String second) {
            return first.isEmpty() ? List.of("journalctl", "--follow", "--output=json", "--lines=" + LAST)
                    : List.of("journalctl", "--follow", "--output=json", "--lines=" + LAST, "--unit=" + first);
        }
    },
    /// A file on another machine.
    SSH(true) {
        @Override List<String> command(String first, String second) {
            // Nobody could answer a question for a password. The other machine's shell is to take the name as it is.
            return List.of("ssh", "-o", "BatchMode=yes", first, "tail -n " + LAST + " -F -- '" + second.replace("'", "'\\''") + "'");
        }
    };

    private static final Strings STRINGS = Strings.of(Preset.class);
    private static final String LAST = "100000";

    private final boolean two;

    Preset(boolean two) {
        this.two = two;
    }

    private String key() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /// What it is called.
    String title() {
        return STRINGS.get("preset." + key());
    }

    /// What the first thing is that a person says.
    String first() {
        return STRINGS.get("preset." + key() + ".first");
    }

    /// What the second is, where there is one.
    Optional<String> second() {
        return two ? Optional.of(STRINGS.get("preset." + key() + ".second")) : Optional.empty();
    }

    /// Whether what was said makes a command.
    boolean complete(String first, String second) {
        boolean option = this != SHELL && first.startsWith("-");
        return !option && (this == JOURNAL || !first.isEmpty()) && (!two || !second.isEmpty());
    }

    /// The program and its arguments.
    abstract List<String> command(String first, String second);

    /// The command as a person would write it.
    String written(String first, String second) {
        return this == SHELL ? first : String.join(" ", command(first, second));
    }

    @Override public String toString() {
        return title();
    }
}
