package serpentarium.profile.ui;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import serpentarium.profile.CallGraph;
import serpentarium.profile.EmbeddedSources;
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.LineCosts;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.StackTree;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Timeline;
import serpentarium.profile.Unit;

/// Profiles as a web service in Python would leave them: own code above packages above the standard library above built-ins.
final class FlameSamples {
    private static final String LIB = "/usr/lib/python3.12/";
    private static final String SITE = "/srv/venv/lib/python3.12/site-packages/";
    private static final String[][] LAYERS = {
        {"handle_request|/srv/shop/views.py", "checkout|/srv/shop/views.py", "render_cart|/srv/shop/views.py", "price_of|/srv/shop/prices.py",
            "apply_discounts|/srv/shop/prices.py", "load_catalogue|/srv/shop/catalogue.py", "<listcomp>|/srv/shop/catalogue.py",
            "recommend|/srv/shop/recommend.py", "similarity|/srv/shop/recommend.py"},
        {"execute|" + SITE + "sqlalchemy/engine/base.py", "_compile_w_cache|" + SITE + "sqlalchemy/sql/elements.py",
            "fetchall|" + SITE + "sqlalchemy/engine/cursor.py", "render|" + SITE + "jinja2/environment.py",
            "root_render_func|" + SITE + "jinja2/runtime.py", "get|" + SITE + "requests/api.py", "send|" + SITE + "requests/adapters.py",
            "urlopen|" + SITE + "urllib3/connectionpool.py", "array|" + SITE + "numpy/core/records.py"},
        {"loads|" + LIB + "json/__init__.py", "raw_decode|" + LIB + "json/decoder.py", "sub|" + LIB + "re/__init__.py",
            "_compile|" + LIB + "re/_compiler.py", "readinto|" + LIB + "socket.py", "read|" + LIB + "ssl.py", "strptime|" + LIB + "_strptime.py",
            "deepcopy|" + LIB + "copy.py", "_deepcopy_dict|" + LIB + "copy.py", "_find_and_load|<frozen importlib._bootstrap>"},
        {"<built-in method builtins.len>|", "<method 'append' of 'list' objects>|", "<built-in method builtins.isinstance>|",
            "<method 'recv_into' of '_socket.socket' objects>|", "<method 'execute' of 'sqlite3.Cursor' objects>|",
            "<built-in method time.sleep>|", "<built-in method _json.scanstring>|", "<method 'join' of 'str' objects>|"},
    };

    private final Random random;
    private final FrameTable.Builder frames;
    private final StackTree.Builder tree = new StackTree.Builder(1);
    private double whole;

    private FlameSamples(long seed, FrameTable.Builder frames) {
        this.frames = frames;
        random = new Random(seed);
    }

    private int frame(int layer) {
        String[] names = LAYERS[layer];
        String[] parts = names[(int) (names.length * Math.pow(random.nextDouble(), 1.3))].split("\\|", 2);
        boolean builtin = parts[1].isEmpty();
        return frames.intern(parts[0], builtin ? null : parts[1], null, builtin ? 0 : 30 + parts[0].hashCode() % 7 * 3);
    }

    private void grow(int node, int layer, double cost, int depth, double least) {
        if (cost < least || depth > 34) {
            add(node, cost);
            return;
        }
        double own = layer == 3 ? 1 : random.nextDouble() * 0.25;
        add(node, cost * own);
        double rest = cost * (1 - own);
        int children = 1 + random.nextInt(6);
        double[] shares = random.doubles(children, 0.02, 1).map(d -> d * d * d).toArray();
        double sum = 0;
        for (double share : shares) sum += share;
        for (double share : shares) {
            int next = Math.min(3, layer + (random.nextDouble() < 0.28 ? 1 : 0));
            grow(tree.child(node, frame(next)), next, rest * share / sum, depth + 1, least);
        }
    }

    private void add(int node, double cost) {
        tree.addSelf(0, node, cost);
        whole += cost;
    }

    /// Known stacks of about 12 seconds; the smaller `least`, the more of them.
    static Profile.Stacks stacks(long seed, double least) {
        var sample = new FlameSamples(seed, new FrameTable.Builder());
        int main = sample.tree.child(0, sample.frames.intern("<module>", "/srv/shop/__main__.py", null, 1));
        int run = sample.tree.child(main, sample.frames.intern("serve_forever", LIB + "socketserver.py", null, 220));
        sample.grow(run, 0, 12, 2, least);
        int start = sample.tree.child(0, sample.frames.intern("_bootstrap", LIB + "threading.py", null, 1002));
        sample.grow(start, 0, 3, 1, least);
        var info = new ProfileInfo("sample", "sampler 1.0", "python -m shop",
                List.of(new Event("time", "Wall time", Unit.SECONDS, sample.whole)),
                List.of(new ThreadInfo("MainThread", sample.whole)), List.of());
        return new Profile.Stacks(info, sample.frames.build(), LineCosts.NONE, List.of(sample.tree.build()));
    }

    /// Three threads of which it is known when they ran what; the second waits between its jobs.
    static Profile.Stacks timed(long seed) {
        var frames = new FrameTable.Builder();
        var trees = new ArrayList<StackTree>();
        var timelines = new ArrayList<Timeline>();
        var threads = new ArrayList<ThreadInfo>();
        double all = 0;
        for (int thread = 0; thread < 3; thread++) {
            var sample = new FlameSamples(seed + thread, frames);
            sample.grow(sample.tree.child(0, frames.intern("run", LIB + "threading.py", null, 1002)), 0, 6, 1, 0.03);
            StackTree grown = sample.tree.build();
            var time = new Timeline.Builder(Unit.SECONDS, 100_000);
            double at = thread * 0.8;
            for (int round = 0; round < 4; round++) {
                for (int node = 1; node < grown.size(); node++) {
                    time.add(at, grown.self(0, node) / 4, node);
                    at += grown.self(0, node) / 4;
                }
                if (thread == 1) at += 0.5;
            }
            trees.add(grown);
            timelines.add(time.build());
            threads.add(new ThreadInfo(thread == 0 ? "MainThread" : "Worker-" + thread, sample.whole));
            all += sample.whole;
        }
        var info = new ProfileInfo("sample", "tracer 1.0", "python -m shop", List.of(new Event("time", "Wall time", Unit.SECONDS, all)), threads, List.of());
        return new Profile.Stacks(info, frames.build(), LineCosts.NONE, trees, timelines, EmbeddedSources.NONE);
    }

    /// What cProfile would have kept of these stacks: sums by function and by edge.
    static Profile.Graph graph(Profile.Stacks profile) {
        StackTree stacks = profile.trees().getFirst();
        int functions = profile.frames().size();
        var builder = new CallGraph.Builder(1, true, true, false);
        double[] total = new double[stacks.size()];
        for (int node = stacks.size() - 1; node >= 0; node--) {
            total[node] += stacks.self(0, node);
            if (node > 0) total[stacks.parent(node)] += total[node];
        }
        for (int node = 1; node < stacks.size(); node++) {
            Set<Integer> above = new HashSet<>();
            boolean edgeAbove = false;
            int caller = stacks.frame(stacks.parent(node));
            for (int at = stacks.parent(node); at > 0; at = stacks.parent(at)) {
                above.add(stacks.frame(at));
                edgeAbove |= stacks.frame(at) == stacks.frame(node) && stacks.frame(stacks.parent(at)) == caller;
            }
            int function = stacks.frame(node);
            builder.addSelf(0, function, stacks.self(0, node));
            if (!above.contains(function)) builder.addTotal(0, function, total[node]);
            builder.calls().add(function, 3);
            builder.primitiveCalls().add(function, 2);
            if (caller < 0) continue;
            int edge = builder.edge(caller, function);
            if (!edgeAbove) builder.addEdgeTotal(0, edge, total[node]);
            builder.edgeCalls().add(edge, 3);
        }
        return new Profile.Graph(profile.info(), profile.frames(), LineCosts.NONE, List.of(builder.build(functions)));
    }

    /// A wide and deep tree of about so many nodes, for measuring; every fourth node or so has a label.
    static Profile.Stacks large(int nodes) {
        var random = new Random(nodes);
        var frames = new FrameTable.Builder();
        for (int f = 0; f < 2000; f++) frames.add("function_" + f, "/srv/app/module" + f % 90 + ".py", null, f);
        var tree = new StackTree.Builder(1);
        List<Integer> open = new ArrayList<>(List.of(0));
        Map<Integer, Integer> depth = new HashMap<>(Map.of(0, 0));
        while (tree.size() < nodes) {
            int parent = open.get(random.nextInt(open.size()));
            int node = tree.child(parent, random.nextInt(2000));
            if (depth.containsKey(node)) continue;
            depth.put(node, depth.get(parent) + 1);
            if (depth.get(node) < 60) open.add(node);
            tree.addSelf(0, node, 1 + random.nextInt(100));
        }
        var info = new ProfileInfo("large", null, null, List.of(new Event("time", "time", Unit.COUNT, 0)),
                List.of(new ThreadInfo("main", 0)), List.of());
        return new Profile.Stacks(info, frames.build(), LineCosts.NONE, List.of(tree.build()));
    }
}
