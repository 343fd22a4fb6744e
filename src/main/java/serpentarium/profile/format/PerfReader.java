package serpentarium.profile.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.EmbeddedSources;
import serpentarium.profile.Event;
import serpentarium.profile.LineCosts;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.StackTree;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Timeline;
import serpentarium.task.TaskContext;

/// Reads the text of one `perf script`.
final class PerfReader {
    private static final int LONGEST_LINE = 1 << 20;
    private static final int DEEPEST = 1 << 20;

    private final Strings strings;
    private final Source source;
    private final TaskContext context;
    private final ReadWarnings warnings;
    private final PerfFrames frames = new PerfFrames();
    private final PerfStacks stacks = new PerfStacks();
    private String version;
    private String command;

    private PerfSample open;
    private long openLine;
    private int[] stack = new int[256];
    private int depth;
    private boolean python;
    private boolean addresses;
    private long samples;
    private boolean folded;

    PerfReader(Strings strings, Source source, TaskContext context) {
        this.strings = strings;
        this.source = source;
        this.context = context;
        warnings = new ReadWarnings(strings, source.name());
    }

    /// Reads it.
    Profile read() throws IOException {
        context.checkpoint();
        try (var in = new LineInput(source, context, LONGEST_LINE)) {
            while (in.next()) {
                if (in.tooLong()) warnings.add("perf.bad-line", in.line());
                else line(in.bytes(), in.start(), in.end(), in.line());
            }
        }
        if (open != null && depth > 0) warnings.add("perf.cut-off", openLine);
        close();
        if (samples == 0) throw new ProblemException(Problem.of(strings, "perf.no-samples", Place.of(source.name())));
        if (folded) warnings.add("perf.folded", 0);
        List<StackTree> trees = new ArrayList<>();
        List<Timeline> timelines = new ArrayList<>();
        List<ThreadInfo> infos = new ArrayList<>();
        if (stacks.times().dropped()) warnings.add("perf.no-times", 0);
        List<Event> events = stacks.events(strings);
        for (int t = 0; t < stacks.threads().size(); t++) {
            context.checkpoint();
            int[][] nodes = new int[PerfStacks.MAX_EVENTS][];
            StackTree tree = stacks.build(t, nodes);
            if (stacks.times().known()) timelines.add(stacks.times().build(t, nodes));
            double sum = 0;
            for (int node = 1; node < tree.size(); node++) sum += tree.self(0, node);
            trees.add(tree);
            PerfStacks.Thread thread = stacks.threads().get(t);
            String process = thread.process() == null ? null : strings.get("perf.process", thread.process());
            infos.add(new ThreadInfo(thread.name(), sum, process));
        }
        String creator = version == null ? "perf" : "perf " + version;
        var info = new ProfileInfo(PerfScriptFormat.ID, creator, command, events, infos, warnings.list("perf.more"));
        return new Profile.Stacks(info, frames.functions(), LineCosts.NONE, trees, timelines, EmbeddedSources.NONE);
    }

    private void line(byte[] b, int from, int to, long line) {
        int end = to;
        while (end > from && AsciiNumber.blank(b[end - 1])) end--;
        if (end == from) {
            close();
            return;
        }
        if (b[from] == '#') {
            if (samples == 0) header(ByteTexts.decode(b, from, Math.min(end, from + 4096)));
            return;
        }
        if (open != null && AsciiNumber.blank(b[from])) {
            frame(b, from, end, line);
            return;
        }
        PerfSample sample = PerfSample.of(b, from, end);
        if (sample == null) {
            warnings.add("perf.bad-line", line);
            return;
        }
        close();
        open = sample;
        openLine = line;
        if (sample.frame() < 0 || PerfFrames.addressEnd(b, from + sample.frame(), end) < 0) return;
        frame(b, from + sample.frame(), end, line);
        close();
    }

    private void header(String text) {
        String[] parts = text.substring(1).split(" : ", 2);
        if (parts.length < 2) return;
        switch (parts[0].strip()) {
            case "perf version" -> version = parts[1].strip();
            case "cmdline" -> command = parts[1].strip();
            default -> {
            }
        }
    }

    private void frame(byte[] b, int from, int to, long line) {
        if (depth == DEEPEST) {
            warnings.once("perf.too-deep", line, DEEPEST);
            return;
        }
        addresses |= PerfFrames.addressEnd(b, from, to) > 0;
        int frame = frames.frame(b, from, to, addresses);
        if (frame == -1) warnings.once("perf.too-many-names", line);
        if (frame < 0) return;
        python |= frames.python(frame);
        if (depth == stack.length) stack = Arrays.copyOf(stack, depth * 2);
        stack[depth++] = frame;
    }

    private void close() {
        if (open == null) return;
        if (depth == 0) stack[depth++] = frames.unknown();
        boolean room = stack[0] >= 0;
        int kept = 0;
        for (int i = 0; room && i < depth; i++) {
            if (python && frames.glue(stack[i])) folded = true;
            else stack[kept++] = frames.function(stack[i]);
        }
        if (room && stacks.add(open, stack, kept)) samples++;
        else warnings.once("perf.too-large", openLine);
        open = null;
        depth = 0;
        python = false;
    }
}
