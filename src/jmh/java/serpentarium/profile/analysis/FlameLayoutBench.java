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
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.LineCosts;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.StackTree;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Unit;
import serpentarium.task.TaskContext;

/// How long it takes to make a tree, to lay it out, and to find the boxes of a frame of 1600 pixels over all rows.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FlameLayoutBench {
    private static final int PIXELS = 1600;

    /// How many boxes the tree has.
    @Param({"10000", "100000", "1000000"})
    public int nodes;

    private final FlameLayout.Boxes boxes = new FlameLayout.Boxes();
    private Profile profile;
    private Analysis analysis;
    private TreeLayout layout;

    /// Makes the stacks once.
    @Setup
    public void prepare() {
        profile = synthetic(nodes);
        analysis = Analysis.of(Slice.first(profile), TaskContext.detached());
        layout = analysis.layout();
    }

    /// Random stacks up to 60 deep over 2,000 functions, with so many nodes.
    public static Profile synthetic(int nodes) {
        var random = new Random(nodes);
        var frames = new FrameTable.Builder();
        for (int f = 0; f < 2000; f++) frames.add("function_" + f, "/srv/app/module" + f % 90 + ".py", null, f);
        var tree = new StackTree.Builder(1);
        int[] depth = new int[nodes + 1];
        while (tree.size() < nodes) {
            int parent = random.nextInt(tree.size());
            if (depth[parent] >= 60) continue;
            int node = tree.child(parent, random.nextInt(2000));
            depth[node] = depth[parent] + 1;
            tree.addSelf(0, node, 1 + random.nextInt(100));
        }
        var info = new ProfileInfo("synthetic", null, null, List.of(new Event("cost", "cost", Unit.COUNT, 0)),
                List.of(new ThreadInfo("main", 0)), List.of());
        return new Profile.Stacks(info, frames.build(), LineCosts.NONE, List.of(tree.build()));
    }

    /// From stacks to tree, functions and layout.
    @Benchmark
    public Analysis analyse() {
        return Analysis.of(Slice.first(profile), TaskContext.detached());
    }

    /// The layout alone.
    @Benchmark
    public FlameLayout layOut() {
        return TreeLayout.of(layout.tree());
    }

    /// The tree from the leaves up, and its layout.
    @Benchmark
    public FlameLayout invert() {
        return FlameLayouts.inverted(analysis, TaskContext.detached());
    }

    /// The callers and callees of the dearest function, and their layout.
    @Benchmark
    public FlameLayout sandwich() {
        return FlameLayouts.sandwich(analysis, layout.tree().frame(1), TaskContext.detached());
    }

    /// The boxes of all rows, everything in sight.
    @Benchmark
    public int cutWhole() {
        return cut(1);
    }

    /// The boxes of all rows, enlarged ten times.
    @Benchmark
    public int cutTenfold() {
        return cut(10);
    }

    /// The boxes of all rows, enlarged a thousand times.
    @Benchmark
    public int cutThousandfold() {
        return cut(1000);
    }

    private int cut(double zoom) {
        return cut(layout, zoom, boxes);
    }

    /// The boxes of all rows of a window of 1600 pixels.
    static int cut(FlameLayout layout, double zoom, FlameLayout.Boxes boxes) {
        double span = layout.width() / zoom;
        double from = (layout.width() - span) * 0.37;
        int found = 0;
        for (int row = 0; row < layout.rowCount(); row++) {
            layout.cut(layout.rows(), row, from, from + span, span / PIXELS, boxes);
            found += boxes.size();
        }
        return found;
    }
}
