package serpentarium.profile.ui;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import serpentarium.base.Strings;
import serpentarium.profile.FrameTable;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.CallTree;
import serpentarium.profile.analysis.FunctionTable;
import serpentarium.profile.analysis.Origin;
import serpentarium.task.TaskContext;

/// The data of an HTML report: the dearest boxes of the flame graph in depth-first columns, and the functions.
final class HtmlData {
    /// How many boxes there are at the most.
    static final int MOST_NODES = 30_000;
    /// How many functions are listed at the most.
    static final int MOST_FUNCTIONS = 10_000;
    private static final Strings STRINGS = Strings.of(HtmlData.class);

    private final Analysis analysis;
    private final CallTree tree;
    private final FrameTable frames;
    private final FlameLabels labels;
    private final TaskContext context;
    private final double least;
    private final int[] kept;
    private final int[] listed;
    private final Map<Integer, Integer> number = new LinkedHashMap<>();
    private final Map<String, Integer> specials = new LinkedHashMap<>();

    HtmlData(Analysis analysis, TaskContext context) {
        this.analysis = analysis;
        this.context = context;
        tree = analysis.tree();
        frames = analysis.frames();
        labels = new FlameLabels(FlameMode.HEAVY, analysis, analysis.layout());
        least = leastKept();
        int[] nodes = new int[Math.min(tree.size(), MOST_NODES)];
        int count = 0;
        // A node is never dearer than the one above it: what is kept stays connected.
        for (int node = 0; node < tree.size() && count < nodes.length; node++)
            if (node == 0 || drawn(node) && tree.total(node) >= least) nodes[count++] = node;
        kept = Arrays.copyOf(nodes, count);
        int[] bySelf = analysis.functions().bySelf();
        listed = Arrays.copyOf(bySelf, Math.min(bySelf.length, MOST_FUNCTIONS));
        for (int f : listed) number.put(f, number.size());
        for (int node : kept) if (function(node) >= 0) number.putIfAbsent(function(node), number.size());
    }

    private boolean drawn(int node) {
        return tree.total(node) > 0 && tree.total(node) < Double.POSITIVE_INFINITY && (tree.parent(node) <= 0 || tree.total(node) <= tree.total(tree.parent(node)) * 1.000001);
    }

    private double leastKept() {
        if (tree.size() <= MOST_NODES) return 0;
        double[] totals = new double[tree.size()];
        for (int node = 0; node < totals.length; node++) totals[node] = drawn(node) ? tree.total(node) : 0;
        Arrays.sort(totals);
        return Math.nextUp(totals[totals.length - MOST_NODES]);
    }

    /// How many boxes are left out.
    int leftOut() {
        return tree.size() - kept.length;
    }

    /// What those that are there cost at the least.
    double least() {
        return least;
    }

    /// How many functions are not in the table.
    int functionsLeftOut() {
        return analysis.functions().functions().length - listed.length;
    }

    private int function(int node) {
        byte kind = tree.kind(node);
        return kind == CallTree.FUNCTION || kind == CallTree.RECURSION ? tree.frame(node) : -1;
    }

    void write(JsonGenerator json) throws IOException {
        var unit = analysis.slice().eventInfo().unit();
        json.writeStartObject();
        json.writeStringField("unit", unit.id());
        json.writeNumberField("scale", switch (unit) {
            case SECONDS -> 1.0;
            case MICROSECONDS -> 1e-6;
            case NANOSECONDS -> 1e-9;
            case BYTES, SAMPLES, INSTRUCTIONS, COUNT -> 0.0;
        });
        json.writeNumberField("total", tree.total(0));
        json.writeBooleanField("calls", analysis.functions().calls() != null);
        texts(json);
        nodes(json);
        functions(json);
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("texts");
        for (String key : List.of("all", "other", "total", "self", "calls", "between", "found", "fn", "file", "rows"))
            json.writeStringField(key, STRINGS.get("html.text." + key));
        json.writeEndObject();
    }

    private interface Column {
        void write(int node) throws IOException;
    }

    private void column(JsonGenerator json, String name, Column column) throws IOException {
        context.checkpoint();
        json.writeArrayFieldStart(name);
        for (int node : kept) column.write(node);
        json.writeEndArray();
    }

    private void nodes(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("nodes");
        column(json, "f", node -> json.writeNumber(code(node)));
        column(json, "d", node -> json.writeNumber(tree.depth(node)));
        column(json, "t", node -> number(json, tree.total(node)));
        column(json, "s", node -> number(json, tree.self(node)));
        if (tree.estimated()) {
            column(json, "lo", node -> number(json, tree.lower(node)));
            column(json, "hi", node -> number(json, tree.upper(node)));
        }
        json.writeEndObject();
        json.writeArrayFieldStart("specials");
        for (String text : specials.keySet()) json.writeString(text);
        json.writeEndArray();
    }

    /// The number of a node's function, or less than 0 for what is none.
    private int code(int node) {
        int function = function(node);
        if (function >= 0) return number.get(function);
        return node == 0 ? -1 - specials.computeIfAbsent(labels.name(0), _ -> specials.size()) : -1 - specials.computeIfAbsent(labels.name(node), _ -> specials.size());
    }

    private void functions(JsonGenerator json) throws IOException {
        FunctionTable table = analysis.functions();
        var light = new FlameColors(frames, false, 0xffffffff);
        var dark = new FlameColors(frames, true, 0xff0d1117);
        List<String[]> palette = new ArrayList<>();
        Map<String, Integer> known = new HashMap<>();
        Set<Origin> origins = EnumSet.noneOf(Origin.class);
        json.writeArrayFieldStart("functions");
        for (int f : number.keySet()) {
            origins.add(light.origin(f));
            String[] pair = {hex(light.fill(f)), hex(dark.fill(f))};
            int color = known.computeIfAbsent(pair[0] + pair[1], _ -> {
                palette.add(pair);
                return palette.size() - 1;
            });
            json.writeStartObject();
            json.writeStringField("n", frames.name(f));
            json.writeStringField("p", place(f));
            json.writeNumberField("c", color);
            json.writeFieldName("s");
            number(json, table.self(f));
            json.writeFieldName("t");
            number(json, table.total(f));
            json.writeFieldName("k");
            if (table.calls() == null) json.writeNull();
            else json.writeNumber(table.calls().exact(f));
            json.writeBooleanField("r", number.get(f) < listed.length);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("palette");
        for (String[] pair : palette) pair(json, pair[0], pair[1]);
        json.writeEndArray();
        json.writeArrayFieldStart("legend");
        for (Origin origin : origins) {
            json.writeStartObject();
            json.writeStringField("t", STRINGS.get("flame.origin." + origin.name()));
            json.writeFieldName("c");
            pair(json, hex(FlameColors.family(origin, false)), hex(FlameColors.family(origin, true)));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void pair(JsonGenerator json, String light, String dark) throws IOException {
        json.writeStartArray();
        json.writeString(light);
        json.writeString(dark);
        json.writeEndArray();
    }

    private String place(int f) {
        String file = frames.file(f) != null ? frames.file(f) : frames.module(f);
        return file == null ? null : frames.line(f) > 0 ? file + ":" + frames.line(f) : file;
    }

    private static void number(JsonGenerator json, double value) throws IOException {
        if (Double.isNaN(value) || Double.isInfinite(value)) json.writeNull();
        else if (value == Math.rint(value) && Math.abs(value) < 1L << 53) json.writeNumber((long) value);
        else json.writeNumber(value);
    }

    private static String hex(int color) {
        return String.format(java.util.Locale.ROOT, "#%06x", color & 0xffffff);
    }
}
