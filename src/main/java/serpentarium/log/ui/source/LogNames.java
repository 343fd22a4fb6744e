package serpentarium.log.ui.source;

import java.util.Locale;
import java.util.Set;

/// Which names are those of logs, where nobody looks into each file.
public final class LogNames {
    private static final Set<String> ENDINGS = Set.of("log", "jsonl", "ndjson", "out", "err");

    private LogNames() {}

    /// Whether a name is that of a log, also of one that was rotated: one of its endings says so.
    public static boolean logLike(String name) {
        for (String each : name.toLowerCase(Locale.ROOT).split("[.\\-_]")) if (ENDINGS.contains(each) && !name.startsWith(each)) return true;
        return false;
    }
}
