package serpentarium.profile.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import serpentarium.profile.CallGraph;
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.LineCosts;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.StackTree;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Unit;

/// A made-up program of some 300 functions that looks like a real one, as stacks and as a call graph; the same each time.
final class SampleProfile {
    static final String FILE = "report.py";
    private static final double SAMPLE = 0.001;

    final FrameTable frames;
    final int main;
    final int walk;
    final int parseRows;
    private final StackTree stacks;

    SampleProfile() {
        var names = new FrameTable.Builder();
        names.intern("<module>", FILE, null, 1);
        main = names.intern("main", FILE, null, 80);
        int gather = names.intern("gather", FILE, null, 73);
        parseRows = names.intern("parse_rows", FILE, null, 41);
        walk = names.intern("walk", FILE, null, 52);
        names.intern("fit", FILE, null, 62);
        names.intern("distance", FILE, null, 36);
        names.intern("Station.label", FILE, null, 31);
        String[] stdlib = {"json/decoder", "json/encoder", "csv", "pathlib", "re/_compiler", "asyncio/base_events", "logging/__init__", "typing"};
        String[] packages = {"pandas/core/frame", "pandas/io/parsers/readers", "numpy/core/fromnumeric", "requests/sessions", "urllib3/connectionpool"};
        String[] words = {"read", "parse", "_check", "get", "load", "__init__", "_next_row", "update", "convert", "raw_decode", "emit", "_run_once", "send"};
        var random = new Random(7);
        for (int i = 0; i < 90; i++)
            names.intern(words[random.nextInt(words.length)], "/usr/lib/python3.12/" + stdlib[i % stdlib.length] + ".py", null, 10 + 7 * i);
        for (int i = 0; i < 110; i++)
            names.intern(words[random.nextInt(words.length)],
                    "/home/ana/.venvs/report/lib/python3.12/site-packages/" + packages[i % packages.length] + ".py", null, 20 + 11 * i);
        for (int i = 0; i < 70; i++) names.intern(words[random.nextInt(words.length)] + "_" + i, "src/report/stage_" + i % 6 + ".py", null, 5 + 9 * i);
        String[] builtins = {"<built-in method builtins.len>", "<method 'append' of 'list' objects>", "<built-in method _csv.reader>",
            "<built-in method time.sleep>", "<built-in method builtins.isinstance>", "<built-in method posix.read>", "<method 'join' of 'str' objects>"};
        for (String builtin : builtins) names.intern(builtin, null, null, 0);
        names.intern("PyObject_Call", null, "/usr/lib/libpython3.12.so.1.0", 0);
        frames = names.build();
        stacks = simulate(random, gather);
    }

    private StackTree simulate(Random random, int gather) {
        int n = frames.size();
        var callees = new ArrayList<int[]>();
        for (int f = 0; f < n; f++) {
            int[] mine = new int[f < 8 ? 5 : 3];
            for (int i = 0; i < mine.length; i++) mine[i] = Math.min(n - 1, f + 1 + random.nextInt(Math.max(1, Math.min(n - f - 1, 60))));
            callees.add(mine);
        }
        callees.set(0, new int[] {main});
        callees.set(main, new int[] {gather, gather, gather, walk});
        callees.set(gather, new int[] {parseRows, parseRows, parseRows, walk, parseRows + 2, 200});
        callees.set(walk, new int[] {walk, walk, parseRows + 3, 60});
        var tree = new StackTree.Builder(1);
        for (int sample = 0; sample < 6000; sample++) {
            int node = tree.child(0, 0);
            int function = 0;
            int depth = 1 + random.nextInt(22);
            for (int d = 0; d < depth && function < n - 1; d++) {
                int[] next = callees.get(function);
                function = next[(int) (next.length * Math.pow(random.nextDouble(), 1.6))];
                node = tree.child(node, function);
            }
            tree.addSelf(0, node, SAMPLE);
        }
        return tree.build();
    }

    private static ProfileInfo info(String format, double total) {
        return new ProfileInfo(format, null, "python report.py", List.of(new Event("time", "Time", Unit.SECONDS, total)),
                List.of(new ThreadInfo("MainThread", total)), List.of());
    }

    /// Whole stacks, with costs by line in the first file.
    Profile.Stacks stacks() {
        var lines = new LineCosts.Builder(1);
        int[] hot = {43, 44, 45, 46, 53, 55, 67, 68, 69};
        for (int i = 0; i < hot.length; i++) lines.add(hot[i] < 52 ? parseRows : hot[i] < 62 ? walk : walk + 1, null, hot[i], 0, (i * 5 % 7 + 1) * 0.05);
        return new Profile.Stacks(info("sample", 6), frames, lines.build(frames.size()), List.of(stacks));
    }

    /// The same program as cProfile would have seen it.
    Profile.Graph graph() {
        var graph = new CallGraph.Builder(1, true, true, true);
        double[] total = totals();
        for (int node = 1; node < stacks.size(); node++) {
            int f = stacks.frame(node);
            double self = stacks.self(0, node);
            graph.addSelf(0, f, self);
            boolean again = onPath(node, f, -2);
            if (!again) graph.addTotal(0, f, total[node]);
            int calls = 1 + (int) (total[node] * 1000);
            graph.calls().add(f, calls);
            graph.primitiveCalls().add(f, again ? 0 : calls);
            int caller = stacks.frame(stacks.parent(node));
            if (caller < 0) continue;
            int edge = graph.edge(caller, f);
            graph.edgeCalls().add(edge, calls);
            graph.addEdgeSelf(0, edge, self);
            if (!onPath(node, f, caller)) graph.addEdgeTotal(0, edge, total[node]);
        }
        return new Profile.Graph(info("pstats", 6), frames, LineCosts.NONE, List.of(graph.build(frames.size())));
    }

    private double[] totals() {
        double[] total = new double[stacks.size()];
        for (int node = stacks.size() - 1; node > 0; node--) {
            total[node] += stacks.self(0, node);
            total[stacks.parent(node)] += total[node];
        }
        return total;
    }

    /// Whether a function (under a caller, unless that is -2) stands above a node already.
    private boolean onPath(int node, int function, int caller) {
        for (int at = stacks.parent(node); at > 0; at = stacks.parent(at))
            if (stacks.frame(at) == function && (caller == -2 || stacks.frame(stacks.parent(at)) == caller)) return true;
        return false;
    }
}
