package serpentarium.profile.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import serpentarium.base.Head;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.EmbeddedSources;
import serpentarium.profile.Glimpse;
import serpentarium.profile.LineCosts;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.StackTree;
import serpentarium.profile.Timeline;
import serpentarium.profile.Unit;
import serpentarium.task.Ahead;
import serpentarium.task.TaskContext;

/// Reads one file of collapsed stacks: the trees grow while the next lines are taken apart.
final class CollapsedReader {
    private static final int SMALL = 4 << 20;
    private static final long MOST_NODES = 64_000_000;
    /// Frames that wait to be sorted, 4 bytes each, take at most a 64th of the memory.
    private static final long WAITING_SHARE = 256;
    private static final int LEAST_WAITING = 1 << 16;
    private static final int MOST_WAITING = 1 << 23;
    private static final int BATCHES_SHARE = 32;
    private static final int MOST_BATCHES = 1000;

    private final Strings strings;
    private final Source source;
    private final TaskContext context;
    private final Glimpses glimpses;
    private final Head head;
    private final CollapsedShape shape;
    private final int events;
    private final CollapsedTrees trees;
    private final CollapsedSums sums;
    private final CollapsedTimes times;

    private final List<int[]> texts = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private boolean full;

    CollapsedReader(Strings strings, Source source, TaskContext context, Glimpses glimpses) throws IOException {
        this.glimpses = glimpses;
        this.strings = strings;
        this.source = source;
        this.context = context;
        context.checkpoint();
        head = Head.of(source);
        shape = CollapsedShape.of(Utf16.head(head));
        events = shape.eventCount();
        sums = new CollapsedSums(events);
        times = shape.ordered() ? new CollapsedTimes(shape.metric() == CollapsedShape.Metric.MEMORY ? Unit.BYTES : Unit.MICROSECONDS) : null;
        // A node takes some 60 bytes while its tree grows, and about as many where it is analysed.
        long memory = Runtime.getRuntime().maxMemory();
        long room = Math.min(MOST_NODES, memory / (120 + 40 * events));
        int waiting = Math.clamp(memory / WAITING_SHARE, LEAST_WAITING, MOST_WAITING);
        trees = times == null ? new SortedTrees(events, room, waiting, sums, context) : new GrownTrees(events, room, sums, times);
    }

    /// Reads it.
    Profile read() throws IOException {
        var warnings = new ReadWarnings(strings, source.name());
        try (trees; var lines = new CollapsedLines(strings, source, head, shape, warnings, context)) {
            if (source.size() >= 0 && source.size() < SMALL) takeAll(lines);
            else try (var ahead = new Ahead<>(lines, batches())) {
                takeAll(ahead::next);
            }
            return profile(lines, warnings);
        }
    }

    /// While trees are made of what waits, further lines are taken apart.
    private static int batches() {
        return Math.clamp(Runtime.getRuntime().maxMemory() / BATCHES_SHARE / CollapsedBatch.BYTES, Ahead.ROOM, MOST_BATCHES);
    }

    private void takeAll(Ahead.Maker<CollapsedBatch> from) throws IOException {
        for (CollapsedBatch batch; !full && (batch = from.next()) != null;) {
            full = !trees.take(batch);
            if (glimpses == Glimpses.NONE) continue;
            if (batch.freshTexts().length > 0) texts.add(batch.freshTexts());
            names.addAll(batch.freshNames());
            if (glimpses.wanted()) glimpses.show(glimpse());
        }
        full = full || !trees.end();
    }

    private Profile profile(CollapsedLines lines, ReadWarnings warnings) {
        List<StackTree> built = trees.build();
        if (built.isEmpty()) {
            String problem = lines.empty() ? "collapsed.empty" : "collapsed.no-stacks";
            throw new ProblemException(Problem.of(strings, problem, Place.of(source.name())));
        }
        if (full) warnings.add("collapsed.too-large", trees.full());
        if (lines.bad() > 0) warnings.add("collapsed.bad-lines", 0, lines.bad(), lines.badLines());
        if (lines.threads().merged()) warnings.add("collapsed.many-threads", 0);
        if (times != null && times.dropped()) warnings.add("collapsed.no-times", 0);
        context.checkpoint();
        LineCosts costs = lines.frames().lines(sums.self());
        List<Timeline> timelines = times == null ? List.of() : times.build(built.size());
        var info = new ProfileInfo("collapsed", shape.creator(), null, shape.events(strings, sums.totals()), lines.threads().infos(built),
                warnings.list("collapsed.more"));
        return new Profile.Stacks(info, lines.frames().functions(), costs, built, timelines, EmbeddedSources.NONE);
    }

    /// The sums so far.
    private Glimpse glimpse() {
        double[] costs = new double[names.size()];
        double[] self = sums.self()[0];
        int text = 1;
        for (int[] part : texts) for (int function : part) costs[function] += text < self.length ? self[text++] : 0;
        return Glimpse.of(shape.events(strings, sums.totals()).getFirst(), costs.length, f -> costs[f], names::get);
    }
}
