package serpentarium.python.engine.build;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tells from the lines of a build how far it is. Phases are entered by markers, in their order; inside a phase, lines of its kind are counted.
final class PhaseReader {
    private static final Pattern COMPILED = Pattern.compile("^(?!\\S*install\\s)\\S*(?:cc|clang|c\\+\\+|CC)\\S*\\s(?:.*\\s)?-c\\s");
    private static final Pattern TEST = Pattern.compile("^\\d+:\\d\\d:\\d\\d .*\\[\\s*(\\d+)/(\\d+)[\\]/]");
    private static final double NEARLY = 0.99;
    /// The least share after which default durations tell a remaining time.
    private static final double ENOUGH = 0.04;

    private final Map<BuildPhase, BuildTimes.Expected> expected = new EnumMap<>(BuildPhase.class);
    private final Map<BuildPhase, Integer> counts = new EnumMap<>(BuildPhase.class);
    private final Map<BuildPhase, Long> started = new EnumMap<>(BuildPhase.class);
    private final boolean learned;
    private final LongSupplier nanoTime;
    private final long start;
    private BuildPhase phase;
    private double overall;
    private int tests;

    /// @param times     what was learned of earlier builds
    /// @param cached    whether nothing has to be downloaded
    /// @param optimised whether the tests run and C is compiled twice
    PhaseReader(Optional<Map<BuildPhase, BuildTimes.Expected>> times, boolean cached, boolean optimised, LongSupplier nanoTime) {
        this.learned = times.isPresent();
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        for (BuildPhase each : BuildPhase.values()) {
            var known = times.map(map -> map.get(each));
            double seconds = each == BuildPhase.DOWNLOAD && cached ? 0 : known.map(BuildTimes.Expected::seconds).orElse(learned && each != BuildPhase.DOWNLOAD ? 0 : each.seconds(optimised));
            expected.put(each, new BuildTimes.Expected(seconds, known.map(BuildTimes.Expected::lines).filter(lines -> lines > 0).orElse(each.lines())));
        }
        enter(BuildPhase.UNPACK);
    }

    private void enter(BuildPhase next) {
        // A download is noticed after the start, and is the one step back.
        boolean download = next == BuildPhase.DOWNLOAD && phase == BuildPhase.UNPACK;
        if (phase != null && !download && next.compareTo(phase) <= 0) return;
        phase = next;
        started.putIfAbsent(next, nanoTime.getAsLong());
    }

    /// A line that pyenv itself says.
    void said(String line) {
        if (line.startsWith("Downloading ") && line.endsWith("...")) enter(BuildPhase.DOWNLOAD);
        else if (line.startsWith("Installing ") && line.endsWith("...")) enter(BuildPhase.CONFIGURE);
        else if (line.startsWith("Installed ") || line.contains(" extension was not compiled")) enter(BuildPhase.VERIFY);
    }

    /// A line of the log.
    void logged(String line) {
        if (line.startsWith("checking ")) {
            enter(BuildPhase.CONFIGURE);
            count(BuildPhase.CONFIGURE);
        } else if (line.startsWith("config.status: creating")) {
            enter(BuildPhase.COMPILE);
        } else if (line.startsWith("Running code to generate profile data")) {
            enter(BuildPhase.PROFILE);
        } else if (line.startsWith("Rebuilding with profile guided optimizations")) {
            enter(BuildPhase.RECOMPILE);
        } else if (line.contains("necessary bits to build these") || line.startsWith("Python build finished") || line.matches("Checked \\d+ modules .*")) {
            if (phase == BuildPhase.COMPILE && !expecting(BuildPhase.PROFILE) || phase == BuildPhase.RECOMPILE) enter(BuildPhase.MODULES);
        } else if (line.startsWith("Creating directory ") || line.startsWith("Compiling '") || line.startsWith("/usr/bin/install ") || line.startsWith("Listing '")) {
            if (line.startsWith("Creating directory ")) enter(BuildPhase.INSTALL);
            if (phase == BuildPhase.INSTALL) count(BuildPhase.INSTALL);
        } else if (line.startsWith("if test \"xupgrade\"") || line.startsWith("if test \"xinstall\"")) {
            enter(BuildPhase.PIP);
        } else if (line.startsWith("Successfully installed ")) {
            enter(BuildPhase.VERIFY);
        } else if (phase == BuildPhase.PROFILE) {
            Matcher test = TEST.matcher(line);
            if (test.find()) {
                counts.put(phase, Integer.parseInt(test.group(1)));
                tests = Integer.parseInt(test.group(2));
            }
        } else if (phase == BuildPhase.PIP) {
            count(BuildPhase.PIP);
        } else if ((phase == BuildPhase.COMPILE || phase == BuildPhase.RECOMPILE) && COMPILED.matcher(line).find()) {
            count(phase);
        }
    }

    private boolean expecting(BuildPhase later) {
        return expected.get(later).seconds() > 0;
    }

    private void count(BuildPhase counted) {
        counts.merge(counted, 1, Integer::sum);
    }

    BuildPhase phase() {
        return phase;
    }

    /// How far it is now.
    BuildProgress now() {
        double sum = 0;
        double done = 0;
        double in = inPhase();
        for (BuildPhase each : BuildPhase.values()) {
            double seconds = expected.get(each).seconds();
            sum += seconds;
            if (each.compareTo(phase) < 0) done += seconds;
            else if (each == phase) done += seconds * Math.max(0, in);
        }
        overall = Math.max(overall, sum == 0 ? 0 : Math.min(done / sum, NEARLY));
        Duration elapsed = Duration.ofNanos(nanoTime.getAsLong() - start);
        Optional<Duration> remaining = Optional.empty();
        if (learned || overall > ENOUGH) {
            double seconds = elapsed.toNanos() / 1e9;
            // The machine of today against the one of then; at the start, that of then.
            double pace = done < sum * ENOUGH ? 1 : Math.clamp(seconds / done, 0.1, 20);
            remaining = Optional.of(Duration.ofMillis(Math.max(0, Math.round((sum - done) * pace * 1000))));
        }
        return new BuildProgress(phase, in, overall, elapsed, remaining);
    }

    private double inPhase() {
        int lines = phase == BuildPhase.PROFILE && tests > 0 ? tests : expected.get(phase).lines();
        if (lines > 0) return Math.min(NEARLY, counts.getOrDefault(phase, 0) / (double) lines);
        double seconds = expected.get(phase).seconds();
        return seconds == 0 ? -1 : Math.min(NEARLY, (nanoTime.getAsLong() - started.get(phase)) / 1e9 / seconds);
    }

    /// What this build took, to be remembered when it went well.
    Map<BuildPhase, BuildTimes.Expected> measured() {
        var measured = new EnumMap<BuildPhase, BuildTimes.Expected>(BuildPhase.class);
        long end = nanoTime.getAsLong();
        BuildPhase[] all = BuildPhase.values();
        for (int i = all.length - 1; i >= 0; i--) {
            Long begin = started.get(all[i]);
            // The download was entered after the unpacking that it precedes; it ends where something later begins.
            if (begin == null || all[i] == BuildPhase.UNPACK && started.containsKey(BuildPhase.DOWNLOAD)) continue;
            measured.put(all[i], new BuildTimes.Expected(Math.max(0, end - begin) / 1e9, counts.getOrDefault(all[i], 0)));
            end = begin;
        }
        return measured;
    }
}
