package serpentarium.profile.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.Profile;
import serpentarium.profile.StackTree;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Timeline;
import serpentarium.profile.Unit;
import serpentarium.profile.Warning;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;

/// Writes speedscope's own JSON: a profile for each thread and event. Where the order of time is known and its segments are what the event
/// counts, the profile is `evented`, what opened and closed when; else `sampled`, each different stack once with its cost.
///
/// Format: https://www.speedscope.app/file-format-schema.json.
public final class SpeedscopeWriter implements ProfileWriter {
    private static final Strings STRINGS = Strings.of(SpeedscopeWriter.class);
    private static final String SCHEMA = "https://www.speedscope.app/file-format-schema.json";
    /// What the files say that wrote them.
    static final String EXPORTER = "serpentarium";
    private static final int CHECK_EVERY = 1 << 12;
    private static final double SAME = 1e-6;

    /// The writer; it has no state.
    public SpeedscopeWriter() {}

    @Override public String id() {
        return SpeedscopeFormat.ID;
    }

    @Override public List<String> endings() {
        return List.of(".speedscope.json", ".speedscope");
    }

    @Override public Says says() {
        return new Says(true, false, true, true, true);
    }

    @Override public List<Warning> write(Profile profile, OutputStream out, TaskContext context) throws IOException {
        if (!(profile instanceof Profile.Stacks stacks)) throw new ProblemException(Problem.of(STRINGS, "write.stacks-only", Place.NOWHERE, id()));
        try (JsonGenerator json = JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build().createGenerator(out)) {
            new Run(stacks, json, context).document();
        }
        return List.of();
    }

    private static final class Run {
        private final Profile.Stacks profile;
        private final JsonGenerator json;
        private final TaskContext context;
        private final long nodes;
        private long done;

        Run(Profile.Stacks profile, JsonGenerator json, TaskContext context) {
            this.profile = profile;
            this.json = json;
            this.context = context;
            long sum = 0;
            for (int t = 0; t < profile.trees().size(); t++) sum += profile.trees().get(t).size() + profile.timeline(t).size();
            nodes = sum * profile.info().events().size();
        }

        void document() throws IOException {
            context.checkpoint();
            json.writeStartObject();
            json.writeStringField("$schema", SCHEMA);
            json.writeStringField("exporter", EXPORTER);
            if (profile.info().command() != null) json.writeStringField("name", profile.info().command());
            json.writeObjectFieldStart("shared");
            json.writeArrayFieldStart("frames");
            FrameTable frames = profile.frames();
            for (int f = 0; f < frames.size(); f++) {
                json.writeStartObject();
                json.writeStringField("name", frames.name(f));
                String place = frames.file(f) != null ? frames.file(f) : frames.module(f);
                if (place != null) json.writeStringField("file", place);
                if (frames.line(f) > 0) json.writeNumberField("line", frames.line(f));
                json.writeEndObject();
                step();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeArrayFieldStart("profiles");
            for (int e = 0; e < profile.info().events().size(); e++)
                for (int t = 0; t < profile.trees().size(); t++) profile(t, e);
            json.writeEndArray();
            json.writeEndObject();
        }

        private void profile(int thread, int event) throws IOException {
            Event info = profile.info().events().get(event);
            ThreadInfo who = profile.info().threads().get(thread);
            StackTree tree = profile.trees().get(thread);
            Timeline time = profile.timeline(thread);
            boolean ordered = ordered(tree, time, info, event);
            json.writeStartObject();
            json.writeStringField("type", ordered ? "evented" : "sampled");
            json.writeStringField("name", profile.info().events().size() == 1 ? who.name() : STRINGS.get("write.speedscope.name", who.name(), info.title()));
            json.writeStringField("unit", word(ordered ? time.unit() : info.unit()));
            if (ordered) new SpeedscopeOrder(tree, time, json, this::step).write();
            else sampled(tree, event);
            json.writeEndObject();
        }

        /// Whether the segments add up to what the event counts in this thread.
        private static boolean ordered(StackTree tree, Timeline time, Event event, int index) {
            if (time.size() == 0) return false;
            double lasting = 0;
            for (int s = 0; s < time.size(); s++) if (time.node(s) > 0) lasting += time.length(s);
            double cost = 0;
            for (int node = 1; node < tree.size(); node++) cost += tree.self(index, node);
            double scale = seconds(time.unit());
            boolean same = time.unit() == event.unit();
            if (!same && (scale == 0 || seconds(event.unit()) == 0)) return false;
            double factor = same ? 1 : scale / seconds(event.unit());
            return Math.abs(lasting * factor - cost) <= SAME * Math.max(Math.abs(cost), lasting * factor);
        }

        private void sampled(StackTree tree, int event) throws IOException {
            double sum = 0;
            for (int node = 1; node < tree.size(); node++) if (tree.self(event, node) > 0) sum += tree.self(event, node);
            json.writeNumberField("startValue", 0);
            number(json, "endValue", sum);
            json.writeArrayFieldStart("samples");
            var walk = new StackWalk(tree);
            for (int node = 1; node < tree.size(); node++) {
                step();
                if (!(tree.self(event, node) > 0)) continue;
                walk.to(node);
                json.writeStartArray();
                for (int i = 0; i < walk.depth(); i++) json.writeNumber(walk.frame(i));
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("weights");
            for (int node = 1; node < tree.size(); node++) if (tree.self(event, node) > 0) number(json, tree.self(event, node));
            json.writeEndArray();
        }

        private void step() {
            if (++done % CHECK_EVERY != 0) return;
            context.checkpoint();
            context.progress(Math.min(done, nodes), nodes, Progress.Unit.ITEMS);
        }
    }

    static void number(JsonGenerator json, String name, double value) throws IOException {
        json.writeFieldName(name);
        number(json, value);
    }

    static void number(JsonGenerator json, double value) throws IOException {
        if (value == Math.rint(value) && Math.abs(value) < 1L << 53) json.writeNumber((long) value);
        else json.writeNumber(value);
    }

    private static double seconds(Unit unit) {
        return switch (unit) {
            case SECONDS -> 1;
            case MICROSECONDS -> 1e-6;
            case NANOSECONDS -> 1e-9;
            case BYTES, SAMPLES, INSTRUCTIONS, COUNT -> 0;
        };
    }

    private static String word(Unit unit) {
        return switch (unit) {
            case SECONDS, MICROSECONDS, NANOSECONDS, BYTES -> unit.id();
            case SAMPLES, INSTRUCTIONS, COUNT -> "none";
        };
    }
}
