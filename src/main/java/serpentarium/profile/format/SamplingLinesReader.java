package serpentarium.profile.format;

import java.io.CharConversionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;

import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.CallGraph;
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.LineCalls;
import serpentarium.profile.LineCosts;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.SourceLines;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.ThreadLines;
import serpentarium.profile.Unit;
import serpentarium.task.TaskContext;

/// Reads one file of [SamplingLinesFormat]: records may come in any order, as long as what they refer to was said before.
final class SamplingLinesReader {
    private static final int EVENTS = 2;
    /// About what a text, or a frame, takes beside its characters.
    private static final int OVERHEAD = 150;
    private static final double SECONDS = 1e-6;

    private final Strings strings;
    private final Source source;
    private final TaskContext context;
    private final ReadWarnings warnings;
    private final Map<Integer, String> texts = new HashMap<>();
    private final Map<Integer, Integer> frames = new HashMap<>();
    private final FrameTable.Builder functions = new FrameTable.Builder();
    private final LineCosts.Builder self = new LineCosts.Builder(EVENTS);
    private final LineCosts.Builder total = new LineCosts.Builder(EVENTS);
    private int[] functionOf = new int[64];
    private int[] lineOf = new int[64];
    private double[] ownOf = new double[64];
    private double[] allOf = new double[64];
    private long room = Runtime.getRuntime().maxMemory() / 4;
    private double interval;
    private String mode;
    private double samples = Double.NaN;
    private boolean ended;
    private boolean any;

    // The numbers of the record, or of the entry of one, at hand.
    private int id;
    private int path;
    private int name;
    private int line;
    private String value;
    private double own;
    private double all;

    SamplingLinesReader(Strings strings, Source source, TaskContext context) {
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
                for (JsonToken token; (token = in.parser().nextToken()) != null;) {
                    if (token == JsonToken.START_OBJECT) record(in);
                    else in.parser().skipChildren();
                }
                if (!ended) warnings.add("sampling-lines.truncated", 0);
            } catch (JsonProcessingException e) {
                boolean cut = in.brokenOff(e);
                warnings.addAt(cut ? "sampling-lines.truncated" : "sampling-lines.damaged", in.place(e.getLocation()), e.getOriginalMessage());
            } catch (CharConversionException e) {
                warnings.addAt("sampling-lines.damaged", Place.of(source.name()), e.getMessage());
            }
        }
        if (!any) throw new ProblemException(Problem.of(strings, "sampling-lines.no-samples", Place.of(source.name())));
        return profile();
    }

    private void record(JsonInput in) throws IOException {
        JsonParser parser = in.parser();
        boolean end = false;
        while (in.nextField()) {
            String key = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (key) {
                case "type" -> end = "end".equals(in.text());
                case "sample_interval_usec" -> interval = Math.max(0, in.number());
                case "mode" -> mode = in.text();
                case "samples_total" -> samples = in.number();
                case "defs", "entries" -> {
                    while (token == JsonToken.START_ARRAY && in.nextItem()) {
                        if (parser.currentToken() == JsonToken.START_OBJECT) entry(in);
                        else parser.skipChildren();
                    }
                    if (token != JsonToken.START_ARRAY) parser.skipChildren();
                }
                default -> parser.skipChildren();
            }
        }
        ended |= end;
    }

    private void entry(JsonInput in) throws IOException {
        int text = -1;
        id = path = name = -1;
        line = 0;
        value = null;
        own = all = Double.NaN;
        while (in.nextField()) {
            String key = in.parser().currentName();
            in.parser().nextToken();
            switch (key) {
                case "str_id" -> text = in.index(Integer.MAX_VALUE);
                case "value" -> value = in.text();
                case "frame_id" -> id = in.index(Integer.MAX_VALUE);
                case "path_str_id" -> path = in.index(Integer.MAX_VALUE);
                case "func_str_id" -> name = in.index(Integer.MAX_VALUE);
                case "line" -> line = Math.max(0, in.index(Integer.MAX_VALUE));
                case "self" -> own = in.number();
                case "cumulative" -> all = in.number();
                default -> in.parser().skipChildren();
            }
        }
        if (room < 0) warnings.once("sampling-lines.too-large", 0);
        else if (text >= 0 && value != null) {
            room -= OVERHEAD + 2L * value.length();
            texts.put(text, value);
        } else if (id >= 0 && name >= 0) frame();
        else if (id >= 0 && own >= 0 && all >= 0) count(in);
        else warnings.addAt("sampling-lines.bad-entry", in.place());
    }

    private void frame() {
        int number = frames.computeIfAbsent(id, _ -> frames.size());
        if (number >= functionOf.length) {
            int more = number * 2;
            functionOf = Arrays.copyOf(functionOf, more);
            lineOf = Arrays.copyOf(lineOf, more);
            ownOf = Arrays.copyOf(ownOf, more);
            allOf = Arrays.copyOf(allOf, more);
        }
        room -= OVERHEAD;
        String file = texts.get(path);
        // The sampler's own marks have no file: `<GC>`, `<native>`.
        boolean made = file == null || file.isEmpty() || file.equals("~");
        functionOf[number] = functions.intern(texts.getOrDefault(name, strings.get("sampling-lines.unknown")), made ? null : file, null, FrameTable.NO_LINE);
        lineOf[number] = line;
    }

    private void count(JsonInput in) {
        Integer number = frames.get(id);
        if (number == null) {
            warnings.addAt("sampling-lines.unknown-frame", in.place(), Integer.toString(id));
            return;
        }
        ownOf[number] += own;
        allOf[number] += all;
        any |= all > 0;
    }

    private Profile profile() {
        double sum = 0;
        for (int frame = 0; frame < frames.size(); frame++) sum += ownOf[frame];
        // Every sample ends somewhere.
        if (!(samples > 0)) samples = sum;
        else if (Math.abs(samples - sum) > 0.5) warnings.add("sampling-lines.sum-differs", 0, samples, sum);
        double whole = Math.max(samples, sum);
        var graph = new CallGraph.Builder(EVENTS, false, false, false);
        double[] totals = new double[functions.size()];
        for (int frame = 0; frame < frames.size(); frame++) {
            int function = functionOf[frame];
            totals[function] += allOf[frame];
            for (int e = 0; e < EVENTS; e++) {
                double scale = e == 0 ? 1 : interval * SECONDS;
                graph.addSelf(e, function, ownOf[frame] * scale);
                if (lineOf[frame] > 0 && ownOf[frame] * scale > 0) self.add(function, null, lineOf[frame], e, ownOf[frame] * scale);
                if (lineOf[frame] > 0 && allOf[frame] * scale > 0) total.add(function, null, lineOf[frame], e, allOf[frame] * scale);
            }
        }
        for (int function = 0; function < totals.length; function++)
            for (int e = 0; e < EVENTS; e++) graph.addTotal(e, function, Math.min(whole, totals[function]) * (e == 0 ? 1 : interval * SECONDS));
        List<Event> events = new ArrayList<>(List.of(new Event("samples", strings.get("pstats.event.samples"), Unit.SAMPLES, sum),
                new Event("time", strings.get("pstats.event.time"), Unit.SECONDS, sum * interval * SECONDS)));
        warnings.add("sampling-lines.flat", 0);
        String creator = mode == null ? "profiling.sampling" : strings.get("sampling-lines.creator", mode);
        var info = new ProfileInfo(SamplingLinesFormat.ID, creator, null, events, List.of(new ThreadInfo(strings.get("pstats.thread"), sum)),
                warnings.list("sampling-lines.more"));
        var lines = new ThreadLines(self.build(functions.size()), total.build(functions.size()), LineCalls.NONE);
        return new Profile.Graph(info, functions.build(), new SourceLines(List.of(lines)), List.of(graph.build(functions.size())));
    }
}
