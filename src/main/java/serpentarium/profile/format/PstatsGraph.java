package serpentarium.profile.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import serpentarium.base.Place;
import serpentarium.base.Strings;
import serpentarium.profile.CallGraph;
import serpentarium.profile.CountColumn;
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.LineCosts;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Unit;
import serpentarium.profile.Warning;
import serpentarium.task.TaskContext;

/// Makes a profile of a [PstatsTable]. Functions are numbered in the order of the file; those that only occur as callers come last.
final class PstatsGraph {
    private final PstatsTable table;
    private final MarshalTexts texts;
    private final Strings strings;
    private final List<Warning> warnings;
    private final FrameTable.Builder frames = new FrameTable.Builder();
    private final int[] frame;
    private final TaskContext context;

    private PstatsGraph(PstatsTable table, MarshalTexts texts, Strings strings, List<Warning> warnings, TaskContext context) {
        this.context = context;
        this.table = table;
        this.texts = texts;
        this.strings = strings;
        this.warnings = new ArrayList<>(warnings);
        this.frame = new int[table.keys()];
        Arrays.fill(frame, -1);
    }

    /// The profile of what was read.
    static Profile.Graph of(PstatsReader read, Strings strings, TaskContext context) {
        var graph = new PstatsGraph(read.table(), read.texts(), strings, read.warnings(), context);
        return read.sampled() ? graph.samples() : graph.calls();
    }

    /// The key of the `index`-th entry; notices now and then that the task was cancelled.
    private int entry(int index) {
        if ((index & 0xfff) == 0) context.checkpoint();
        return table.entry(index);
    }

    private String file(int key) {
        String file = texts.text(table.file(key));
        return file.isEmpty() || file.equals("~") ? null : file;
    }

    private Profile.Graph calls() {
        for (int i = 0; i < table.entries(); i++) add(entry(i));
        boolean edgeSelf = false;
        long neverCalled = 0;
        for (int i = 0; i < table.entries(); i++) {
            int key = entry(i);
            for (int c = table.begin(key); c < table.end(key); c++) {
                if (frame[table.caller(c)] < 0) add(table.caller(c));
                edgeSelf |= !Double.isNaN(table.callerSelf(c));
                if (table.callerCalls.get(c) == 0) neverCalled++;
            }
        }
        // Seen only where cProfile of Python 3.12 or later took the calls of several threads for one stack.
        if (neverCalled > 0) warnings.add(new Warning("pstats.threads", strings.get("pstats.threads", neverCalled), Place.NOWHERE));
        boolean yappi = yappi();
        CountColumn primitive = yappi ? table.calls : table.primitive;
        CountColumn calls = yappi ? table.primitive : table.calls;
        var graph = new CallGraph.Builder(1, true, true, edgeSelf);
        double sum = 0;
        for (int i = 0; i < table.entries(); i++) {
            int key = entry(i);
            graph.addSelf(0, i, table.self(key));
            graph.addTotal(0, i, table.total(key));
            graph.calls().set(i, calls, key);
            graph.primitiveCalls().set(i, primitive, key);
            sum += table.self(key);
            for (int c = table.begin(key); c < table.end(key); c++) {
                int before = graph.edges();
                int edge = graph.edge(frame[table.caller(c)], i);
                if (edge == before) graph.edgeCalls().set(edge, table.callerCalls, c);
                else graph.edgeCalls().add(edge, table.callerCalls.exact(c));
                graph.addEdgeTotal(0, edge, table.callerTotal(c));
                if (edgeSelf) graph.addEdgeSelf(0, edge, table.callerSelf(c));
            }
        }
        Event time = new Event("time", strings.get("pstats.event.time"), Unit.SECONDS, sum);
        return profile(yappi ? "yappi" : null, List.of(time), LineCosts.NONE, graph.build(frames.size(), table.entries()));
    }

    private void add(int key) {
        String file = file(key);
        int line = table.line(key);
        frame[key] = frames.add(texts.text(table.name(key)), file, null, file == null ? FrameTable.NO_LINE : Math.max(0, line));
    }

    /// Whether the first two counts are exchanged, as yappi has them: never is the second larger, and somewhere the first one is.
    private boolean yappi() {
        boolean exchanged = false;
        for (int i = 0; i < table.entries(); i++) {
            int key = entry(i);
            long first = table.primitive.get(key);
            long second = table.calls.get(key);
            int order = first != second || first < Long.MAX_VALUE ? Long.compare(first, second)
                    : table.primitive.exact(key).compareTo(table.calls.exact(key));
            if (order < 0) return false;
            exchanged |= order > 0;
        }
        return exchanged;
    }

    /// Python's sampling profiler writes an entry for each line that was executing: (direct samples, samples with it anywhere in the
    /// stack, both times the interval, {caller: samples}). A function is all its lines; its total counts a sample twice in which two of
    /// its lines occur, so it is held to what the whole profile has.
    private Profile.Graph samples() {
        for (int i = 0; i < table.entries(); i++) group(entry(i));
        int entries = frames.size();
        double samples = 0;
        double seconds = 0;
        double interval = Double.NaN;
        for (int i = 0; i < table.entries(); i++) {
            int key = entry(i);
            for (int c = table.begin(key); c < table.end(key); c++) group(table.caller(c));
            double all = table.calls.exact(key).doubleValue();
            samples += table.primitive.exact(key).doubleValue();
            seconds += table.self(key);
            if (Double.isNaN(interval) && all > 0) interval = table.total(key) / all;
        }
        var graph = new CallGraph.Builder(2, false, false, false);
        var lines = new LineCosts.Builder(2);
        double[][] totals = new double[2][frames.size()];
        for (int i = 0; i < table.entries(); i++) {
            int key = entry(i);
            int function = frame[key];
            double direct = table.primitive.exact(key).doubleValue();
            graph.addSelf(0, function, direct);
            graph.addSelf(1, function, table.self(key));
            totals[0][function] += table.calls.exact(key).doubleValue();
            totals[1][function] += table.total(key);
            if (table.line(key) > 0) {
                lines.add(function, null, table.line(key), 0, direct);
                lines.add(function, null, table.line(key), 1, table.self(key));
            }
            for (int c = table.begin(key); c < table.end(key); c++) {
                int edge = graph.edge(frame[table.caller(c)], function);
                double count = table.callerCalls.exact(c).doubleValue();
                graph.addEdgeTotal(0, edge, count);
                graph.addEdgeTotal(1, edge, count * interval);
            }
        }
        for (int function = 0; function < entries; function++) {
            graph.addTotal(0, function, Math.min(samples, totals[0][function]));
            graph.addTotal(1, function, Math.min(seconds, totals[1][function]));
        }
        warnings.addFirst(new Warning("pstats.sampled", strings.get("pstats.sampled"), Place.NOWHERE));
        Event first = new Event("samples", strings.get("pstats.event.samples"), Unit.SAMPLES, samples);
        Event second = new Event("time", strings.get("pstats.event.time"), Unit.SECONDS, seconds);
        return profile("profiling.sampling", List.of(first, second), lines.build(frames.size()), graph.build(frames.size(), entries));
    }

    private void group(int key) {
        if (frame[key] < 0) frame[key] = frames.intern(texts.text(table.name(key)), file(key), null, FrameTable.NO_LINE);
    }

    private Profile.Graph profile(String creator, List<Event> events, LineCosts lines, CallGraph graph) {
        var thread = new ThreadInfo(strings.get("pstats.thread"), events.getFirst().total());
        var info = new ProfileInfo(PstatsFormat.ID, creator, null, events, List.of(thread), warnings);
        return new Profile.Graph(info, frames.build(), lines, List.of(graph));
    }
}
