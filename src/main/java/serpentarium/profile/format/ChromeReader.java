package serpentarium.profile.format;

import java.io.CharConversionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;

import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.StackTree;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Timeline;
import serpentarium.profile.Unit;
import serpentarium.task.TaskContext;

/// Reads one file of trace events: first all durations into columns, then thread by thread into trees.
final class ChromeReader {
    private static final long MAX_NODES = 24_000_000;
    private static final int CHECK_EVERY = 1 << 16;
    /// Of so many bytes of memory one may go into a node, which takes up to 60 while its tree grows and as many where it is analysed.
    private static final int NODE = 160;
    /// Of so many bytes of memory one may go into a segment of a timeline, which takes 20, and twice that while its list grows.
    private static final int SEGMENT = 200;

    private final Strings strings;
    private final Source source;
    private final TaskContext context;
    private final ReadWarnings warnings;
    private final ChromeSites sites = new ChromeSites();
    private final ChromeEvents events = new ChromeEvents();
    private final ChromeThreads threads;
    private final ChromeSources sources;
    private boolean full;
    private boolean mayEndHere;
    private String creator;

    // The fields of the event at hand.
    private char phase;
    private String name;
    private String process;
    private String thread;
    private double time;
    private double length;
    private String file;
    private int line;
    private String argName;
    private boolean pySpy;
    private boolean tracer;

    ChromeReader(Strings strings, Source source, TaskContext context) {
        this.strings = strings;
        this.source = source;
        this.context = context;
        warnings = new ReadWarnings(strings, source.name());
        threads = new ChromeThreads(strings);
        sources = new ChromeSources(warnings);
    }

    /// Reads it.
    Profile read() throws IOException {
        context.checkpoint();
        try (var in = new JsonInput(source, context, JsonInput.DEPTH, ChromeSources.LONGEST)) {
            try {
                document(in);
            } catch (JsonProcessingException e) {
                if (!in.brokenOff(e)) warnings.addAt("chrome.damaged", in.place(e.getLocation()), e.getOriginalMessage());
                else if (!mayEndHere) warnings.addAt("chrome.truncated", in.place(e.getLocation()));
            } catch (CharConversionException e) {
                warnings.addAt("chrome.damaged", Place.of(source.name()), e.getMessage());
            }
        }
        if (events.size() == 0) throw nothing();
        return profile();
    }

    private ProblemException nothing() {
        String found = warnings.list("chrome.more").stream().findFirst().map(w -> w.line()).orElse("");
        return new ProblemException(Problem.of(strings, "chrome.no-events", Place.of(source.name()), found));
    }

    private void document(JsonInput in) throws IOException {
        JsonParser parser = in.parser();
        JsonToken first = parser.nextToken();
        if (first == JsonToken.START_ARRAY) {
            events(in, true);
            return;
        }
        if (first != JsonToken.START_OBJECT) return;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            boolean object = parser.isExpectedStartObjectToken();
            if (key.equals("traceEvents") && parser.isExpectedStartArrayToken()) events(in, false);
            else if (key.equals("viztracer_metadata") && object) viztracer(in);
            else if (key.equals("otherData") && object) otherData(in);
            else if (key.equals("file_info") && object) sources.read(in);
            else parser.skipChildren();
        }
    }

    private void viztracer(JsonInput in) throws IOException {
        JsonParser parser = in.parser();
        creator = "viztracer";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            JsonToken value = parser.nextToken();
            if (key.equals("overflow") && value == JsonToken.VALUE_TRUE) warnings.once("chrome.overflow", 0);
            String text = in.text();
            if (key.equals("version") && text != null) creator = "viztracer " + text;
        }
    }

    private void otherData(JsonInput in) throws IOException {
        JsonParser parser = in.parser();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean producer = parser.currentName().equals("producer");
            parser.nextToken();
            String text = in.text();
            if (producer && creator == null) creator = text;
        }
    }

    private void events(JsonInput in, boolean mayLackEnd) throws IOException {
        JsonParser parser = in.parser();
        for (;;) {
            mayEndHere = mayLackEnd;
            JsonToken token = parser.nextToken();
            mayEndHere = false;
            if (token == JsonToken.END_ARRAY || token == null) return;
            if (token != JsonToken.START_OBJECT) {
                parser.skipChildren();
                warnings.addAt("chrome.bad-event", in.place());
            } else {
                fields(in);
                take(in);
            }
        }
    }

    private void fields(JsonInput in) throws IOException {
        JsonParser parser = in.parser();
        phase = 0;
        name = null;
        process = "";
        thread = "";
        time = Double.NaN;
        length = Double.NaN;
        file = null;
        line = FrameTable.NO_LINE;
        argName = null;
        pySpy = false;
        tracer = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (key) {
                case "ph" -> phase = value == JsonToken.VALUE_STRING && parser.getTextLength() == 1
                        ? parser.getTextCharacters()[parser.getTextOffset()] : 0;
                case "name" -> name = value.isScalarValue() ? parser.getText() : in.text();
                case "pid" -> process = value.isScalarValue() ? parser.getText() : String.valueOf(in.text());
                case "tid" -> thread = value.isScalarValue() ? parser.getText() : String.valueOf(in.text());
                case "ts" -> time = in.number();
                case "dur" -> length = in.number();
                case "cat" -> category(in, value);
                case "args" -> arguments(in);
                default -> parser.skipChildren();
            }
        }
    }

    private void category(JsonInput in, JsonToken value) throws IOException {
        JsonParser parser = in.parser();
        int length = value == JsonToken.VALUE_STRING ? parser.getTextLength() : 0;
        if (length == 3) tracer = parser.getText().equalsIgnoreCase("fee");
        else if (length == 6) pySpy = parser.getText().equals("py-spy");
        else parser.skipChildren();
    }

    private void arguments(JsonInput in) throws IOException {
        JsonParser parser = in.parser();
        if (!parser.isExpectedStartObjectToken()) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "file", "filename" -> file = in.text();
                case "line", "lineno" -> line = in.index(Integer.MAX_VALUE);
                case "name" -> argName = in.text();
                default -> parser.skipChildren();
            }
        }
    }

    private void take(JsonInput in) throws IOException {
        switch (phase) {
            case 'M' -> {
                if (argName == null) return;
                if ("thread_name".equals(name)) threads.nameThread(process, thread, argName);
                else if ("process_name".equals(name)) threads.nameProcess(process, argName);
            }
            case 'B', 'E', 'X' -> {
                boolean nameless = phase != 'E' && (name == null || name.isEmpty());
                if (nameless || Double.isNaN(time) || phase == 'X' && !(length >= 0)) warnings.addAt("chrome.bad-event", in.place());
                else duration();
            }
            case 0 -> warnings.addAt("chrome.bad-event", in.place());
            default -> {
            }
        }
    }

    private void duration() {
        if (full) return;
        if (pySpy && creator == null) creator = "py-spy";
        int number = threads.number(process, thread);
        boolean placed = file != null && !file.isEmpty();
        int what = phase == 'E' ? name == null || name.isEmpty() ? -1 : sites.name(name)
                : sites.site(name, placed ? file : null, placed ? line : FrameTable.NO_LINE, pySpy, tracer);
        boolean room = number >= 0 && (what >= 0 || phase == 'E') && switch (phase) {
            case 'B' -> events.begin(number, what, time);
            case 'E' -> events.end(number, what, time);
            default -> events.complete(number, what, time, length);
        };
        if (room) return;
        full = true;
        warnings.once("chrome.too-many", 0, events.size());
    }

    private Profile profile() {
        List<String> names = threads.names();
        int[] start = new int[names.size() + 1];
        int[] order = events.byThread(start);
        List<StackTree> trees = new ArrayList<>();
        List<Timeline> timelines = new ArrayList<>();
        List<ThreadInfo> infos = new ArrayList<>();
        int segments = (int) Math.min(Timeline.Builder.MOST, Runtime.getRuntime().maxMemory() / SEGMENT);
        double origin = events.first();
        int[] openNames = new int[sites.names()];
        double total = 0;
        long most = Math.min(MAX_NODES, Runtime.getRuntime().maxMemory() / NODE);
        long nodes = 0;
        for (int t = 0; t < names.size(); t++) {
            context.checkpoint();
            events.sort(order, start[t], start[t + 1]);
            var stacks = new ChromeStacks(events, sites, warnings, openNames, most - nodes, origin, segments);
            for (int i = start[t]; i < start[t + 1]; i++) {
                if ((i & CHECK_EVERY - 1) == 0) context.checkpoint();
                stacks.take(order[i], names.get(t));
            }
            StackTree tree = stacks.build(names.get(t));
            nodes += tree.size();
            if (tree.size() == 1) continue;
            total += stacks.total();
            trees.add(tree);
            Timeline timeline = stacks.timeline();
            segments -= timeline.size();
            if (stacks.dropped() > 0) warnings.add("chrome.no-timeline", 0, names.get(t));
            timelines.add(timeline);
            infos.add(new ThreadInfo(names.get(t), stacks.total(), threads.process(t)));
        }
        if (trees.isEmpty()) throw nothing();
        var event = new Event("time", strings.get("chrome.event.time"), Unit.SECONDS, total);
        var info = new ProfileInfo(ChromeTraceFormat.ID, creator, null, List.of(event), infos, warnings.list("chrome.more"));
        return new Profile.Stacks(info, sources.placed(sites.functions()), sites.lines(), trees, timelines, sources.texts());
    }
}
