package serpentarium.profile.ui;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import serpentarium.profile.FrameTable;
import serpentarium.profile.LineCosts;
import serpentarium.profile.SourceLines;
import serpentarium.profile.ThreadLines;
import serpentarium.profile.analysis.Analysis;

/// What the lines of one file cost.
///
/// @param cost    by line, from 1; NaN where nothing is known
/// @param byLine  true where the profile has costs by line; false where all that is known is what each function cost, which then stands at
///                the line of its definition
/// @param threads whether they are those of the chosen threads; else of all threads together
/// @param calls   by line, where lines with calls are known: what they call, the dearest first
record SourceHeat(double[] cost, boolean byLine, boolean threads, Map<Integer, List<Call>> calls) {
    private static final int LAST_LINE = 2_000_000;

    /// What a line calls.
    ///
    /// @param callee the function
    /// @param count  how often; less than zero where that is not known
    /// @param cost   with all below
    record Call(int callee, double count, double cost) {}

    /// The costs of a file's lines. Looks at every function, so work for the background.
    ///
    /// @param total whether what the lines called counts too
    static SourceHeat of(Analysis analysis, String file, boolean total) {
        FrameTable frames = analysis.frames();
        SourceLines all = analysis.slice().profile().sourceLines();
        int threads = analysis.slice().profile().info().threads().size();
        Collection<ThreadLines> chosen = all.of(analysis.slice().threads(), threads);
        boolean told = all.byThread(threads) || analysis.slice().wholeProgram();
        int event = analysis.slice().event();
        var sums = new Sums(frames, file, event);
        var calls = new HashMap<Long, Call>();
        boolean known = false;
        boolean below = false;
        for (ThreadLines lines : chosen) {
            known |= sums.known(lines.self()) || sums.known(lines.total()) || !lines.calls().isEmpty();
            below |= !lines.total().isEmpty() || !lines.calls().isEmpty();
            sums.calls(lines, calls);
        }
        if (!known || total && !below) return new SourceHeat(sums.functions(analysis, total), false, true, byLine(calls));
        for (ThreadLines lines : chosen) {
            if (!total) sums.add(lines.self());
            else if (!lines.total().isEmpty()) sums.add(lines.total());
            else sums.addBelow(lines, analysis);
        }
        return new SourceHeat(sums.cost, true, told, byLine(calls));
    }

    private static Map<Integer, List<Call>> byLine(Map<Long, Call> calls) {
        var byLine = new HashMap<Integer, List<Call>>();
        calls.forEach((key, call) -> byLine.merge((int) (key >>> 32), List.of(call),
                (one, two) -> java.util.stream.Stream.concat(one.stream(), two.stream()).toList()));
        byLine.replaceAll((_, of) -> of.stream().sorted((one, two) -> Double.compare(two.cost, one.cost)).toList());
        return byLine;
    }

    /// Adds up the lines of one file.
    private static final class Sums {
        private final FrameTable frames;
        private final String file;
        private final int event;
        private double[] cost = {};

        Sums(FrameTable frames, String file, int event) {
            this.frames = frames;
            this.file = file;
            this.event = event;
        }

        private boolean own(int function) {
            return Objects.equals(frames.file(function), file);
        }

        private void plus(int line, double more) {
            if (line <= 0 || line > LAST_LINE || Double.isNaN(more)) return;
            if (line >= cost.length) {
                int before = cost.length;
                cost = Arrays.copyOf(cost, Math.max(line + 1, before * 2));
                Arrays.fill(cost, before, cost.length, Double.NaN);
            }
            cost[line] = Double.isNaN(cost[line]) ? more : cost[line] + more;
        }

        /// What functions cost, at the lines of their definitions.
        double[] functions(Analysis analysis, boolean total) {
            for (int function = 0; function < frames.size(); function++) {
                if (!own(function)) continue;
                double of = total ? analysis.functions().total(function) : analysis.functions().self(function);
                if (of != 0) plus(frames.line(function), of);
            }
            return cost;
        }

        /// Whether any line of the file is known but those of definitions: what is written by Python's own profilers in callgrind's format has
        /// only these.
        boolean known(LineCosts lines) {
            if (lines.isEmpty()) return false;
            for (int function = 0; function < frames.size(); function++)
                for (int row = lines.begin(function); row < lines.end(function); row++)
                    if (here(lines, function, row) && lines.line(row) > 0 && lines.line(row) != frames.line(function)) return true;
            return false;
        }

        private boolean here(LineCosts lines, int function, int row) {
            String in = lines.file(row);
            return in == null ? own(function) : in.equals(file);
        }

        void add(LineCosts lines) {
            for (int function = 0; function < frames.size(); function++) {
                if (!own(function) && !lines.inOtherFiles(function)) continue;
                for (int row = lines.begin(function); row < lines.end(function); row++)
                    if (here(lines, function, row)) plus(lines.line(row), lines.cost(event, row));
            }
        }

        /// Adds what lines cost themselves and what they called. A line that calls its own function again is on no more of the time than
        /// the function is.
        void addBelow(ThreadLines lines, Analysis analysis) {
            for (int function = 0; function < frames.size(); function++) {
                double[] before = cost;
                cost = new double[0];
                for (int row = lines.self().begin(function); row < lines.self().end(function); row++)
                    if (here(lines.self(), function, row)) plus(lines.self().line(row), lines.self().cost(event, row));
                boolean own = own(function);
                lines.calls().visit(function, (in, line, _, _, below) -> {
                    if (in == null ? own : in.equals(file)) plus(line, below.applyAsDouble(event));
                });
                double[] of = cost;
                cost = before;
                double most = analysis.functions().total(function);
                for (int line = 1; line < of.length; line++) plus(line, most > 0 ? Math.min(of[line], most) : of[line]);
            }
        }

        /// Collects what lines call, by line and callee.
        void calls(ThreadLines lines, Map<Long, Call> calls) {
            if (lines.calls().isEmpty()) return;
            for (int function = 0; function < frames.size(); function++) {
                boolean own = own(function);
                lines.calls().visit(function, (in, line, callee, count, below) -> {
                    if (line <= 0 || line > LAST_LINE || !(in == null ? own : in.equals(file))) return;
                    calls.merge((long) line << 32 | callee, new Call(callee, count, below.applyAsDouble(event)),
                            (one, two) -> new Call(callee, one.count < 0 || two.count < 0 ? -1 : one.count + two.count, one.cost + two.cost));
                });
            }
        }
    }

    /// The cost of a line, or NaN.
    double at(int line) {
        return line < cost.length ? cost[line] : Double.NaN;
    }

    /// What a line calls, the dearest first; empty where nothing is known.
    List<Call> calls(int line) {
        return calls.getOrDefault(line, List.of());
    }

    /// The cost of the dearest line; 0 where none is known.
    double greatest() {
        double greatest = 0;
        for (double each : cost) if (each > greatest) greatest = each;
        return greatest;
    }

    /// The last line that may have a cost.
    int lastLine() {
        return cost.length - 1;
    }

    /// The dearest line, from 1; 0 where none is known.
    int hottest() {
        int hottest = 0;
        double most = 0;
        for (int line = 1; line < cost.length; line++)
            if (cost[line] > most) {
                most = cost[line];
                hottest = line;
            }
        return hottest;
    }
}
