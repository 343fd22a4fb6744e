package serpentarium.profile.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.Profile;
import serpentarium.profile.StackTree;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Unit;
import serpentarium.profile.Warning;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;

/// Writes pprof's `profile.proto`, packed with gzip: all events as types of samples, each different stack once a thread, with the labels
/// `thread` and `process`. Seconds become nanoseconds. A stack ends at a line where lines are known: what a function cost itself is divided
/// among its lines as in the whole thread.
///
/// Format: `proto/profile.proto` of github.com/google/pprof.
public final class PprofWriter implements ProfileWriter {
    private static final Strings STRINGS = Strings.of(PprofWriter.class);
    private static final int FLUSH_AT = 1 << 16;
    private static final int CHECK_EVERY = 1 << 12;

    /// The writer; it has no state.
    public PprofWriter() {}

    @Override public String id() {
        return PprofFormat.ID;
    }

    @Override public List<String> endings() {
        return List.of(".pb.gz", ".pprof");
    }

    @Override public Says says() {
        return new Says(true, false, true, true, false);
    }

    @Override public List<Warning> write(Profile profile, OutputStream out, TaskContext context) throws IOException {
        if (!(profile instanceof Profile.Stacks stacks)) throw new ProblemException(Problem.of(STRINGS, "write.stacks-only", Place.NOWHERE, id()));
        var notes = new WriteNotes(STRINGS);
        var numbers = new WholeNumbers(profile);
        var packed = new GZIPOutputStream(out, 1 << 16);
        new Run(stacks, packed, numbers, context).write();
        packed.finish();
        if (!profile.sourceLines().isEmpty()) notes.once("write.pprof.lines");
        numbers.tell(notes);
        return notes.list();
    }

    private static final class Run {
        private final Profile.Stacks profile;
        private final OutputStream out;
        private final WholeNumbers numbers;
        private final TaskContext context;
        private final Map<String, Integer> texts = new HashMap<>();
        private final Map<String, Integer> mappings = new HashMap<>();
        private final ProtoOutput file = new ProtoOutput();
        private final ProtoOutput message = new ProtoOutput();
        private final ProtoOutput part = new ProtoOutput();
        private final Map<Long, Long> placed = new LinkedHashMap<>();
        private PprofLines lines;

        Run(Profile.Stacks profile, OutputStream out, WholeNumbers numbers, TaskContext context) {
            this.profile = profile;
            this.out = out;
            this.numbers = numbers;
            this.context = context;
            texts.put("", 0);
        }

        void write() throws IOException {
            List<Event> events = profile.info().events();
            for (int e = 0; e < events.size(); e++) {
                message.clear();
                message.number(1, text(events.get(e).name()));
                message.number(2, text(unit(events.get(e), numbers.scale(e))));
                file.message(1, message);
            }
            long nodes = profile.trees().stream().mapToLong(StackTree::size).sum();
            long done = 0;
            for (int t = 0; t < profile.trees().size(); t++) {
                StackTree tree = profile.trees().get(t);
                if (t == 0 || profile.sourceLines().byThread(profile.trees().size())) lines = lines(t);
                for (int node = 1; node < tree.size(); node++) {
                    if (done++ % CHECK_EVERY == 0) {
                        context.checkpoint();
                        context.progress(done, nodes, Progress.Unit.ITEMS);
                    }
                    sample(tree, node, profile.trees().size() > 1 ? profile.info().threads().get(t) : null);
                }
            }
            FrameTable frames = profile.frames();
            for (int f = 0; f < frames.size(); f++) function(frames, f);
            for (var place : placed.entrySet()) location(frames, place.getValue(), (int) (place.getKey() >>> 32), place.getKey().intValue());
            mappings.forEach((name, id) -> {
                message.clear();
                message.number(1, id);
                message.number(5, text(name));
                file.message(3, message);
            });
            file.number(14, text(events.getFirst().name()));
            file.number(13, text(comment()));
            String[] table = new String[texts.size()];
            texts.forEach((text, id) -> table[id] = text);
            for (String text : table) {
                file.bytes(6, text.getBytes(StandardCharsets.UTF_8));
                if (file.size() > FLUSH_AT) file.flush(out);
            }
            file.flush(out);
        }

        private String comment() {
            String command = profile.info().command();
            return STRINGS.get("write.comment", profile.info().format()) + (command == null ? "" : " · " + command);
        }

        private PprofLines lines(int thread) {
            if (profile.sourceLines().isEmpty()) return null;
            boolean alone = profile.sourceLines().byThread(profile.trees().size());
            var self = profile.sourceLines().parts().get(alone ? thread : 0).self();
            return new PprofLines(self, alone ? List.of(profile.trees().get(thread)) : profile.trees(), profile.frames().size());
        }

        private void sample(StackTree tree, int node, ThreadInfo thread) throws IOException {
            long[] values = new long[tree.events()];
            for (int e = 0; e < values.length; e++) values[e] = numbers.of(e, tree.self(e, node));
            int function = tree.frame(node);
            int rows = lines == null ? 0 : lines.divide(function, values);
            for (int row = 0; row < rows; row++) sample(tree, node, thread, lines.part(row), location(function, lines.line(row)));
            sample(tree, node, thread, values, function + 1L);
        }

        private void sample(StackTree tree, int node, ThreadInfo thread, long[] values, long location) throws IOException {
            boolean any = false;
            part.clear();
            for (long value : values) {
                any |= value != 0;
                part.varint(value);
            }
            if (!any) return;
            message.clear();
            message.message(2, part);
            part.clear();
            part.varint(location);
            for (int at = tree.parent(node); at > 0; at = tree.parent(at)) part.varint(tree.frame(at) + 1L);
            message.message(1, part);
            if (thread != null) {
                label("thread", thread.name());
                if (thread.process() != null) label("process", thread.process());
            }
            file.message(2, message);
            if (file.size() > FLUSH_AT) file.flush(out);
        }

        /// The location of a line of a function; those of functions alone come before them.
        private long location(int function, int line) {
            return placed.computeIfAbsent((long) function << 32 | line, _ -> profile.frames().size() + placed.size() + 1L);
        }

        private void label(String key, String value) {
            part.clear();
            part.number(1, text(key));
            part.number(2, text(value));
            message.message(3, part);
        }

        private void function(FrameTable frames, int f) throws IOException {
            message.clear();
            message.number(1, f + 1L);
            message.number(2, text(frames.name(f)));
            message.number(3, text(frames.name(f)));
            message.number(4, text(frames.file(f)));
            message.number(5, Math.max(0, frames.line(f)));
            file.message(5, message);
            location(frames, f + 1L, f, 0);
        }

        private void location(FrameTable frames, long id, int f, int line) throws IOException {
            part.clear();
            part.number(1, f + 1L);
            if (line > 0) part.number(2, line);
            message.clear();
            message.number(1, id);
            if (frames.module(f) != null) message.number(2, mappings.computeIfAbsent(frames.module(f), _ -> mappings.size() + 1));
            message.message(4, part);
            file.message(4, message);
            if (file.size() > FLUSH_AT) file.flush(out);
        }

        private int text(String text) {
            return text == null ? 0 : texts.computeIfAbsent(text, _ -> texts.size());
        }

        private static String unit(Event event, WholeNumbers.Scale scale) {
            if (scale == WholeNumbers.Scale.MILLIONTHS) return "millionths";
            return switch (event.unit()) {
                case SECONDS, NANOSECONDS -> "nanoseconds";
                case MICROSECONDS -> "microseconds";
                case BYTES -> "bytes";
                case SAMPLES, INSTRUCTIONS, COUNT -> "count";
            };
        }
    }
}
