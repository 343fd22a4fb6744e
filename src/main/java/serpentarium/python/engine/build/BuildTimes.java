package serpentarium.python.engine.build;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import serpentarium.base.AtomicMove;

/// How long each phase of the last good build took on this machine, and how many lines it wrote, by minor version and kind of build: what the next one is
/// measured by. A file of ours; where it cannot be read, nothing is known.
final class BuildTimes {
    private static final long LARGEST = 1 << 20;

    private final Path file;

    BuildTimes(Path file) {
        this.file = file;
    }

    /// What to expect of a phase.
    ///
    /// @param seconds how long it takes
    /// @param lines   how many lines of its kind it writes
    record Expected(double seconds, int lines) {}

    /// What was learned of builds of a series, such as `3.13`, with options of a kind; empty where there was none.
    Optional<Map<BuildPhase, Expected>> of(String series, String speed) {
        Properties all = read();
        var found = new EnumMap<BuildPhase, Expected>(BuildPhase.class);
        for (BuildPhase phase : BuildPhase.values()) {
            String[] parts = all.getProperty(key(series, speed, phase), "").split(" ");
            if (parts.length != 2) continue;
            try {
                double seconds = Double.parseDouble(parts[0]);
                int lines = Integer.parseInt(parts[1]);
                if (seconds >= 0 && seconds < 1e6 && lines >= 0) found.put(phase, new Expected(seconds, lines));
            } catch (NumberFormatException _) {
                // A phase that somebody wrote by hand is not known.
                continue;
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }

    /// Remembers a build that went well.
    void put(String series, String speed, Map<BuildPhase, Expected> measured) throws IOException {
        Properties all = read();
        for (BuildPhase phase : BuildPhase.values()) all.remove(key(series, speed, phase));
        measured.forEach((phase, each) -> all.setProperty(key(series, speed, phase), String.format(java.util.Locale.ROOT, "%.1f %d", each.seconds, each.lines)));
        Files.createDirectories(file.getParent());
        Path beside = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".part");
        try {
            try (Writer out = Files.newBufferedWriter(beside)) {
                all.store(out, null);
            }
            AtomicMove.over(beside, file);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static String key(String series, String speed, BuildPhase phase) {
        return series + "/" + speed + "/" + phase;
    }

    private Properties read() {
        var all = new Properties();
        try {
            if (Files.size(file) > LARGEST) return all;
            try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                all.load(in);
            }
        } catch (IOException | IllegalArgumentException _) {
            return new Properties();
        }
        return all;
    }
}
