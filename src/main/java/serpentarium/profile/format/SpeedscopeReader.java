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
import serpentarium.profile.FrameTable;
import serpentarium.profile.Profile;
import serpentarium.profile.StackTree;
import serpentarium.task.TaskContext;

/// Reads one speedscope file, in whatever order its parts come.
final class SpeedscopeReader {
    private static final int MAX_PROFILES = 50_000;
    private static final int MAX_NODES = 24_000_000;
    private static final long MAX_TEXT = 256 << 20;
    private static final int FRAME = 64;

    private final Strings strings;
    private final Source source;
    private final TaskContext context;
    private final ReadWarnings warnings;
    private final FrameTable.Builder frames = new FrameTable.Builder();
    private final List<Part> parts = new ArrayList<>();
    private long nodes;
    private long text;
    private boolean framesSeen;
    private String exporter;
    private String title;

    private final SpeedscopeStacks.Open openFrames = new SpeedscopeStacks.Open();
    private SpeedscopeStacks open;
    private String openName;
    private String openUnit;
    private double openEnd;

    /// A profile of the file.
    ///
    /// @param name  null where it has none
    /// @param unit  the file's word
    /// @param kind  what that is
    /// @param stacks its stacks over the numbers of the file's frames
    record Part(String name, String unit, SpeedscopeUnit kind, StackTree stacks) {}

    SpeedscopeReader(Strings strings, Source source, TaskContext context) {
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
                document(in);
            } catch (JsonProcessingException e) {
                if (in.brokenOff(e)) warnings.addAt("speedscope.truncated", in.place(e.getLocation()));
                else warnings.addAt("speedscope.damaged", in.place(e.getLocation()), e.getOriginalMessage());
            } catch (CharConversionException e) {
                warnings.addAt("speedscope.damaged", Place.of(source.name()), e.getMessage());
            }
        }
        if (open != null) close();
        if (frames.size() == 0) throw problem(framesSeen ? "speedscope.empty-frames" : "speedscope.no-frames");
        Profile profile = new SpeedscopeProfile(strings, frames.build(), parts, exporter, title, warnings, context).bind();
        if (profile == null) throw problem("speedscope.no-stacks");
        return profile;
    }

    private ProblemException problem(String id) {
        String found = warnings.list("speedscope.more").stream().findFirst().map(w -> w.line()).orElse("");
        return new ProblemException(Problem.of(strings, id, Place.of(source.name()), found));
    }

    private void document(JsonInput in) throws IOException {
        JsonParser parser = in.parser();
        if (parser.nextToken() != JsonToken.START_OBJECT) return;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "shared" -> shared(in);
                case "profiles" -> profiles(in);
                case "exporter" -> exporter = in.text();
                case "name" -> title = in.text();
                default -> parser.skipChildren();
            }
        }
    }

    private void shared(JsonInput in) throws IOException {
        JsonParser parser = in.parser();
        if (!parser.isExpectedStartObjectToken()) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean table = parser.currentName().equals("frames");
            parser.nextToken();
            if (!table || !parser.isExpectedStartArrayToken()) {
                parser.skipChildren();
                continue;
            }
            framesSeen = true;
            while (parser.nextToken() != JsonToken.END_ARRAY) frame(in);
        }
    }

    private void frame(JsonInput in) throws IOException {
        JsonParser parser = in.parser();
        String name = null;
        String file = null;
        int line = -1;
        if (parser.isExpectedStartObjectToken()) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                parser.nextToken();
                switch (key) {
                    case "name" -> name = in.text();
                    case "file" -> file = in.text();
                    case "line" -> line = in.index(Integer.MAX_VALUE);
                    default -> parser.skipChildren();
                }
            }
        } else parser.skipChildren();
        if (name == null || name.isEmpty()) name = strings.get("speedscope.unnamed", frames.size());
        if (file != null && file.isEmpty()) file = null;
        // A frame of three bytes in the file takes some two hundred here, its name as it is.
        text += FRAME + name.length() + (file == null ? 0 : file.length());
        boolean room = text <= Math.min(MAX_TEXT, Runtime.getRuntime().maxMemory() / 8);
        if (!room || frames.size() == SpeedscopeStacks.MAX_FRAMES) throw problem("speedscope.too-many-frames");
        frames.add(name, file, null, line < 0 ? FrameTable.NO_LINE : line);
    }

    private void profiles(JsonInput in) throws IOException {
        JsonParser parser = in.parser();
        if (!parser.isExpectedStartArrayToken()) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (!parser.isExpectedStartObjectToken()) parser.skipChildren();
            else if (parts.size() >= MAX_PROFILES) {
                warnings.once("speedscope.many-profiles", 0, MAX_PROFILES);
                parser.skipChildren();
            } else profile(in);
        }
    }

    private void profile(JsonInput in) throws IOException {
        JsonParser parser = in.parser();
        open = new SpeedscopeStacks(in, warnings, openFrames, MAX_NODES - nodes);
        openName = null;
        openUnit = "none";
        openEnd = Double.NaN;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "name" -> openName = in.text();
                case "unit" -> openUnit = String.valueOf(in.text());
                case "endValue" -> openEnd = in.number();
                case "samples" -> open.samples();
                case "weights" -> open.weights();
                case "events" -> open.events();
                default -> parser.skipChildren();
            }
        }
        close();
    }

    private void close() {
        SpeedscopeStacks stacks = open;
        open = null;
        if (!stacks.any()) warnings.add("speedscope.empty-profile", 0, openName == null ? parts.size() + 1 : openName);
        SpeedscopeUnit kind = stacks.unweighed() ? SpeedscopeUnit.SAMPLES : SpeedscopeUnit.of(openUnit);
        if (stacks.unweighed()) warnings.add("speedscope.no-weights", 0);
        StackTree tree = stacks.build(openEnd);
        nodes += tree.size();
        parts.add(new Part(openName, stacks.unweighed() ? "none" : openUnit, kind, tree));
    }
}
