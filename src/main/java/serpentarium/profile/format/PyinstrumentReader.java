package serpentarium.profile.format;

import java.io.CharConversionException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

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
import serpentarium.profile.LineCosts;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.StackTree;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Timeline;
import serpentarium.profile.Unit;
import serpentarium.task.TaskContext;

/// Reads one session or tree of pyinstrument.
final class PyinstrumentReader {
    private static final int DEPTH = 2_000_000;
    private static final int LONGEST_TEXT = 1 << 20;
    private static final int MAX_NODES = 24_000_000;
    /// Of so many bytes of memory one may go into a node of the tree, and into a segment of the timeline.
    private static final int NODE = 150;
    private static final int SEGMENT = 300;

    private final Strings strings;
    private final Source source;
    private final TaskContext context;
    private final ReadWarnings warnings;
    private final PyinstrumentFrames frames = new PyinstrumentFrames();
    private final StackTree.Builder tree = new StackTree.Builder(1);
    private final LineCosts.Builder lines = new LineCosts.Builder(1);
    private final int nodes = (int) Math.min(MAX_NODES, Runtime.getRuntime().maxMemory() / NODE);
    private final Timeline.Builder segments = new Timeline.Builder(Unit.SECONDS,
            (int) Math.min(Timeline.Builder.MOST, Runtime.getRuntime().maxMemory() / SEGMENT));
    private final PyinstrumentTree rendered = new PyinstrumentTree(frames);
    private int[] stack = new int[64];
    private double clock;
    private double total;
    private String command;

    PyinstrumentReader(Strings strings, Source source, TaskContext context) {
        this.strings = strings;
        this.source = source;
        this.context = context;
        warnings = new ReadWarnings(strings, source.name());
    }

    /// Reads it.
    Profile read() throws IOException {
        context.checkpoint();
        try (var in = new JsonInput(source, context, DEPTH, LONGEST_TEXT)) {
            try {
                if (in.parser().nextToken() == JsonToken.START_OBJECT) document(in);
            } catch (JsonProcessingException e) {
                if (in.brokenOff(e)) warnings.addAt("pyinstrument.truncated", in.place(e.getLocation()));
                else warnings.addAt("pyinstrument.damaged", in.place(e.getLocation()), e.getOriginalMessage());
            } catch (CharConversionException e) {
                warnings.addAt("pyinstrument.damaged", Place.of(source.name()), e.getMessage());
            }
        }
        context.checkpoint();
        rendered.close();
        if (rendered.size() > 0) total += rendered.build(tree);
        if (rendered.full()) warnings.once("pyinstrument.too-large", 0);
        StackTree stacks = tree.build();
        if (stacks.size() == 1) {
            String found = warnings.list("pyinstrument.more").stream().findFirst().map(w -> w.line()).orElse("");
            throw new ProblemException(Problem.of(strings, "pyinstrument.no-stacks", Place.of(source.name()), found));
        }
        if (segments.dropped() > 0) warnings.once("pyinstrument.no-timeline", 0);
        Timeline timeline = segments.dropped() > 0 ? Timeline.NONE : segments.build();
        var event = new Event("time", strings.get("pyinstrument.event.time"), Unit.SECONDS, total);
        var thread = new ThreadInfo(strings.get("pyinstrument.thread"), total);
        var info = new ProfileInfo(PyinstrumentFormat.ID, "pyinstrument", command, List.of(event), List.of(thread),
                warnings.list("pyinstrument.more"));
        return new Profile.Stacks(info, frames.build(strings.get("pyinstrument.unnamed")), lines.build(frames.size()), List.of(stacks),
                List.of(timeline), EmbeddedSources.NONE);
    }

    /// The oldest JSON renderer writes the outermost frame alone, as the document.
    private void document(JsonInput in) throws IOException {
        JsonParser parser = in.parser();
        boolean first = true;
        while (in.nextField()) {
            String key = parser.currentName();
            if (first && key.equals("function")) {
                parser.nextToken();
                String function = in.text();
                rendered.readFrom(in, function);
                return;
            }
            first = false;
            JsonToken value = parser.nextToken();
            switch (key) {
                case "frame_records" -> records(in);
                case "root_frame" -> {
                    if (value == JsonToken.START_OBJECT) rendered.read(in);
                    else parser.skipChildren();
                }
                case "target_description", "program" -> {
                    String text = in.text();
                    if (text != null && !text.isEmpty()) command = text;
                }
                default -> parser.skipChildren();
            }
        }
    }

    private void records(JsonInput in) throws IOException {
        JsonParser parser = in.parser();
        if (!parser.isExpectedStartArrayToken()) {
            parser.skipChildren();
            return;
        }
        while (in.nextItem()) {
            if (parser.isExpectedStartArrayToken()) record(in);
            else {
                parser.skipChildren();
                warnings.addAt("pyinstrument.bad-record", in.place());
            }
        }
    }

    private void record(JsonInput in) throws IOException {
        JsonParser parser = in.parser();
        int depth = 0;
        double time = Double.NaN;
        Place place = in.place();
        for (int i = 0; in.nextItem(); i++) {
            if (i == 0 && parser.isExpectedStartArrayToken()) while (in.nextItem()) {
                String text = in.text();
                if (text == null || PyinstrumentFrames.self(text)) continue;
                int number = frames.text(text);
                if (depth == stack.length) stack = Arrays.copyOf(stack, depth * 2);
                if (number < 0) warnings.once("pyinstrument.too-large", 0);
                else stack[depth++] = number;
            }
            else if (i == 1) time = in.number();
            else parser.skipChildren();
        }
        if (time >= 0) sample(depth, time);
        else warnings.addAt("pyinstrument.bad-record", place);
    }

    private void sample(int depth, double time) {
        int node = 0;
        int last = -1;
        for (int i = 0; i < depth; i++) {
            if (tree.size() >= nodes) {
                warnings.once("pyinstrument.too-large", 0);
                break;
            }
            last = stack[i];
            node = tree.child(node, frames.functionOf(last));
        }
        if (node != 0) {
            tree.addSelf(0, node, time);
            total += time;
            int line = frames.lineOf(last);
            if (line > 0 && time > 0) lines.add(frames.functionOf(last), null, line, 0, time);
            segments.add(clock, time, node);
        }
        clock += time;
    }
}
