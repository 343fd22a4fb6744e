package serpentarium.profile.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.Event;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.StackTree;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Unit;
import serpentarium.task.TaskContext;

/// Reads the boxes of one flame graph.
final class SvgFlameReader {
    /// The attribute of a picture whose titles tell the lines where functions begin, as this program writes them.
    static final String DEFINITIONS = "data-definition-lines";

    private final Strings strings;
    private final Source source;
    private final TaskContext context;
    private final ReadWarnings warnings;
    private CollapsedFrames frames = new CollapsedFrames(CollapsedShape.Frames.PLAIN);
    private final SvgFlameBoxes boxes = new SvgFlameBoxes();
    private String unit;
    private boolean counted;
    private boolean ended;
    private boolean own;

    SvgFlameReader(Strings strings, Source source, TaskContext context) {
        this.strings = strings;
        this.source = source;
        this.context = context;
        warnings = new ReadWarnings(strings, source.name());
    }

    /// Reads it.
    Profile read() throws IOException {
        context.checkpoint();
        try (var in = new SvgInput(source, context)) {
            document(in);
            if (!ended) warnings.addAt("svg.truncated", Place.offset(source.name(), in.offset()));
        }
        context.checkpoint();
        int undrawn = text(strings.get("svg.undrawn"));
        var tree = new StackTree.Builder(1);
        double[] self = undrawn >= 0 ? boxes.build(tree, frames, undrawn, context) : new double[1];
        StackTree stacks = tree.build();
        double total = 0;
        for (int node = 1; node < stacks.size(); node++) total += stacks.self(0, node);
        if (stacks.size() == 1) throw nothing();
        var thread = new ThreadInfo(strings.get("svg.thread"), total);
        Event event = event(total);
        var info = new ProfileInfo(SvgFlameFormat.ID, own ? "Serpentarium" : counted ? "inferno" : "flamegraph.pl", null, List.of(event), List.of(thread),
                warnings.list("svg.more"));
        return new Profile.Stacks(info, frames.functions(), frames.lines(new double[][] {self}), List.of(stacks));
    }

    private ProblemException nothing() {
        String found = warnings.list("svg.more").stream().findFirst().map(w -> w.line()).orElse("");
        return new ProblemException(Problem.of(strings, "svg.no-boxes", Place.of(source.name()), found));
    }

    /// A title comes before the rectangle that it is of, or within it.
    private void document(SvgInput in) throws IOException {
        SvgFlameTitle title = null;
        double[] open = null;
        int depth = 0;
        while (in.next()) {
            switch (in.tag()) {
                case "svg" -> {
                    if (in.number(DEFINITIONS) == 1 && boxes.size() == 0) {
                        frames = new CollapsedFrames(CollapsedShape.Frames.WRITTEN);
                        own = true;
                    }
                    if (!in.empty()) depth += in.closing() ? -1 : 1;
                    ended |= in.closing() && depth <= 0;
                }
                case "g", "a" -> {
                    title = in.tag().equals("a") ? title : null;
                    open = null;
                }
                case "title" -> {
                    if (in.closing() || in.empty()) break;
                    title = SvgFlameTitle.of(in.text());
                    if (title != null && open != null) {
                        box(in, title, open);
                        title = null;
                        open = null;
                    }
                }
                case "rect" -> {
                    double[] area = in.closing() ? null : area(in);
                    if (area != null && title != null) {
                        box(in, title, area);
                        title = null;
                    } else open = area == null || in.empty() ? null : area;
                }
                default -> {
                }
            }
        }
    }

    /// Left edge, width and upper edge: in counts where the picture tells them, else in pixels or per cent.
    private double[] area(SvgInput in) {
        double from = in.number("fg:x");
        double width = in.number("fg:w");
        boolean exact = !Double.isNaN(from) && !Double.isNaN(width);
        if (boxes.size() == 0) counted = exact;
        if (!counted) {
            from = in.number("x");
            width = in.number("width");
        }
        return new double[] {from, width, in.number("y")};
    }

    private void box(SvgInput in, SvgFlameTitle title, double[] area) {
        if (Double.isNaN(area[0]) || !(area[1] >= 0) || Double.isNaN(area[2])) {
            warnings.addAt("svg.bad-box", Place.offset(source.name(), in.offset()));
            return;
        }
        if (title.difference()) warnings.once("svg.difference", 0);
        if (unit == null) unit = title.unit();
        int text = text(title.name());
        boolean all = title.name().equals("all");
        if (text < 0 || !boxes.add(area[0], area[1], area[2], title.count(), text, all)) warnings.once("svg.too-large", 0);
    }

    private int text(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return frames.text(bytes, 0, bytes.length);
    }

    private Event event(double total) {
        String word = unit == null || unit.isEmpty() ? "samples" : unit;
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "samples" -> new Event("samples", strings.get("svg.event.samples"), Unit.SAMPLES, total);
            case "us", "µs", "μs", "usec", "microseconds" -> new Event("time", strings.get("svg.event.time"), Unit.MICROSECONDS, total);
            case "ns", "nanoseconds" -> new Event("time", strings.get("svg.event.time"), Unit.NANOSECONDS, total);
            case "s", "sec", "seconds" -> new Event("time", strings.get("svg.event.time"), Unit.SECONDS, total);
            case "bytes" -> new Event("memory", strings.get("svg.event.memory"), Unit.BYTES, total);
            default -> new Event(word, word, Unit.COUNT, total);
        };
    }
}
