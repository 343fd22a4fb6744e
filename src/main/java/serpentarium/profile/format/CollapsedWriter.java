package serpentarium.profile.format;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.profile.Event;
import serpentarium.profile.Profile;
import serpentarium.profile.StackTree;
import serpentarium.profile.Unit;
import serpentarium.profile.Warning;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;

/// Writes collapsed stacks, for flamegraph.pl, inferno, speedscope and others: `thread (1): NAME;FRAME;FRAME COST`, a line each.
///
/// Costs are the first event's; seconds become nanoseconds. The first lines are comments that say what the numbers count, so that
/// [CollapsedFormat] reads back what was written; other programs skip them.
public final class CollapsedWriter implements ProfileWriter {
    private static final Strings STRINGS = Strings.of(CollapsedWriter.class);
    private static final int CHECK_EVERY = 1 << 12;

    /// The writer; it has no state.
    public CollapsedWriter() {}

    @Override public String id() {
        return "collapsed";
    }

    @Override public List<String> endings() {
        return List.of(".collapsed", ".folded");
    }

    @Override public Says says() {
        return new Says(true, false, false, true, false);
    }

    @Override public List<Warning> write(Profile profile, OutputStream out, TaskContext context) throws IOException {
        if (!(profile instanceof Profile.Stacks stacks)) throw new ProblemException(Problem.of(STRINGS, "write.stacks-only", Place.NOWHERE, id()));
        var notes = new WriteNotes(STRINGS);
        Event event = stacks.info().events().getFirst();
        if (stacks.info().events().size() > 1) notes.once("write.one-event", event.title());
        boolean seconds = event.unit() == Unit.SECONDS;
        var texts = new CollapsedTexts(stacks.frames());
        header(out, event, seconds);
        boolean threads = stacks.trees().size() > 1;
        long nodes = stacks.trees().stream().mapToLong(StackTree::size).sum();
        long done = 0;
        for (int t = 0; t < stacks.trees().size(); t++) {
            StackTree tree = stacks.trees().get(t);
            byte[] head = threads ? CollapsedTexts.thread(t + 1, stacks.info().threads().get(t).name()) : new byte[0];
            var walk = new StackWalk(tree);
            for (int node = 1; node < tree.size(); node++, done++) {
                if (done % CHECK_EVERY == 0) {
                    context.checkpoint();
                    context.progress(done, nodes, Progress.Unit.ITEMS);
                }
                double cost = tree.self(0, node);
                if (!(cost > 0)) continue;
                String count = seconds ? Long.toString(Math.round(cost * 1e9)) : plain(cost);
                if (count.equals("0")) continue;
                out.write(head);
                walk.to(node);
                for (int i = 0; i < walk.depth(); i++) {
                    if (i > 0) out.write(';');
                    out.write(texts.of(walk.frame(i)));
                }
                out.write(' ');
                out.write(count.getBytes(StandardCharsets.ISO_8859_1));
                out.write('\n');
            }
        }
        if (texts.altered()) notes.once("write.collapsed.names");
        return notes.list();
    }

    private static void header(OutputStream out, Event event, boolean seconds) throws IOException {
        String unit = seconds ? Unit.NANOSECONDS.id() : event.unit().id();
        String name = CollapsedTexts.clean(event.name());
        out.write((CollapsedShape.WRITTEN + "\n# unit: " + unit + "\n# event: " + name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String plain(double cost) {
        return cost == Math.rint(cost) && cost < 1e15 ? Long.toString((long) cost) : new BigDecimal(Double.toString(cost)).toPlainString();
    }
}
