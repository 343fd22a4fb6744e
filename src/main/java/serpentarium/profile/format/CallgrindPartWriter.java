package serpentarium.profile.format;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import serpentarium.profile.CallGraph;
import serpentarium.profile.Event;
import serpentarium.profile.LineCosts;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.ThreadLines;
import serpentarium.profile.Unit;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;

/// Writes the lines of a callgrind file, part by part.
final class CallgrindPartWriter {
    private static final int FLUSH_AT = 1 << 15;

    private final Profile profile;
    private final OutputStream out;
    private final CallgrindNaming naming;
    private final WholeNumbers numbers;
    private final WriteNotes notes;
    private final TaskContext context;
    private final int events;
    private final List<Map<String, Integer>> ids = List.of(new HashMap<>(), new HashMap<>(), new HashMap<>());
    private final List<BitSet> defined = List.of(new BitSet(), new BitSet(), new BitSet());
    private final StringBuilder text = new StringBuilder();
    private final double[] costs;
    private final CallgrindCallRows calls;
    private String columns = "";

    CallgrindPartWriter(Profile profile, OutputStream out, CallgrindNaming naming, WholeNumbers numbers, WriteNotes notes, TaskContext context) {
        this.profile = profile;
        this.out = out;
        this.naming = naming;
        this.numbers = numbers;
        this.notes = notes;
        this.context = context;
        events = profile.info().events().size();
        costs = new double[events];
        calls = new CallgrindCallRows(events, numbers);
    }

    /// Writes what stands before the first part.
    void header(boolean calls, boolean primitive) throws IOException {
        ProfileInfo info = profile.info();
        line("# callgrind format");
        line("version: 1");
        line("creator: " + CallgrindDialect.OWN_CREATOR + " (" + info.format() + ")");
        if (info.command() != null) line("cmd: " + CallgrindNaming.clean(info.command()));
        line("desc: " + CallgrindHeader.CALLS + (primitive ? CallgrindHeader.PRIMITIVE : calls ? CallgrindHeader.COUNTED : CallgrindHeader.UNKNOWN));
        List<String> names = names();
        for (int e = 0; e < events; e++) line("event: " + names.get(e) + " : " + CallgrindNaming.clean(info.events().get(e).title()));
        columns = String.join(" ", names);
        flush();
    }

    /// The events' names with their units, without blanks, each once.
    private List<String> names() {
        List<String> names = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int e = 0; e < events; e++) {
            Event event = profile.info().events().get(e);
            String name = CallgrindNaming.clean(event.name()).replaceAll("[\\s:=]+", "_");
            String unit = numbers.scale(e) == WholeNumbers.Scale.MILLIONTHS ? "millionths" : word(event);
            String whole = unit == null ? name : name + "_(" + unit + ")";
            for (int n = 2; !taken.add(whole); n++) whole = unit == null ? name + "_" + n : name + "_" + n + "_(" + unit + ")";
            names.add(whole);
        }
        return names;
    }

    private static String word(Event event) {
        return switch (event.unit()) {
            case SECONDS, NANOSECONDS -> "ns";
            case MICROSECONDS -> "us";
            case BYTES -> "bytes";
            case SAMPLES -> "samples";
            case INSTRUCTIONS -> CallgrindEvents.unit(CallgrindDialect.VALGRIND, event.name()) == Unit.INSTRUCTIONS ? null : "instructions";
            case COUNT -> CallgrindEvents.unit(CallgrindDialect.VALGRIND, event.name()) == Unit.COUNT ? null : "count";
        };
    }

    /// Writes a thread.
    void part(int thread, CallGraph graph) throws IOException {
        boolean alone = profile.info().threads().size() == 1;
        defined.forEach(BitSet::clear);
        if (!alone) {
            line("");
            line("part: " + (thread + 1));
            line("thread: " + (thread + 1));
            line("desc: " + CallgrindHeader.THREAD + CallgrindNaming.clean(profile.info().threads().get(thread).name()));
        }
        line("positions: line");
        line("events: " + columns);
        double[] sums = new double[events];
        for (int f = 0; f < graph.functions(); f++) for (int e = 0; e < events; e++) sums[e] += numbers.of(e, graph.self(e, f));
        text.append("summary:");
        costs(sums);
        int threads = profile.info().threads().size();
        ThreadLines lines = profile.sourceLines().byThread(threads) ? profile.sourceLines().parts().get(thread) : ThreadLines.NONE;
        for (int f = 0; f < graph.functions(); f++) {
            if ((f & 0x3ff) == 0) {
                context.checkpoint();
                context.progress((long) thread * graph.functions() + f, (long) profile.info().threads().size() * graph.functions(), Progress.Unit.ITEMS);
            }
            if (alone && f < graph.entries() || present(graph, f)) function(graph, f, lines);
        }
        line("");
        text.append("totals:");
        costs(sums);
        flush();
    }

    private boolean present(CallGraph graph, int f) {
        if (graph.calleesEnd(f) > graph.calleesBegin(f) || graph.callerCount(f) > 0) return true;
        for (int e = 0; e < events; e++) if (graph.self(e, f) != 0 || graph.total(e, f) != 0) return true;
        return graph.calls() != null && graph.calls().get(f) != 0;
    }

    private void function(CallGraph graph, int f, ThreadLines lines) throws IOException {
        line("");
        name("ob=", 0, naming.object(f));
        name("fl=", 1, naming.file(f));
        name("fn=", 2, naming.name(f));
        LineCosts byLine = lines.self();
        for (int e = 0; e < events; e++) {
            double own = numbers.of(e, graph.self(e, f));
            for (int row = byLine.begin(f); row < byLine.end(f); row++) own -= numbers.of(e, byLine.cost(e, row));
            costs[e] = Math.max(0, own);
        }
        text.append(naming.line(f));
        costs(costs);
        remark(graph, f);
        lines(byLine, f);
        calls.begin(lines.calls(), f);
        for (int edge = graph.calleesBegin(f); edge < graph.calleesEnd(f); edge++) calls(graph, f, edge);
        if (text.length() > FLUSH_AT) flush();
    }

    private void remark(CallGraph graph, int f) throws IOException {
        text.append("#:");
        if (graph.calls() != null) text.append(" calls=").append(graph.calls().exact(f));
        if (graph.primitiveCalls() != null) text.append(" primitive=").append(graph.primitiveCalls().exact(f));
        text.append(" total=");
        for (int e = 0; e < events; e++) text.append(e == 0 ? "" : ",").append(numbers.of(e, graph.total(e, f)));
        line("");
    }

    private void lines(LineCosts byLine, int f) throws IOException {
        String file = null;
        for (int row = byLine.begin(f); row < byLine.end(f); row++) {
            String at = byLine.file(row);
            if (at != null && !at.equals(file)) name("fi=", 1, CallgrindNaming.known(at));
            if (at == null && file != null) name("fe=", 1, naming.file(f));
            file = at;
            for (int e = 0; e < events; e++) costs[e] = numbers.of(e, byLine.cost(e, row));
            text.append(byLine.line(row));
            costs(costs);
        }
        if (file != null) name("fe=", 1, naming.file(f));
    }

    /// The calls of an edge by line where lines are known, then what is of no known line, at the definition.
    private void calls(CallGraph graph, int f, int edge) throws IOException {
        int callee = graph.callee(edge);
        boolean unknown = false;
        for (int e = 0; e < events; e++) {
            double cost = graph.edgeTotal(e, edge);
            unknown |= Double.isNaN(cost);
            costs[e] = numbers.of(e, Double.isNaN(cost) ? guess(graph, e, edge) : cost);
        }
        BigInteger count = graph.edgeCalls() == null ? null : graph.edgeCalls().exact(edge);
        if (unknown) {
            line("#: guessed");
            notes.once("write.callgrind.guessed");
        } else if (calls.select(callee, costs, count)) {
            boolean elsewhere = false;
            for (int i = 0; i < calls.size(); i++) {
                String file = calls.file(i);
                if (file != null) name("fi=", 1, CallgrindNaming.known(file));
                else if (elsewhere) name("fe=", 1, naming.file(f));
                elsewhere = file != null;
                BigInteger some = count == null ? null : BigInteger.valueOf(calls.calls(i));
                call(callee, some, calls.line(i), calls.costs(i));
                for (int e = 0; e < events; e++) costs[e] -= calls.costs(i)[e];
                if (count != null) count = count.subtract(some);
            }
            if (elsewhere) name("fe=", 1, naming.file(f));
            boolean rest = count != null && count.signum() > 0;
            for (double each : costs) rest |= each > 0;
            if (!rest) return;
        }
        call(callee, count, naming.line(f), costs);
    }

    private void call(int callee, BigInteger count, int line, double[] values) throws IOException {
        name("cob=", 0, naming.object(callee));
        name("cfi=", 1, naming.file(callee));
        name("cfn=", 2, naming.name(callee));
        text.append("calls=").append(count == null ? BigInteger.ZERO : count).append(' ').append(naming.line(callee)).append('\n').append(line);
        costs(values);
    }

    /// Each call of a function is taken to cost the same.
    private static double guess(CallGraph graph, int event, int edge) {
        int callee = graph.callee(edge);
        if (graph.edgeCalls() == null) return 0;
        double all = 0;
        for (int i = 0; i < graph.callerCount(callee); i++) all += graph.edgeCalls().get(graph.callerEdge(callee, i));
        double most = graph.total(event, graph.caller(edge));
        return all > 0 ? Math.min(most, graph.total(event, callee) * graph.edgeCalls().get(edge) / all) : 0;
    }

    /// `KEY(ID) TEXT` at its first use in the part, `KEY(ID)` after it.
    private void name(String key, int space, String value) {
        Map<String, Integer> known = ids.get(space);
        int id = known.computeIfAbsent(value, _ -> known.size() + 1);
        text.append(key).append('(').append(id).append(')');
        if (!defined.get(space).get(id)) text.append(' ').append(value);
        defined.get(space).set(id);
        text.append('\n');
    }

    private void costs(double[] values) throws IOException {
        int last = values.length - 1;
        while (last > 0 && values[last] == 0) last--;
        for (int e = 0; e <= last; e++) text.append(' ').append((long) values[e]);
        line("");
    }

    private void line(String more) throws IOException {
        text.append(more).append('\n');
        if (text.length() > FLUSH_AT) flush();
    }

    private void flush() throws IOException {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
    }
}
