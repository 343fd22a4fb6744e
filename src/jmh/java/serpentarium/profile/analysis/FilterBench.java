package serpentarium.profile.analysis;

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
import serpentarium.task.TaskContext;

/// How long each filter takes on a tree of a million nodes: the filter alone, without merging threads before it or sorting after it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FilterBench {
    private static final FunctionMatch EVERY_TENTH = new FunctionMatch.Text("_\\d*7$", true);

    /// Which filter.
    @Param({"show", "hide", "merge", "start", "collapse", "collapse-direct", "fold"})
    public String filter;

    private Profile profile;
    private Stage stage;
    private Filter made;

    /// Makes the stacks once.
    @Setup
    public void prepare() {
        profile = FlameLayoutBench.synthetic(1_000_000);
        stage = Stage.of(((Profile.Stacks) profile).trees().getFirst(), 0);
        made = switch (filter) {
            case "show" -> new Filter.ShowOnly(EVERY_TENTH);
            case "hide" -> new Filter.Hide(new FunctionMatch.One(7));
            case "merge" -> new Filter.MergeIntoCaller(EVERY_TENTH);
            case "start" -> new Filter.StartAt(EVERY_TENTH);
            case "collapse" -> Filter.CollapseRecursion.ALL;
            case "collapse-direct" -> new Filter.CollapseRecursion(null, true);
            default -> new Filter.OnlyMine(java.util.Set.of(Origin.DEPENDENCY), java.util.Set.of());
        };
    }

    /// Applies it.
    @Benchmark
    public Object apply() {
        return Sieve.apply(made, stage, profile.frames(), new NodeKeys(profile.frames().size(), 1), null, TaskContext.detached());
    }
}
