package serpentarium.profile.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.pickle.PickleReader;
import serpentarium.pickle.PickleValue;
import serpentarium.pickle.PickleValue.Items;
import serpentarium.pickle.PickleValue.Made;
import serpentarium.profile.CallGraph;
import serpentarium.profile.CountColumn;
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.LineCosts;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Unit;
import serpentarium.task.TaskContext;

/// Makes a profile of yappi's statistics. Each value is an attribute and, under a number, an item too; either will do.
final class YappiReader {
    private static final double LARGEST = 1e290;

    private final Strings strings;
    private final Source source;
    private final TaskContext context;
    private final ReadWarnings warnings;
    private final FrameTable.Builder frames = new FrameTable.Builder();
    private final CallGraph.Builder graph = new CallGraph.Builder(1, true, true, true);
    private final Map<Long, Integer> byIndex = new HashMap<>();
    private final Map<String, Integer> byName = new HashMap<>();

    YappiReader(Strings strings, Source source, TaskContext context) {
        this.strings = strings;
        this.source = source;
        this.context = context;
        warnings = new ReadWarnings(strings, source.name());
    }

    /// Reads it.
    Profile read() throws IOException {
        PickleReader.Result read = PickleReader.read(source, context);
        Made statistics = statistics(read.value());
        List<Made> functions = new ArrayList<>();
        if (statistics != null && statistics.attribute("_as_list") instanceof Items(_, var list)) {
            for (PickleValue each : list) {
                if (each instanceof Made function && is(function, "YFuncStat")) functions.add(function);
                else warnings.add("yappi.bad-function", 0);
            }
        } else if (read.problem() != null) {
            for (Made each : read.made()) if (is(each, "YFuncStat") && each.complete()) functions.add(each);
            if (functions.isEmpty()) throw new ProblemException(read.problem());
            warnings.addAt("yappi.damaged", read.problem().place(), read.problem().title());
        } else throw new ProblemException(Problem.of(strings, "yappi.no-statistics", Place.of(source.name())));
        return profile(functions, clock(read, statistics));
    }

    /// The statistics that the pickle is: alone, or first in a tuple.
    private static Made statistics(PickleValue value) {
        PickleValue first = value instanceof Items(_, var list) && !list.isEmpty() ? list.getFirst() : value;
        return first instanceof Made made && is(made, "YFuncStats") ? made : null;
    }

    private static boolean is(Made made, String name) {
        return made.type().name().equals(name) && made.type().module().startsWith("yappi");
    }

    private static String clock(PickleReader.Result read, Made statistics) {
        if (statistics == null) return "";
        boolean pair = read.value() instanceof Items(_, var list) && list.size() > 1;
        PickleValue clock = pair && read.value() instanceof Items(_, var list) ? list.get(1) : statistics.attribute("_clock_type");
        return clock instanceof PickleValue.Text(String text) ? text : "";
    }

    private Profile profile(List<Made> functions, String clock) {
        double sum = 0;
        int entries = 0;
        for (Made function : functions) {
            if ((entries & 0xfff) == 0) context.checkpoint();
            entry(function, entries);
            sum += graph.self(0, entries++);
        }
        for (int f = 0; f < entries; f++) {
            if ((f & 0xfff) == 0) context.checkpoint();
            if (!(value(functions.get(f), "children", 9) instanceof Made children)) continue;
            if (!(children.attribute("_as_list") instanceof Items(_, var list))) continue;
            for (PickleValue each : list) {
                if (each instanceof Made child) edge(f, child);
                else warnings.add("yappi.bad-function", 0);
            }
        }
        if (entries == 0) warnings.add("yappi.empty", 0);
        boolean cpu = clock.equals("cpu");
        boolean known = cpu || clock.equals("wall");
        String title = strings.get(cpu ? "yappi.event.cpu" : known ? "yappi.event.wall" : "yappi.event.time");
        var event = new Event("time", title, Unit.SECONDS, sum);
        var thread = new ThreadInfo(strings.get("yappi.thread"), sum);
        String creator = known ? strings.get("yappi.creator", clock) : "yappi";
        var info = new ProfileInfo(YappiStatFormat.ID, creator, null, List.of(event), List.of(thread), warnings.list("yappi.more"));
        return new Profile.Graph(info, frames.build(), LineCosts.NONE, List.of(graph.build(frames.size(), entries)));
    }

    private static PickleValue value(Made object, String name, int number) {
        PickleValue value = object.attribute(name);
        return value != null ? value : object.entries().get(number);
    }

    private void entry(Made function, int number) {
        add(text(value(function, "name", 0)), text(value(function, "module", 1)), value(function, "lineno", 2),
                value(function, "builtin", 5) == PickleValue.Atom.TRUE);
        if (value(function, "index", 8) instanceof PickleValue.Whole(long index)) byIndex.putIfAbsent(index, number);
        String full = text(value(function, "full_name", 15));
        if (!full.isEmpty()) byName.putIfAbsent(full, number);
        graph.addSelf(0, number, time(value(function, "tsub", 7)));
        graph.addTotal(0, number, time(value(function, "ttot", 6)));
        count(graph.calls(), number, value(function, "ncall", 3));
        count(graph.primitiveCalls(), number, value(function, "nactualcall", 4));
    }

    private void add(String name, String module, PickleValue line, boolean builtin) {
        String called = name.isEmpty() ? strings.get("yappi.unnamed", frames.size() + 1) : name;
        String of = module.isEmpty() ? null : module;
        boolean known = line instanceof PickleValue.Whole(long number) && number > 0 && number < Integer.MAX_VALUE;
        int at = known && line instanceof PickleValue.Whole(long number) ? (int) number : FrameTable.NO_LINE;
        frames.add(called, builtin ? null : of, builtin ? of : null, builtin ? FrameTable.NO_LINE : at);
    }

    private void edge(int caller, Made child) {
        String full = text(value(child, "full_name", 7));
        Integer callee = value(child, "index", 0) instanceof PickleValue.Whole(long index) ? byIndex.get(index) : null;
        if (callee == null) callee = byName.get(full);
        if (callee == null) {
            callee = frames.size();
            boolean builtin = value(child, "builtin", 6) == PickleValue.Atom.TRUE;
            add(text(value(child, "name", 10)), text(value(child, "module", 8)), value(child, "lineno", 9), builtin);
            if (!full.isEmpty()) byName.put(full, callee);
        }
        int edge = graph.edge(caller, callee);
        switch (value(child, "ncall", 1)) {
            case PickleValue.Whole(long calls) when calls >= 0 -> graph.edgeCalls().add(edge, calls);
            case PickleValue.Large(var calls) when calls.signum() > 0 -> graph.edgeCalls().add(edge, calls);
            case null, default -> warnings.add("yappi.bad-number", 0, full);
        }
        graph.addEdgeTotal(0, edge, time(value(child, "ttot", 3)));
        graph.addEdgeSelf(0, edge, time(value(child, "tsub", 4)));
    }

    private void count(CountColumn column, int number, PickleValue value) {
        switch (value) {
            case PickleValue.Whole(long calls) when calls >= 0 -> column.set(number, calls);
            case PickleValue.Large(var calls) when calls.signum() > 0 -> column.set(number, calls);
            case null, default -> warnings.add("yappi.bad-number", 0, number + 1);
        }
    }

    private double time(PickleValue value) {
        double seconds = switch (value) {
            case PickleValue.Real(double real) -> real;
            case PickleValue.Whole(long whole) -> whole;
            case null, default -> Double.NaN;
        };
        if (Math.abs(seconds) <= LARGEST) return seconds;
        warnings.add("yappi.bad-time", 0);
        return 0;
    }

    private static String text(PickleValue value) {
        return value instanceof PickleValue.Text(String text) ? text : "";
    }
}
