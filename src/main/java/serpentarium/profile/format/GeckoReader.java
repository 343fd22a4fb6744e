package serpentarium.profile.format;

import java.io.CharConversionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;

import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.EmbeddedSources;
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.LineCosts;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.StackTree;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Timeline;
import serpentarium.profile.Unit;
import serpentarium.task.TaskContext;

/// Reads one profile of Firefox's profiler: first all tables into columns, for they may come in any order, then thread by thread into trees.
final class GeckoReader {
    private static final int MAX_THREADS = 50_000;
    private static final int MAX_NODES = 24_000_000;
    /// Of so many bytes of memory one may go into a node of a tree.
    private static final int NODE = 150;
    /// Of so many bytes of memory one may go into a segment of a timeline.
    private static final int SEGMENT = 300;

    private final Strings strings;
    private final Source source;
    private final TaskContext context;
    private final ReadWarnings warnings;
    private final GeckoColumn.Room room = new GeckoColumn.Room();
    private final GeckoTables shared = new GeckoTables(room);
    private final List<GeckoThread> threads = new ArrayList<>();
    private final FrameTable.Builder functions = new FrameTable.Builder();
    private GeckoThread.Process root;
    private double interval = Double.NaN;
    private String product = "";
    private String importer = "";

    GeckoReader(Strings strings, Source source, TaskContext context) {
        this.strings = strings;
        this.source = source;
        this.context = context;
        warnings = new ReadWarnings(strings, source.name());
    }

    /// Reads it.
    Profile read() throws IOException {
        context.checkpoint();
        try (var in = new JsonInput(source, context)) {
            try {
                if (in.parser().nextToken() == JsonToken.START_OBJECT) process(in);
            } catch (JsonProcessingException e) {
                if (in.brokenOff(e)) warnings.addAt("gecko.truncated", in.place(e.getLocation()));
                else warnings.addAt("gecko.damaged", in.place(e.getLocation()), e.getOriginalMessage());
            } catch (CharConversionException e) {
                warnings.addAt("gecko.damaged", Place.of(source.name()), e.getMessage());
            }
        }
        if (room.full()) warnings.once("gecko.too-large", 0);
        return profile();
    }

    private ProblemException nothing() {
        String found = warnings.list("gecko.more").stream().findFirst().map(w -> w.line()).orElse("");
        return new ProblemException(Problem.of(strings, "gecko.no-stacks", Place.of(source.name()), found));
    }

    /// Processes lie in one another; the depth of the JSON document bounds how deep.
    private void process(JsonInput in) throws IOException {
        JsonParser parser = in.parser();
        var process = new GeckoThread.Process(room);
        if (root == null) root = process;
        while (in.nextField()) {
            String key = parser.currentName();
            parser.nextToken();
            boolean array = parser.isExpectedStartArrayToken();
            boolean object = parser.isExpectedStartObjectToken();
            if (key.equals("meta") && object) meta(in, process);
            else if (key.equals("threads") && array) threads(in, process);
            else if (key.equals("processes") && array) while (in.nextItem()) {
                if (parser.isExpectedStartObjectToken()) process(in);
                else parser.skipChildren();
            }
            else if (key.equals("shared") && object) while (in.nextField()) {
                String table = parser.currentName();
                parser.nextToken();
                if (!shared.read(table, in)) parser.skipChildren();
            }
            else if (!key.equals("libs") || !process.tables.read(key, in)) parser.skipChildren();
        }
    }

    private void meta(JsonInput in, GeckoThread.Process process) throws IOException {
        JsonParser parser = in.parser();
        while (in.nextField()) {
            String key = parser.currentName();
            JsonToken value = parser.nextToken();
            boolean outer = process == root;
            switch (key) {
                case "startTime" -> process.start = in.number();
                case "interval" -> interval = outer ? in.number() : interval;
                case "preprocessedProfileVersion" -> {
                    if (in.number() > GeckoFormat.VERSION) warnings.once("gecko.newer", 0);
                }
                case "product" -> product = outer && value == JsonToken.VALUE_STRING ? parser.getText() : product;
                case "importedFrom" -> importer = outer && value == JsonToken.VALUE_STRING ? parser.getText() : importer;
                default -> parser.skipChildren();
            }
            if (parser.currentToken().isStructStart()) parser.skipChildren();
        }
    }

    private void threads(JsonInput in, GeckoThread.Process process) throws IOException {
        while (in.nextItem()) {
            if (!in.parser().isExpectedStartObjectToken()) in.parser().skipChildren();
            else if (threads.size() == MAX_THREADS) {
                in.parser().skipChildren();
                warnings.once("gecko.too-large", 0);
            } else {
                var thread = new GeckoThread(process, room);
                threads.add(thread);
                thread.read(in);
            }
        }
    }

    private Profile profile() {
        Set<GeckoThread.Weight> kinds = new LinkedHashSet<>();
        double first = Double.POSITIVE_INFINITY;
        for (GeckoThread thread : threads) {
            if (thread.samples() == 0) continue;
            kinds.add(thread.kind());
            if (thread.timed() && thread.time(0, 0) + shift(thread) < first) first = thread.time(0, 0) + shift(thread);
        }
        if (kinds.isEmpty()) throw nothing();
        List<GeckoThread.Weight> events = List.copyOf(kinds);
        var lines = new LineCosts.Builder(events.size());
        boolean definitions = !importer.startsWith("Tachyon");
        GeckoNames common = null;
        double[] totals = new double[events.size()];
        List<StackTree> trees = new ArrayList<>();
        List<Timeline> timelines = new ArrayList<>();
        List<GeckoThread> kept = new ArrayList<>();
        List<Double> costs = new ArrayList<>();
        long nodes = Math.min(MAX_NODES, Runtime.getRuntime().maxMemory() / NODE);
        int segments = (int) Math.min(Timeline.Builder.MOST, Runtime.getRuntime().maxMemory() / SEGMENT);
        boolean unnamed = false;
        for (int t = 0; t < threads.size(); t++) {
            context.checkpoint();
            GeckoThread thread = threads.set(t, null);
            if (thread.samples() == 0) continue;
            GeckoTables tables = thread.tables().hasStacks() ? thread.tables() : shared;
            GeckoTables process = thread.process().tables.hasLibs() ? thread.process().tables : root.tables;
            GeckoNames names = tables == shared ? common : null;
            if (names == null) names = new GeckoNames(strings, tables, shared, process, functions, definitions, events.size());
            if (tables == shared) common = names;
            int event = events.indexOf(thread.kind());
            var stacks = new GeckoStacks(thread, tables, names, event, events.size(), nodes);
            var order = new Timeline.Builder(Unit.SECONDS, segments);
            stacks.take(interval, shift(thread) - (Double.isFinite(first) ? first : 0), order, context);
            if (tables != shared) names.lines(lines);
            unnamed |= names.unnamed();
            if (stacks.bad() > 0) warnings.add("gecko.bad-stack", 0, stacks.bad(), nameOf(thread));
            if (stacks.negative() > 0) warnings.add("gecko.negative", 0, stacks.negative(), nameOf(thread));
            if (stacks.full()) warnings.once("gecko.too-large", 0);
            StackTree tree = stacks.build();
            if (tree.size() == 1) continue;
            nodes = Math.max(1, nodes - tree.size());
            if (order.dropped() > 0) warnings.add("gecko.no-timeline", 0, nameOf(thread));
            Timeline timeline = order.dropped() > 0 ? Timeline.NONE : order.build();
            segments -= timeline.size();
            totals[event] += stacks.total();
            trees.add(tree);
            timelines.add(timeline);
            kept.add(thread);
            costs.add(event == 0 ? stacks.total() : 0.0);
        }
        if (trees.isEmpty()) throw nothing();
        if (common != null) common.lines(lines);
        if (unnamed) warnings.once("gecko.no-names", 0);
        List<Event> all = new ArrayList<>();
        for (int e = 0; e < totals.length; e++) all.add(event(events.get(e), totals[e]));
        var info = new ProfileInfo(GeckoFormat.ID, creator(), null, all, infos(kept, costs), warnings.list("gecko.more"));
        return new Profile.Stacks(info, functions.build(), lines.build(functions.size()), trees, timelines, EmbeddedSources.NONE);
    }

    private double shift(GeckoThread thread) {
        double shift = thread.process().start - root.start;
        return Double.isNaN(shift) ? 0 : shift;
    }

    private String creator() {
        if (!importer.isEmpty()) return importer;
        return product.isEmpty() ? null : product;
    }

    private Event event(GeckoThread.Weight kind, double total) {
        return switch (kind) {
            case SAMPLES -> new Event("samples", strings.get("gecko.event.samples"), GeckoStacks.unit(kind), total);
            case TIME -> new Event("time", strings.get("gecko.event.time"), GeckoStacks.unit(kind), total);
            case BYTES -> new Event("memory", strings.get("gecko.event.memory"), GeckoStacks.unit(kind), total);
        };
    }

    private String nameOf(GeckoThread thread) {
        return thread.name().isEmpty() ? strings.get("gecko.thread", thread.tid()) : thread.name();
    }

    /// Threads of the same name in one process are told apart by their numbers; processes are named where there are several.
    private List<ThreadInfo> infos(List<GeckoThread> kept, List<Double> costs) {
        Map<String, Integer> often = new HashMap<>();
        Set<String> processes = new LinkedHashSet<>();
        for (GeckoThread thread : kept) {
            processes.add(thread.pid());
            often.merge(thread.pid() + "\0" + nameOf(thread), 1, Integer::sum);
        }
        List<ThreadInfo> infos = new ArrayList<>();
        for (int t = 0; t < kept.size(); t++) {
            GeckoThread thread = kept.get(t);
            String name = nameOf(thread);
            boolean twice = often.get(thread.pid() + "\0" + name) > 1 && !thread.name().isEmpty();
            if (twice) name = strings.get("gecko.numbered", name, thread.tid());
            String process = thread.processName().isEmpty() ? strings.get("gecko.process", thread.pid())
                    : strings.get("gecko.numbered", thread.processName(), thread.pid());
            boolean several = processes.size() > 1;
            infos.add(new ThreadInfo(several ? strings.get("gecko.of-process", name, process) : name, costs.get(t), several ? process : null));
        }
        return infos;
    }
}
