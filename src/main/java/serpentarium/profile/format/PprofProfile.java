package serpentarium.profile.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import serpentarium.base.Strings;
import serpentarium.profile.EmbeddedSources;
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.SourceLines;
import serpentarium.profile.StackTree;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.ThreadLines;
import serpentarium.profile.Unit;
import serpentarium.task.TaskContext;

/// Makes a profile of trees over pprof's locations.
final class PprofProfile {
    private static final int CHECK_EVERY = 1 << 16;

    private final Strings strings;
    private final PprofTables tables;
    private final PprofLabels labels;
    private final List<long[]> types;
    private final long defaultType;
    private final ReadWarnings warnings;
    private final TaskContext context;
    private final FrameTable.Builder functions = new FrameTable.Builder();
    private final int[] first;
    private int[] frames = new int[256];
    private long unknown;

    /// @param types       the texts of each sample type: what is counted, in which unit
    /// @param defaultType the text of the type to show first; 0 where the file names none
    PprofProfile(Strings strings, PprofTables tables, PprofLabels labels, List<long[]> types, long defaultType, ReadWarnings warnings, TaskContext context) {
        this.strings = strings;
        this.tables = tables;
        this.labels = labels;
        this.types = types;
        this.defaultType = defaultType;
        this.warnings = warnings;
        this.context = context;
        first = new int[tables.locations() + 1];
    }

    /// The profile; null where nothing is known of any location.
    Profile bind(List<StackTree> raw) {
        locations();
        int events = raw.getFirst().events();
        int[] order = order(events);
        double[] scale = new double[events];
        for (int e = 0; e < events; e++) scale[e] = scale(unit(order[e]));
        PlaceSums places = places();
        List<ThreadLines> lines = new ArrayList<>();
        double[] totals = new double[events];
        List<StackTree> trees = new ArrayList<>();
        List<ThreadInfo> threads = new ArrayList<>();
        for (int t = 0; t < raw.size(); t++) {
            StackTree stacks = raw.set(t, null);
            StackTree tree = bind(stacks, order, scale, totals);
            if (tree.size() == 1) continue;
            lines.add(places.of(stacks, functions.size(), order, scale, context));
            double total = 0;
            for (int node = 1; node < tree.size(); node++) total += tree.self(0, node);
            trees.add(tree);
            threads.add(labels.thread(strings, tables, t, total));
        }
        if (trees.isEmpty()) return null;
        if (unknown > 0) warnings.add("pprof.unknown-location", 0, unknown);
        List<Event> infos = new ArrayList<>();
        for (int e = 0; e < events; e++) infos.add(event(order[e], totals[e]));
        var info = new ProfileInfo(PprofFormat.ID, null, null, infos, threads, warnings.list("pprof.more"));
        return new Profile.Stacks(info, functions.build(), new SourceLines(lines), trees, List.of(), EmbeddedSources.NONE);
    }

    private PlaceSums places() {
        int count = tables.locations();
        int[] inner = new int[count];
        int[] outer = new int[count];
        int[] line = new int[count];
        for (int location = 0; location < count; location++) {
            boolean known = tables.defined(location);
            inner[location] = known ? frames[first[location + 1] - 1] : -1;
            outer[location] = known ? frames[first[location]] : -1;
            line[location] = known && tables.begin(location) < tables.end(location) ? tables.lineOf(tables.begin(location)) : 0;
        }
        return new PlaceSums(inner, line, outer);
    }

    /// The stacks of a thread over functions; their costs are added to the totals.
    private StackTree bind(StackTree raw, int[] order, double[] scale, double[] totals) {
        var tree = new StackTree.Builder(order.length);
        int[] to = new int[raw.size()];
        for (int node = 1; node < to.length; node++) {
            if ((node & CHECK_EVERY - 1) == 0) context.checkpoint();
            int location = raw.frame(node);
            int at = to[raw.parent(node)];
            if (at < 0 || !tables.defined(location)) {
                to[node] = -1;
                unknown++;
                continue;
            }
            for (int i = first[location]; i < first[location + 1]; i++) at = tree.child(at, frames[i]);
            to[node] = at;
            for (int e = 0; e < order.length; e++) {
                double cost = raw.self(order[e], node) * scale[e];
                if (cost == 0) continue;
                tree.addSelf(e, at, cost);
                totals[e] += cost;
            }
        }
        return tree.build();
    }

    /// The frames of every location, the outermost first.
    private void locations() {
        int size = 0;
        for (int location = 0; location < tables.locations(); location++) {
            first[location] = size;
            int begin = tables.begin(location);
            int end = tables.defined(location) ? tables.end(location) : begin;
            int most = size + Math.max(1, end - begin);
            if (most > frames.length) frames = Arrays.copyOf(frames, Math.max(frames.length * 2, most));
            for (int row = end - 1; row >= begin && row >= 0; row--) frames[size++] = frame(location, tables.functionOf(row));
            if (tables.defined(location) && begin == end) frames[size++] = frame(location, null);
        }
        first[tables.locations()] = size;
    }

    private int frame(int location, PprofTables.Function function) {
        String object = tables.object(location);
        if (function == null) return functions.intern("0x" + Long.toHexString(tables.address(location)), null, object, FrameTable.NO_LINE);
        String name = tables.text(function.name());
        if (name.isEmpty()) name = tables.text(function.system());
        if (name.isEmpty()) name = strings.get("pprof.unnamed");
        String file = tables.text(function.file());
        boolean hasFile = !file.isEmpty();
        boolean known = function.start() > 0 && function.start() < Integer.MAX_VALUE;
        return functions.intern(name, hasFile ? file : null, hasFile ? null : object, known ? (int) function.start() : FrameTable.NO_LINE);
    }

    /// The sample types with the default one first; pprof's is the last where the file names none.
    private int[] order(int events) {
        int chosen = events - 1;
        for (int t = 0; t < types.size() && t < events && defaultType > 0; t++)
            if (tables.text(types.get(t)[0]).equals(tables.text(defaultType))) chosen = t;
        int[] order = new int[events];
        order[0] = chosen;
        for (int e = 0, at = 1; e < events; e++) if (e != chosen) order[at++] = e;
        return order;
    }

    private String unit(int type) {
        return type < types.size() ? tables.text(types.get(type)[1]) : "";
    }

    private static double scale(String unit) {
        return switch (unit) {
            case "nanoseconds" -> 1e-9;
            case "microseconds" -> 1e-6;
            case "milliseconds" -> 1e-3;
            case "millionths" -> 1e-6;
            case "kilobytes" -> 1 << 10;
            case "megabytes" -> 1 << 20;
            default -> 1;
        };
    }

    private Event event(int type, double total) {
        String name = type < types.size() ? tables.text(types.get(type)[0]) : "";
        if (name.isEmpty()) name = strings.get("pprof.event", type + 1);
        Unit unit = switch (unit(type)) {
            case "nanoseconds", "microseconds", "milliseconds", "seconds" -> Unit.SECONDS;
            case "bytes", "kilobytes", "megabytes" -> Unit.BYTES;
            default -> name.equals("samples") || name.equals("sample") ? Unit.SAMPLES : Unit.COUNT;
        };
        return new Event(name, name, unit, total);
    }
}
