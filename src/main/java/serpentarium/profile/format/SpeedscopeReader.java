package serpentarium.profile.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.FrameTable;
import serpentarium.profile.Profile;
import serpentarium.profile.StackTree;
import serpentarium.profile.Timeline;
import serpentarium.task.TaskContext;

/// Reads one speedscope file, in whatever order its parts come.
final class SpeedscopeReader {
    private static final int MAX_PROFILES = 50_000;
    private static final long MAX_TEXT = 256 << 20;
    private static final int FRAME = 64;

    private final Strings strings;
    private final Source source;
    private final TaskContext context;
    private final ReadWarnings warnings;
    private final FrameTable.Builder frames = new FrameTable.Builder();
    private final List<Part> parts = new ArrayList<>();
    private long nodes;
    private long text;
    private boolean framesSeen;
    private String exporter;
    private String title;

    private final SpeedscopeStacks.Open openFrames = new SpeedscopeStacks.Open();
    private SpeedscopeStacks open;
    private String openName;
    private String openUnit;
    private double openStart;
    private double openEnd;
    private long segments;
    private boolean timesDropped;

    /// A profile of the file.
    ///
    /// @param name  null where it has none
    /// @param unit  the file's word
    /// @param kind  what that is
    /// @param stacks its stacks over the numbers of the file's frames
    /// @param times  the order of time over the nodes of these, in the file's unit
    /// @param start  when that begins
    record Part(String name, String unit, SpeedscopeUnit kind, StackTree stacks, Timeline times, double start) {}

    SpeedscopeReader(Strings strings, Source source, TaskContext context) {
        this.strings = strings;
        this.source = source;
        this.context = context;
        warnings = new ReadWarnings(strings, source.name());
    }

    /// Reads it.
    Profile read() throws IOException {
        context.checkpoint();
        try (var in = new JsonBytes(source, context)) {
            try {
                document(in);
            } catch (JsonBytes.Damage e) {
                warnings.addAt(e.brokenOff() ? "speedscope.truncated" : "speedscope.damaged", in.here());
            }
        }
        if (open != null) close();
        if (timesDropped) warnings.add("speedscope.no-times", 0);
        if (frames.size() == 0) throw problem(framesSeen ? "speedscope.empty-frames" : "speedscope.no-frames");
        Profile profile = new SpeedscopeProfile(strings, frames.build(), parts, exporter, title, warnings, context).bind(!timesDropped);
        if (profile == null) throw problem("speedscope.no-stacks");
        return profile;
    }

    private ProblemException problem(String id) {
        String found = warnings.list("speedscope.more").stream().findFirst().map(w -> w.line()).orElse("");
        return new ProblemException(Problem.of(strings, id, Place.of(source.name()), found));
    }

    private void document(JsonBytes in) throws IOException {
        if (!in.object()) return;
        while (in.key()) {
            switch (in.name()) {
                case "shared" -> shared(in);
                case "profiles" -> profiles(in);
                case "exporter" -> exporter = in.text();
                case "name" -> title = in.text();
                default -> in.skip();
            }
        }
    }

    private void shared(JsonBytes in) throws IOException {
        if (!in.object()) return;
        while (in.key()) {
            if (!in.name().equals("frames")) in.skip();
            else if (in.array()) {
                framesSeen = true;
                while (in.element()) frame(in);
            }
        }
    }

    private void frame(JsonBytes in) throws IOException {
        String name = null;
        String file = null;
        int line = -1;
        if (in.object()) {
            while (in.key()) {
                switch (in.name()) {
                    case "name" -> name = in.text();
                    case "file" -> file = in.text();
                    case "line" -> line = in.index(Integer.MAX_VALUE);
                    default -> in.skip();
                }
            }
        }
        if (name == null || name.isEmpty()) name = strings.get("speedscope.unnamed", frames.size());
        if (file != null && file.isEmpty()) file = null;
        // A frame of three bytes in the file takes some two hundred here, its name as it is.
        text += FRAME + name.length() + (file == null ? 0 : file.length());
        boolean room = text <= Math.min(MAX_TEXT, Runtime.getRuntime().maxMemory() / 8);
        if (!room || frames.size() == SpeedscopeStacks.MAX_FRAMES) throw problem("speedscope.too-many-frames");
        frames.add(name, file, null, line < 0 ? FrameTable.NO_LINE : line);
    }

    private void profiles(JsonBytes in) throws IOException {
        if (!in.array()) return;
        while (in.element()) {
            if (parts.size() >= MAX_PROFILES) {
                warnings.once("speedscope.many-profiles", 0, MAX_PROFILES);
                in.skip();
            } else if (in.object()) profile(in);
        }
    }

    private void profile(JsonBytes in) throws IOException {
        // What is finished takes 16 bytes a node and 20 a segment of time.
        long memory = Runtime.getRuntime().maxMemory() / 100 * 65 - 16 * nodes - 20 * segments;
        open = new SpeedscopeStacks(in, warnings, openFrames, memory, !timesDropped);
        openName = null;
        openUnit = "none";
        openStart = 0;
        openEnd = Double.NaN;
        while (in.key()) {
            switch (in.name()) {
                case "name" -> openName = in.text();
                case "unit" -> openUnit = String.valueOf(in.text());
                case "startValue" -> openStart = in.number();
                case "endValue" -> openEnd = in.number();
                case "samples" -> open.samples();
                case "weights" -> open.weights();
                case "events" -> open.events();
                default -> in.skip();
            }
        }
        close();
    }

    private void dropTimes() {
        timesDropped = true;
        segments = 0;
        parts.replaceAll(p -> new Part(p.name(), p.unit(), p.kind(), p.stacks(), Timeline.NONE, 0));
    }

    private void close() {
        SpeedscopeStacks stacks = open;
        open = null;
        if (!stacks.any()) warnings.add("speedscope.empty-profile", 0, openName == null ? parts.size() + 1 : openName);
        SpeedscopeUnit kind = stacks.unweighed() ? SpeedscopeUnit.SAMPLES : SpeedscopeUnit.of(openUnit);
        if (stacks.unweighed()) warnings.add("speedscope.no-weights", 0);
        StackTree tree = stacks.build(openEnd);
        nodes += tree.size();
        // What we write as samples is each different stack once, in no order.
        Timeline times = SpeedscopeWriter.EXPORTER.equals(exporter) && !stacks.timed() ? Timeline.NONE : stacks.times();
        if (times != null) segments += times.size();
        else if (!timesDropped) dropTimes();
        double start = stacks.timed() || Double.isNaN(openStart) ? 0 : openStart;
        parts.add(new Part(openName, stacks.unweighed() ? "none" : openUnit, kind, tree, timesDropped ? Timeline.NONE : times, start));
    }
}
