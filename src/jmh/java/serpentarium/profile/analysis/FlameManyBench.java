package serpentarium.profile.analysis;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import serpentarium.profile.EmbeddedSources;
import serpentarium.profile.FrameTable;
import serpentarium.profile.LineCosts;
import serpentarium.profile.Profile;
import serpentarium.profile.StackTree;
import serpentarium.profile.Timeline;
import serpentarium.profile.Unit;
import serpentarium.task.TaskContext;

/// How long it takes to find the boxes of a frame of 1600 pixels over all rows, where there are very many: twenty million nodes of a tree, and the
/// boxes of five million segments in the order of time.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx6g")
public class FlameManyBench {
    /// Which layout.
    @Param({"tree", "time"})
    public String of;

    /// How many times it is enlarged.
    @Param({"1", "10", "1000"})
    public int zoom;

    private final FlameLayout.Boxes boxes = new FlameLayout.Boxes();
    private FlameLayout layout;

    /// Makes the layout once.
    @Setup
    public void prepare() {
        layout = of.equals("tree") ? TreeLayout.of(tree(20_000_000)) : time(5_000_000);
    }

    /// A random tree up to 60 deep, made in depth-first order at once.
    static CallTree tree(int size) {
        var random = new Random(size);
        int[] frame = new int[size];
        int[] end = new int[size];
        int[] depth = new int[size];
        double[] total = new double[size];
        double[] self = new double[size];
        int[] path = new int[61];
        int top = 0;
        for (int node = 1; node < size; node++) {
            // Up by any number of steps, down by one: most nodes are leaves, and all depths are well filled.
            int level = Math.min(60, random.nextInt(4) == 0 ? 1 + random.nextInt(top + 1) : top + 1 - random.nextInt(2) * Math.min(top, 1));
            while (top >= level) end[path[top--]] = node;
            frame[node] = random.nextInt(2000);
            depth[node] = level;
            self[node] = 1 + random.nextInt(100);
            path[top = level] = node;
        }
        while (top >= 0) end[path[top--]] = size;
        frame[0] = -1;
        double[] sum = new double[62];
        for (int node = size - 1; node >= 0; node--) {
            int level = depth[node];
            total[node] = self[node] + sum[level + 1];
            sum[level + 1] = 0;
            sum[level] += total[node];
        }
        return new CallTree(frame, end, depth, total, self, null, null, new byte[size], null);
    }

    /// A thread that goes up and down in its stacks, up to 40 deep.
    private static FlameLayout time(int segments) {
        var random = new Random(segments);
        var frames = new FrameTable.Builder();
        for (int f = 0; f < 2000; f++) frames.add("function_" + f, "/srv/app/module" + f % 90 + ".py", null, f);
        var tree = new StackTree.Builder(1);
        var time = new Timeline.Builder(Unit.SECONDS, segments);
        int[] path = new int[41];
        int top = 0;
        double at = 0;
        while (time.size() < segments) {
            top = top > 0 && (top == 40 || random.nextInt(100) < 52) ? top - 1 : top + 1;
            if (random.nextInt(50) == 0) top = 1 + random.nextInt(20);
            for (int d = 1; d <= top; d++) if (path[d] == 0 || d == top) path[d] = tree.child(path[d - 1], (d * 37 + random.nextInt(3)) % 2000);
            for (int d = top + 1; d <= 40; d++) path[d] = 0;
            double length = 1e-6 * (1 + random.nextInt(100));
            tree.addSelf(0, path[top], length);
            time.add(at, length, path[top]);
            at += length;
            if (random.nextInt(1000) == 0) at += 1e-3;
        }
        Profile.Stacks like = (Profile.Stacks) FlameLayoutBench.synthetic(2);
        var profile = new Profile.Stacks(like.info(), frames.build(), LineCosts.NONE, List.of(tree.build()), List.of(time.build()), EmbeddedSources.NONE);
        return FlameLayouts.time(Analysis.of(Slice.first(profile), TaskContext.detached()), TaskContext.detached());
    }

    /// The boxes of all rows.
    @Benchmark
    public int cut() {
        return FlameLayoutBench.cut(layout, zoom, boxes);
    }
}
