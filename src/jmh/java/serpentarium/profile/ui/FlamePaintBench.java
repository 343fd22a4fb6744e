package serpentarium.profile.ui;

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
import serpentarium.profile.Profile;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.FlameLayoutBench;
import serpentarium.profile.analysis.Slice;
import serpentarium.task.TaskContext;

/// How long a frame of boxes takes as pixels, 1600 × 900, labels left out: without a toolkit.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FlamePaintBench {
    private static final int WIDTH = 1600;
    private static final int HEIGHT = 900;

    /// How many boxes the tree has.
    @Param({"10000", "100000", "1000000"})
    public int nodes;

    /// How many times it is enlarged.
    @Param({"1", "10", "1000"})
    public int zoom;

    private final FlameRaster raster = new FlameRaster();
    private final int[] pixels = new int[WIDTH * HEIGHT];
    private FlameScene scene;
    private FlameViewport view;

    /// Makes the scene once.
    @Setup
    public void prepare() {
        Profile profile = FlameLayoutBench.synthetic(nodes);
        Analysis analysis = Analysis.of(Slice.first(profile), TaskContext.detached());
        scene = new FlameScene(analysis.layout(), new FlameColors(FlameColoring.ORIGIN, analysis, false, 0xffffffff),
                new FlameLabels(FlameMode.HEAVY, analysis, analysis.layout()), null, null, 0);
        view = new FlameViewport(analysis.layout());
        view.resize(WIDTH, HEIGHT);
        view.zoom(WIDTH * 0.37, zoom);
    }

    /// A frame.
    @Benchmark
    public int[] paint() {
        raster.paint(pixels, WIDTH, HEIGHT, 1, view, scene);
        return pixels;
    }
}
