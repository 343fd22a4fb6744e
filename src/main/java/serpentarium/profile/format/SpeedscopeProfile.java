package serpentarium.profile.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
import serpentarium.profile.Timeline;
import serpentarium.task.TaskContext;

/// Makes a profile of the parts of a speedscope file: the file's frames become functions.
final class SpeedscopeProfile {
    private static final List<String> RUNNING_LINES = List.of("py-spy", "austin", "memray");

    private static final Pattern PROCESS = Pattern.compile("(Process \\d+),? (Thread .+)");

    private final Strings strings;
    private final FrameTable table;
    private final List<SpeedscopeReader.Part> parts;
    private final String exporter;
    private final String title;
    private final ReadWarnings warnings;
    private final TaskContext context;
    private final Map<SpeedscopeUnit, Integer> events = new EnumMap<>(SpeedscopeUnit.class);
    private final List<SpeedscopeUnit> units = new ArrayList<>();
    private final FrameTable.Builder functions = new FrameTable.Builder();
    private final int[] function;
    private final boolean runningLines;
    private boolean stacks;
    private long unknown;

    /// @param table    the file's frames
    /// @param parts    its profiles, emptied on the way
    /// @param exporter who wrote it, or null
    /// @param title    the file's name for itself, or null
    SpeedscopeProfile(Strings strings, FrameTable table, List<SpeedscopeReader.Part> parts, String exporter, String title,
                      ReadWarnings warnings, TaskContext context) {
        this.strings = strings;
        this.table = table;
        this.parts = parts;
        this.exporter = exporter;
        this.title = title;
        this.warnings = warnings;
        this.context = context;
        function = new int[table.size()];
        String lower = exporter == null ? "" : exporter.toLowerCase(Locale.ROOT);
        runningLines = RUNNING_LINES.stream().anyMatch(lower::startsWith);
    }

    /// The profile; null where not one stack has a cost.
    ///
    /// @param timed whether the order of time is known
    Profile bind(boolean timed) {
        for (int f = 0; f < function.length; f++)
            function[f] = functions.intern(table.name(f), table.file(f), null, runningLines ? FrameTable.NO_LINE : table.line(f));
        for (SpeedscopeReader.Part part : parts)
            if (events.putIfAbsent(part.kind(), units.size()) == null) units.add(part.kind());
        PlaceSums places = runningLines ? places() : null;
        List<ThreadLines> lines = new ArrayList<>();
        List<StackTree> trees = new ArrayList<>();
        List<Timeline> timelines = new ArrayList<>();
        List<ThreadInfo> threads = new ArrayList<>();
        double[] totals = new double[units.size()];
        for (int i = 0; i < parts.size(); i++) {
            context.checkpoint();
            SpeedscopeReader.Part part = parts.set(i, null);
            int event = events.get(part.kind());
            int[] to = new int[part.stacks().size()];
            StackTree tree = bind(part, to, event);
            if (places != null) lines.add(places.of(part.stacks(), functions.size(), column(event), scale(part), context));
            if (timed) timelines.add(times(part, to));
            double total = 0;
            for (int node = 1; node < tree.size(); node++) total += tree.self(event, node);
            totals[event] += total;
            trees.add(tree);
            threads.add(thread(part, i, event == 0 ? total : 0));
        }
        if (unknown > 0) warnings.add("speedscope.unknown-frame", 0, unknown);
        if (!stacks) return null;
        List<Event> infos = new ArrayList<>();
        for (int e = 0; e < totals.length; e++) infos.add(units.get(e).event(strings, totals[e]));
        var info = new ProfileInfo(SpeedscopeFormat.ID, exporter, title, infos, threads, warnings.list("speedscope.more"));
        return new Profile.Stacks(info, functions.build(), new SourceLines(lines), trees, timelines, EmbeddedSources.NONE);
    }

    /// py-spy puts the process before the thread's name where it looked at several.
    private ThreadInfo thread(SpeedscopeReader.Part part, int index, double total) {
        String name = part.name() == null || part.name().isEmpty() ? strings.get("speedscope.thread", index + 1) : part.name();
        Matcher matcher = PROCESS.matcher(name);
        return matcher.matches() ? new ThreadInfo(matcher.group(2), total, matcher.group(1)) : new ThreadInfo(name, total);
    }

    private static Timeline times(SpeedscopeReader.Part part, int[] to) {
        Timeline raw = part.times();
        double scale = SpeedscopeUnit.scale(part.unit());
        var times = new Timeline.Builder(part.kind().unit(), raw.size());
        for (int s = 0; s < raw.size(); s++)
            if (to[raw.node(s)] >= 0) times.add((part.start() + raw.start(s)) * scale, raw.length(s) * scale, to[raw.node(s)]);
        return times.build();
    }

    /// The stacks of a part over functions; stacks with a frame that the table does not have are left out.
    private StackTree bind(SpeedscopeReader.Part part, int[] to, int event) {
        StackTree raw = part.stacks();
        double scale = SpeedscopeUnit.scale(part.unit());
        var tree = new StackTree.Builder(units.size());
        for (int node = 1; node < raw.size(); node++) {
            int frame = raw.frame(node);
            int above = to[raw.parent(node)];
            double cost = raw.self(0, node) * scale;
            if (above < 0 || frame >= function.length) {
                to[node] = -1;
                if (cost > 0) unknown++;
                continue;
            }
            to[node] = tree.child(above, function[frame]);
            stacks |= cost > 0;
            tree.addSelf(event, to[node], cost);
        }
        return tree.build();
    }

    private PlaceSums places() {
        int[] line = new int[function.length];
        for (int f = 0; f < line.length; f++) line[f] = Math.max(0, table.line(f));
        return new PlaceSums(function, line, function);
    }

    private int[] column(int event) {
        int[] columns = new int[units.size()];
        Arrays.fill(columns, -1);
        columns[event] = 0;
        return columns;
    }

    private double[] scale(SpeedscopeReader.Part part) {
        double[] scale = new double[units.size()];
        Arrays.fill(scale, SpeedscopeUnit.scale(part.unit()));
        return scale;
    }
}
