package serpentarium.profile.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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

/// A made-up server with threads in two processes whose time is known: samples of a millisecond that come in waves; the same each time.
final class TimedSample {
    private static final double SAMPLE = 0.001;

    private TimedSample() {}

    /// A profile with so many threads.
    static Profile.Stacks profile(int threads) {
        var names = new FrameTable.Builder();
        String[] mine = {"serve", "handle_request", "render_page", "load_user", "apply_rules", "score"};
        for (String name : mine) names.intern(name, "/srv/shop/app/" + (name.length() % 2 == 0 ? "views" : "rules") + ".py", null, 10 * name.length());
        int library = names.size();
        String[] loop = {"run_forever", "_run_once", "_run"};
        for (String name : loop) names.intern(name, "/usr/lib/python3.12/asyncio/base_events.py", null, 600 + name.length());
        names.intern("select", "/usr/lib/python3.12/selectors.py", null, 451);
        names.intern("loads", "/usr/lib/python3.12/json/__init__.py", null, 299);
        names.intern("execute", "/srv/venv/lib/python3.12/site-packages/sqlalchemy/engine/base.py", null, 1400);
        names.intern("fetchall", "/srv/venv/lib/python3.12/site-packages/sqlalchemy/engine/result.py", null, 540);
        names.intern("<built-in method builtins.len>", null, null, 0);
        var trees = new ArrayList<StackTree>();
        var times = new ArrayList<Timeline>();
        var infos = new ArrayList<ThreadInfo>();
        var random = new Random(11);
        double whole = 0;
        for (int t = 0; t < threads; t++) {
            var tree = new StackTree.Builder(1);
            var time = new Timeline.Builder(Unit.SECONDS, 100_000);
            double total = 0;
            double busy = t == 0 ? 0.9 : 0.7 / t;
            for (int i = 0; i < 12_000; i++) {
                double wave = 0.5 + 0.5 * Math.sin(i / 900.0 + t * 1.3);
                if (random.nextDouble() > busy * wave) continue;
                int node = stack(tree, random, library);
                tree.addSelf(0, node, SAMPLE);
                time.add(i * SAMPLE, SAMPLE, node);
                total += SAMPLE;
            }
            trees.add(tree.build());
            times.add(time.build());
            infos.add(new ThreadInfo(t % 8 == 0 ? "MainThread" : "ThreadPoolExecutor-0_" + t, total, "python serve.py (" + (4100 + t / 8) + ")"));
            whole += total;
        }
        var info = new ProfileInfo("sample", null, "python serve.py", List.of(new Event("time", "Time", Unit.SECONDS, whole)), infos, List.of());
        return new Profile.Stacks(info, names.build(), LineCosts.NONE, trees, times, EmbeddedSources.NONE);
    }

    private static int stack(StackTree.Builder tree, Random random, int library) {
        int node = tree.child(0, 0);
        for (int i = 0; i < 3; i++) node = tree.child(node, library + i);
        if (random.nextInt(5) == 0) return tree.child(node, library + 3);
        node = tree.child(node, 1);
        int work = random.nextInt(10);
        if (work < 2) return tree.child(node, 2);
        if (work < 4) return tree.child(tree.child(node, 2), library + 4);
        if (work < 7) return tree.child(tree.child(tree.child(node, 3), library + 5), library + 6);
        node = tree.child(node, 4);
        for (int i = random.nextInt(6); i > 0; i--) node = tree.child(tree.child(node, 5), 4);
        return work < 9 ? node : tree.child(node, library + 7);
    }
}
