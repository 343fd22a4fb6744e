package serpentarium.profile.ui;

import java.util.Arrays;
import java.util.Objects;
import serpentarium.profile.FrameTable;
import serpentarium.profile.LineCosts;
import serpentarium.profile.analysis.Analysis;

/// What the lines of one file cost themselves.
///
/// @param cost   by line, from 1; NaN where nothing is known
/// @param byLine true where the profile has costs by line (of all threads together); false where all that is known is what each function
///               cost, which then stands at the line of its definition
record SourceHeat(double[] cost, boolean byLine) {
    private static final int LAST_LINE = 2_000_000;

    /// The costs of a file's lines. Looks at every function, so work for the background.
    ///
    /// @param total whether what the lines called counts too; that is known of whole functions only
    static SourceHeat of(Analysis analysis, String file, boolean total) {
        FrameTable frames = analysis.frames();
        LineCosts lines = analysis.slice().profile().lines();
        var heat = new SourceHeat(new double[0], !total && known(frames, lines, file));
        for (int function = 0; function < frames.size(); function++) {
            boolean own = Objects.equals(frames.file(function), file);
            if (!heat.byLine) {
                double cost = !own ? 0 : total ? analysis.functions().total(function) : analysis.functions().self(function);
                if (cost != 0) heat = heat.plus(frames.line(function), cost);
                continue;
            }
            if (!own && !lines.inOtherFiles(function)) continue;
            for (int row = lines.begin(function); row < lines.end(function); row++) {
                String in = lines.file(row);
                if (in == null ? own : in.equals(file)) heat = heat.plus(lines.line(row), lines.cost(analysis.slice().event(), row));
            }
        }
        return heat;
    }

    /// Whether any line of a file is known but those of definitions: what is written by Python's own profilers in callgrind's format has only these.
    private static boolean known(FrameTable frames, LineCosts lines, String file) {
        if (lines.isEmpty()) return false;
        for (int function = 0; function < frames.size(); function++) {
            boolean own = Objects.equals(frames.file(function), file);
            for (int row = lines.begin(function); row < lines.end(function); row++) {
                String in = lines.file(row);
                if ((in == null ? own : in.equals(file)) && lines.line(row) > 0 && lines.line(row) != frames.line(function)) return true;
            }
        }
        return false;
    }

    private SourceHeat plus(int line, double more) {
        if (line <= 0 || line > LAST_LINE) return this;
        double[] grown = cost;
        if (line >= cost.length) {
            grown = Arrays.copyOf(cost, Math.max(line + 1, cost.length * 2));
            Arrays.fill(grown, cost.length, grown.length, Double.NaN);
        }
        grown[line] = Double.isNaN(grown[line]) ? more : grown[line] + more;
        return new SourceHeat(grown, byLine);
    }

    /// The cost of a line, or NaN.
    double at(int line) {
        return line < cost.length ? cost[line] : Double.NaN;
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
