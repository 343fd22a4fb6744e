package serpentarium.profile.ui;

import java.util.ArrayList;
import java.util.List;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.profile.CountColumn;
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.CallTree;
import serpentarium.profile.analysis.Origin;

/// What is said of the nodes of a flame graph: in their boxes, and when one asks.
final class FlameLabels {
    private static final Strings STRINGS = Strings.of(FlameLabels.class);
    private static final int LONGEST = 400;

    private final Event event;
    private final Analysis analysis;
    private final CallTree tree;
    private final FrameTable frames;

    /// One fact about a node.
    ///
    /// @param title what it is
    /// @param value in words
    record Fact(String title, String value) {}

    /// Reads nothing but the analysis, so that any thread may ask.
    FlameLabels(Analysis analysis) {
        this.event = analysis.slice().eventInfo();
        this.analysis = analysis;
        this.tree = analysis.tree();
        this.frames = analysis.frames();
    }

    /// What stands in a box: the name, with a sign where it is no exact function.
    String label(int node) {
        String name = name(node);
        if (tree.kind(node) == CallTree.RECURSION) name = STRINGS.get("flame.recursion", name);
        return tree.estimated() && !tree.exact(node) ? STRINGS.get("flame.estimated", name) : name;
    }

    /// The label with the module, where there is room for both.
    String longLabel(int node) {
        String module = module(node);
        return module == null ? label(node) : STRINGS.get("flame.label-module", label(node), module);
    }

    /// The name alone, in one line.
    String name(int node) {
        if (node == 0) return whole();
        String special = NodeText.of(analysis, node);
        if (special != null) return special;
        return switch (tree.kind(node)) {
            case CallTree.UNATTRIBUTED -> STRINGS.get("flame.unattributed");
            case CallTree.SMALL -> STRINGS.get("flame.small");
            default -> line(frames.name(tree.frame(node)));
        };
    }

    /// The name as the file has it, for the clipboard; null for what is no function.
    String rawName(int node) {
        return tree.frame(node) < 0 ? null : frames.name(tree.frame(node));
    }

    private String whole() {
        var picked = analysis.slice().threads();
        var threads = analysis.slice().profile().info().threads();
        String name;
        if (analysis.slice().wholeProgram()) name = STRINGS.get(threads.size() > 1 ? "flame.all-threads" : "flame.all");
        else if (picked.size() == 1) name = line(threads.get(picked.iterator().next()).name());
        else name = STRINGS.get("flame.some-threads", picked.size());
        return STRINGS.get("flame.whole", name, event.format(tree.total(0)));
    }

    private String module(int node) {
        if (tree.frame(node) < 0) return null;
        String module = Origin.module(frames, tree.frame(node));
        return module == null ? null : line(module);
    }

    /// What there is to know of a node, but for its name.
    List<Fact> facts(int node) {
        var facts = new ArrayList<Fact>();
        int function = tree.frame(node);
        if (function >= 0) {
            String module = module(node);
            if (module != null) facts.add(fact("flame.fact.module", module));
            String file = frames.file(function);
            int line = frames.line(function);
            if (file != null) facts.add(fact("flame.fact.place", line > 0 ? line(file) + ":" + line : line(file)));
        }
        double total = tree.total(node);
        String share = Quantity.share(total / tree.total(0));
        if (tree.estimated() && !tree.exact(node)) {
            facts.add(fact("flame.fact.total", STRINGS.get("flame.about", event.format(total), share)));
            String between = STRINGS.get("flame.between", event.format(tree.lower(node)), event.format(tree.upper(node)));
            facts.add(fact("flame.fact.certain", between));
        } else {
            facts.add(fact("flame.fact.total", STRINGS.get("flame.exactly", event.format(total), share)));
        }
        String ownShare = Quantity.share(tree.self(node) / tree.total(0));
        facts.add(fact("flame.fact.self",
                STRINGS.get(tree.exact(node) ? "flame.exactly" : "flame.about", event.format(tree.self(node)), ownShare)));
        int parent = tree.parent(node);
        if (parent > 0 && tree.total(parent) > 0)
            facts.add(fact("flame.fact.of-caller", STRINGS.get("flame.of", Quantity.share(total / tree.total(parent)), name(parent))));
        if (function >= 0) {
            CountColumn calls = analysis.functions().calls();
            if (calls != null) facts.add(fact("flame.fact.calls", STRINGS.get("flame.calls", Quantity.count(calls.get(function)))));
        }
        String note = note(node);
        if (note != null) facts.add(fact("flame.fact.note", note));
        return facts;
    }

    private String note(int node) {
        return switch (tree.kind(node)) {
            case CallTree.RECURSION -> STRINGS.get("flame.note.recursion");
            case CallTree.UNATTRIBUTED -> STRINGS.get("flame.note.unattributed");
            case CallTree.SMALL -> STRINGS.get("flame.note.small");
            default -> tree.estimated() && !tree.exact(node) ? STRINGS.get("flame.note.estimated") : NodeText.note(tree, node);
        };
    }

    private static Fact fact(String key, String value) {
        return new Fact(STRINGS.get(key), value);
    }

    /// Name and facts as lines of text.
    String description(int node) {
        var text = new StringBuilder(name(node));
        for (Fact fact : facts(node)) text.append('\n').append(STRINGS.get("flame.fact", fact.title, fact.value));
        return text.toString();
    }

    /// A node in the line of an outline: total, self, name.
    String outlineLine(int node) {
        return STRINGS.get("flame.outline", Quantity.share(tree.total(node) / tree.total(0)), event.format(tree.total(node)), label(node));
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
