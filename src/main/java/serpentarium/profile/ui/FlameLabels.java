package serpentarium.profile.ui;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.profile.CountColumn;
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.Profile;
import serpentarium.profile.Unit;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.CallTree;
import serpentarium.profile.analysis.EstimateMode;
import serpentarium.profile.analysis.Filter;
import serpentarium.profile.analysis.FlameLayout;
import serpentarium.profile.analysis.Origin;
import serpentarium.profile.analysis.TimeLayout;

/// What is said of the boxes of a flame graph: in them, and when one asks.
final class FlameLabels {
    private static final Strings STRINGS = Strings.of(FlameLabels.class);
    private static final int LONGEST = 400;

    private final FlameMode mode;
    private final Event event;
    private final Analysis analysis;
    private final FlameLayout layout;
    private final FrameTable frames;
    private final double whole;
    private final FlameDeltas deltas;

    /// One fact about a box.
    ///
    /// @param title what it is
    /// @param value in words
    record Fact(String title, String value) {}

    /// Reads nothing but the analysis and the layout, so that any thread may ask. Shares are of what the tree holds.
    FlameLabels(FlameMode mode, Analysis analysis, FlameLayout layout) {
        this(mode, analysis, layout, false, null);
    }

    /// @param ofAll  whether shares are of what there was before any filter
    /// @param deltas what changed since another profile, or null
    FlameLabels(FlameMode mode, Analysis analysis, FlameLayout layout, boolean ofAll, FlameDeltas deltas) {
        this.deltas = deltas;
        if (layout instanceof TimeLayout) this.whole = layout.width();
        else this.whole = ofAll ? analysis.whole() : analysis.tree().total(0);
        this.mode = mode;
        this.event = analysis.slice().eventInfo();
        this.analysis = analysis;
        this.layout = layout;
        this.frames = analysis.frames();
    }

    /// What stands in a box: the name, with a sign where it is no exact function.
    String label(int box) {
        String name = name(box);
        if (layout.kind(box) == CallTree.RECURSION) name = STRINGS.get("flame.recursion", name);
        return layout.exact(box) ? name : STRINGS.get("flame.estimated", name);
    }

    /// The label with the module, where there is room for both.
    String longLabel(int box) {
        String module = module(box);
        return module == null ? label(box) : STRINGS.get("flame.label-module", label(box), module);
    }

    /// The name alone, in one line.
    String name(int box) {
        int lane = layout.lane(box);
        if (lane >= 0) return STRINGS.get("flame.whole", line(((TimeLayout) layout).threads().get(lane).name()), cost(layout.total(box)));
        int function = layout.frame(box);
        if (function >= 0) return line(frames.name(function));
        if (box == layout.trunk()) return STRINGS.get("flame.whole", everything(), cost(layout.total(box)));
        String special = layout.like(box) < 0 ? null : NodeText.of(analysis, layout.like(box));
        if (special != null) return special;
        return STRINGS.get(layout.kind(box) == CallTree.UNATTRIBUTED ? "flame.unattributed" : "flame.small");
    }

    /// The name as the file has it, for the clipboard; null for what is no function.
    String rawName(int box) {
        return layout.frame(box) < 0 ? null : frames.name(layout.frame(box));
    }

    private String everything() {
        boolean filtered = analysis.slice().filters().stream().anyMatch(filter -> !(filter instanceof Filter.ApartByThread));
        return filtered ? STRINGS.get("flame.filtered", all()) : all();
    }

    private String all() {
        if (layout instanceof TimeLayout time && time.threads().size() == 1) return line(time.threads().getFirst().name());
        if (analysis.slice().profile() instanceof Profile.Graph && analysis.slice().mode() instanceof EstimateMode.EdgesOf) return STRINGS.get("flame.all-callers");
        var picked = analysis.slice().threads();
        var threads = analysis.slice().profile().info().threads();
        if (analysis.slice().wholeProgram()) return STRINGS.get(threads.size() > 1 ? "flame.all-threads" : "flame.all");
        return picked.size() == 1 ? line(threads.get(picked.iterator().next()).name()) : STRINGS.get("flame.some-threads", picked.size());
    }

    /// A cost as it is written here: in the event's unit; in the order of time in that of time.
    String cost(double value) {
        return layout instanceof TimeLayout time && !time.threads().isEmpty() ? time.threads().getFirst().timeline().unit().format(value)
                : event.format(value);
    }

    private String share(double cost) {
        return Quantity.share(cost / whole);
    }

    private String module(int box) {
        if (layout.frame(box) < 0) return null;
        String module = Origin.module(frames, layout.frame(box));
        return module == null ? null : line(module);
    }

    /// What there is to know of a box, but for its name.
    List<Fact> facts(int box) {
        var facts = new ArrayList<Fact>();
        int function = layout.frame(box);
        if (function >= 0) {
            String module = module(box);
            if (module != null) facts.add(fact("flame.fact.module", module));
            String file = frames.file(function);
            int line = frames.line(function);
            if (file != null) facts.add(fact("flame.fact.place", line > 0 ? line(file) + ":" + line : line(file)));
        }
        if (layout instanceof TimeLayout time) moment(facts, time, box);
        else costs(facts, box);
        int parent = layout.parent(box);
        if (parent >= 0 && layout.frame(parent) >= 0 && layout.total(parent) > 0)
            facts.add(fact(calledBy(box) ? "flame.fact.of-callee" : "flame.fact.of-caller", STRINGS.get("flame.of", Quantity.share(layout.total(box) / layout.total(parent)), name(parent))));
        if (function >= 0) {
            CountColumn calls = analysis.functions().calls();
            if (calls != null) facts.add(fact("flame.fact.calls", STRINGS.get("flame.calls", Quantity.count(calls.get(function)))));
        }
        if (deltas != null) facts.addAll(deltas.facts(layout.like(box)));
        String note = note(box);
        if (note != null) facts.add(fact("flame.fact.note", note));
        return facts;
    }

    private void costs(List<Fact> facts, int box) {
        double total = layout.total(box);
        boolean exact = layout.exact(box);
        facts.add(fact(calledBy(box) ? "flame.fact.cost" : "flame.fact.total", STRINGS.get(exact ? "flame.exactly" : "flame.about", cost(total), share(total))));
        if (!exact) facts.add(fact("flame.fact.certain", STRINGS.get("flame.between", cost(layout.lower(box)), cost(layout.upper(box)))));
        if (!exact && mode == FlameMode.SANDWICH && layout.parent(box) == layout.trunk()) direct(facts, box);
        double self = layout.self(box);
        if (!calledBy(box)) facts.add(fact("flame.fact.self", STRINGS.get(exact ? "flame.exactly" : "flame.about", cost(self), share(self))));
    }

    /// What the file has of the calls between a function and its neighbour: where ways overlap, the boxes share the width, but the sum is exact.
    private void direct(List<Fact> facts, int box) {
        var relations = analysis.relations(layout.frame(layout.trunk()));
        for (var relation : calledBy(box) ? relations.callers() : relations.callees())
            if (relation.function() == layout.frame(box) && !Double.isNaN(relation.total()) && !analysis.functionsEstimated())
                facts.add(fact("flame.fact.direct", STRINGS.get("flame.exactly", cost(relation.total()), share(relation.total()))));
    }

    /// Whether a box stands for a caller of what it hangs on, or for what has callers on it, and not for something called.
    private boolean calledBy(int box) {
        return mode == FlameMode.INVERTED && box != layout.trunk() || layout.row(box) < layout.trunkRow();
    }

    private void moment(List<Fact> facts, TimeLayout time, int box) {
        facts.add(fact("flame.fact.begins", cost(time.left(box))));
        facts.add(fact("flame.fact.lasts", STRINGS.get("flame.exactly", cost(time.total(box)), share(time.total(box)))));
        facts.add(fact("flame.fact.self", STRINGS.get("flame.exactly", cost(time.self(box)), share(time.self(box)))));
        if (time.lanes() > 0 && box != time.trunk())
            facts.add(fact("flame.fact.thread", line(time.threads().get(time.laneOfRow(time.row(box))).name())));
    }

    private String note(int box) {
        return switch (layout.kind(box)) {
            case CallTree.RECURSION -> STRINGS.get("flame.note.recursion");
            case CallTree.UNATTRIBUTED -> STRINGS.get("flame.note.unattributed");
            case CallTree.SMALL -> STRINGS.get(calledBy(box) ? "flame.note.small-callers" : "flame.note.small");
            default -> {
                if (!layout.exact(box)) yield STRINGS.get("flame.note.estimated");
                yield layout.like(box) < 0 ? null : NodeText.note(analysis.tree(), layout.like(box));
            }
        };
    }

    private static Fact fact(String key, String value) {
        return new Fact(STRINGS.get(key), value);
    }

    /// Name and facts as lines of text.
    String description(int box) {
        var text = new StringBuilder(name(box));
        for (Fact fact : facts(box)) text.append('\n').append(STRINGS.get("flame.fact", fact.title, fact.value));
        return text.toString();
    }

    /// The same for a picture that other tools may read: the first line as flamegraph.pl writes it, `NAME (FILE:LINE) (COUNT UNIT, PERCENT%)`.
    String title(int box) {
        int function = layout.frame(box);
        String name = box == layout.trunk() ? "all" : name(box);
        if (function >= 0 && frames.file(function) != null) name += " (" + line(frames.file(function)) + ":" + Math.max(0, frames.line(function)) + ")";
        double total = layout.total(box);
        String share = String.format(Locale.ROOT, "%.2f", whole > 0 ? total / whole * 100 : 0);
        String description = description(box);
        int end = description.indexOf('\n');
        return name + " (" + new BigDecimal(Double.toString(total)).toPlainString() + " " + unit() + ", " + share + "%)" + (end < 0 ? "" : description.substring(end));
    }

    private String unit() {
        Unit unit = layout instanceof TimeLayout time && !time.threads().isEmpty() ? time.threads().getFirst().timeline().unit() : event.unit();
        return switch (unit) {
            case SECONDS -> "s";
            case NANOSECONDS -> "ns";
            case MICROSECONDS -> "us";
            case BYTES -> "bytes";
            case SAMPLES -> "samples";
            case INSTRUCTIONS, COUNT -> line(event.name()).replace(' ', '_').replace(',', '_');
        };
    }

    /// A box in the line of an outline: share, cost, name.
    String outlineLine(int box) {
        return STRINGS.get("flame.outline", share(layout.total(box)), cost(layout.total(box)), label(box));
    }

    /// The same for Markdown: the name as code.
    String markdownLine(int box) {
        String name = label(box);
        String fence = name.contains("`") ? "``" : "`";
        return STRINGS.get("flame.outline", share(layout.total(box)), cost(layout.total(box)), fence + name + fence);
    }

    /// The functions on the way from the trunk to a box, a line each, with file and line; the box itself the last.
    String stack(int box) {
        var lines = new ArrayList<String>();
        for (int at = box; at >= 0; at = layout.parent(at)) {
            int function = layout.frame(at);
            if (function < 0) continue;
            String path = FunctionText.path(frames, function);
            lines.add(path.isEmpty() ? line(frames.name(function)) : STRINGS.get("flame.stack-line", line(frames.name(function)), path));
        }
        return String.join("\n", lines.reversed());
    }

    /// A text in one line without control characters, not too long: names come from files.
    static String line(String text) {
        String part = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        for (int i = 0; i < part.length(); i++)
            if (Character.isISOControl(part.charAt(i))) return part.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        return part;
    }

    /// A name with its middle left out where it is longer than `most` characters.
    static String middleCut(String name, int most) {
        if (name.length() <= most) return name;
        int head = most / 2;
        return name.substring(0, head) + "…" + name.substring(name.length() - (most - head - 1));
    }
}
