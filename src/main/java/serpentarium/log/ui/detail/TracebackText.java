package serpentarium.log.ui.detail;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import serpentarium.base.Strings;
import serpentarium.kit.source.HighlightSpans;
import serpentarium.kit.source.PythonHighlighter;
import serpentarium.log.Failure;
import serpentarium.log.Frame;
import serpentarium.log.Traceback;
import serpentarium.log.ui.detail.DetailText.Link;
import serpentarium.log.ui.detail.DetailText.Style;

/// Writes a traceback as Python did, with the program's own frames strong and those of libraries folded; or turned round, so that what happened last
/// comes first.
final class TracebackText {
    private static final Strings STRINGS = Strings.of(TracebackText.class);

    private final String[] lines;
    private final Traceback traceback;
    private final Set<Integer> open;
    private final DetailText out;

    /// @param open the runs of library frames that are unfolded, by their numbers
    TracebackText(String text, Traceback traceback, Set<Integer> open, DetailText out) {
        lines = text.split("\n", -1);
        this.traceback = traceback;
        this.open = open;
        this.out = out;
    }

    /// Frames of libraries that follow one another.
    ///
    /// @param number what it is known by: the first line of its first frame
    /// @param frames its frames
    record Run(int number, List<Frame> frames) {
        int end() {
            return frames.getLast().first() + frames.getLast().lines();
        }
    }

    /// The runs of library frames that can be folded. The frame in which an exception was raised always shows; where no frame is the program's own, all do.
    static List<Run> runs(Traceback traceback) {
        var runs = new ArrayList<Run>();
        for (Failure failure : failures(traceback)) {
            if (failure.frames().stream().allMatch(Frame::library)) continue;
            var run = new ArrayList<Frame>();
            List<Frame> frames = failure.frames();
            boolean turned = failure.kind() == Failure.Kind.FAULT;
            for (int i = 0; i <= frames.size(); i++) {
                boolean folded = i < frames.size() && frames.get(i).library() && (i < frames.size() - 1 || failure.kind() == Failure.Kind.STACK);
                if (folded) run.add(frames.get(i));
                else if (!run.isEmpty()) {
                    List<Frame> ordered = turned ? run.reversed() : run;
                    runs.add(new Run(ordered.getFirst().first(), List.copyOf(ordered)));
                    run.clear();
                }
            }
        }
        runs.sort(java.util.Comparator.comparingInt(Run::number));
        return runs;
    }

    /// All exceptions with those inside groups, in the order of the text.
    private static List<Failure> failures(Traceback traceback) {
        var all = new ArrayList<Failure>();
        var waiting = new ArrayDeque<>(traceback.failures());
        while (!waiting.isEmpty()) {
            Failure failure = waiting.pop();
            all.add(failure);
            for (Failure part : failure.parts().reversed()) waiting.push(part);
        }
        return all;
    }

    /// Writes it in the order of the text.
    void write() {
        Frame[] owners = new Frame[lines.length];
        boolean[] titles = new boolean[lines.length];
        for (Failure failure : failures(traceback)) {
            for (Frame frame : failure.frames()) Arrays.fill(owners, Math.min(frame.first(), lines.length), Math.min(frame.first() + frame.lines(), lines.length), frame);
            title(failure, titles);
        }
        List<Run> runs = runs(traceback);
        int next = 0;
        // What follows the name of an exception goes on with its message.
        boolean message = false;
        for (int line = 0; line < lines.length; line++) {
            message = titles[line] || message && owners[line] == null && !between(lines[line]);
            while (next < runs.size() && runs.get(next).number() < line) next++;
            if (next < runs.size() && runs.get(next).number() == line) {
                Run run = runs.get(next++);
                boolean shown = open.contains(run.number());
                fold(run, shown, lines[line].substring(0, Math.max(0, lines[line].indexOf("File \""))));
                if (!shown) {
                    line = Math.min(run.end(), lines.length) - 1;
                    continue;
                }
            }
            if (owners[line] != null) frameLine(owners[line], line, lines[line]);
            else if (titles[line]) exception(lines[line]);
            else out.add(lines[line], message ? Style.PLAIN : Style.MUTED);
            if (line < lines.length - 1) out.add("\n", Style.PLAIN);
        }
    }

    /// Whether a line stands between the exceptions of a chain.
    private static boolean between(String line) {
        return line.contains("Traceback (") || line.contains("During handling of the above exception, ") || line.contains("The above exception was the direct cause of ");
    }

    /// Marks the line that names an exception: the first after its frames that does.
    private void title(Failure failure, boolean[] titles) {
        if (failure.type().isEmpty() || failure.kind() == Failure.Kind.FAULT) return;
        int from = failure.frames().isEmpty() ? failure.first() : failure.frames().getLast().first() + failure.frames().getLast().lines();
        int to = Math.min(lines.length, failure.first() + failure.lines());
        for (int i = Math.max(0, from); i < to; i++) {
            if (!lines[i].replaceFirst("^[\\s|+]+", "").startsWith(failure.type())) continue;
            titles[i] = true;
            return;
        }
    }

    private void exception(String line) {
        int begin = 0;
        while (begin < line.length() && (line.charAt(begin) == ' ' || line.charAt(begin) == '|')) begin++;
        int colon = line.indexOf(':', begin);
        int end = colon < 0 ? line.length() : colon;
        out.add(line.substring(0, begin), Style.MUTED).add(line.substring(begin, end), Style.ERROR).add(line.substring(end), Style.PLAIN);
    }

    private void fold(Run run, boolean shown, String margin) {
        String first = run.frames().getFirst().shortFile();
        String last = run.frames().getLast().shortFile();
        String names = first.equals(last) ? first : STRINGS.get("traceback.from-to", first, last);
        String text = STRINGS.get(run.frames().size() == 1 ? "traceback.library" : "traceback.libraries", shown ? "▾" : "▸", run.frames().size(), names);
        out.add(margin, Style.PLAIN).add(text, Style.FOLD, new Link.Fold(run.number(), shown)).add("\n", Style.PLAIN);
    }

    /// A line of a frame: its place, its source, or what points at a part of that.
    private void frameLine(Frame frame, int line, String text) {
        boolean library = frame.library();
        if (line == frame.first()) {
            place(frame, text, library);
            return;
        }
        String bare = text.replaceFirst("^\\s*\\|?\\s*", "");
        String margin = text.substring(0, text.length() - bare.length());
        boolean code = frame.source().contains(bare.strip());
        if (code && !library) {
            out.add(margin, Style.MUTED);
            code(bare);
        } else out.add(text, code ? Style.LIBRARY : bare.matches("[~^\\s]+") ? Style.CARETS : Style.LIBRARY);
    }

    private void place(Frame frame, String text, boolean library) {
        int file = text.indexOf("File \"");
        int end = text.indexOf(", in ", file + 6 + frame.file().length());
        if (end < 0) end = text.indexOf(" in ", Math.max(0, file + 6 + frame.file().length()));
        int stop = end < 0 ? text.length() : end;
        if (file < 0 || stop < file) {
            out.add(text, library ? Style.LIBRARY : Style.OWN);
            return;
        }
        out.add(text.substring(0, file), Style.MUTED).add(text.substring(file, stop), library ? Style.LIBRARY : Style.OWN, new Link.Source(frame));
        if (end < 0) return;
        int name = text.indexOf("in ", end) + 3;
        out.add(text.substring(end, name), Style.LIBRARY).add(text.substring(name), library ? Style.LIBRARY : Style.OWN_FUNCTION);
    }

    private void code(String source) {
        HighlightSpans spans = PythonHighlighter.highlight(source);
        int at = 0;
        for (int i = 0; i < spans.size(); i++) {
            out.add(source.substring(at, spans.from(i)), Style.PLAIN);
            out.add(source.substring(spans.from(i), spans.to(i)), switch (spans.kind(i)) {
                case KEYWORD -> Style.KEYWORD;
                case STRING -> Style.STRING;
                case NUMBER -> Style.NUMBER;
                case COMMENT -> Style.COMMENT;
                case BUILTIN, DEFINITION, DECORATOR -> Style.NAME;
            });
            at = spans.to(i);
        }
        out.add(source.substring(at), Style.PLAIN);
    }

    /// Writes it with the last exception first, and of each the frame in which it was raised.
    void turned() {
        List<Failure> chain = traceback.failures().reversed();
        var runs = new IdentityHashMap<Frame, Run>();
        for (Run run : runs(traceback)) run.frames().forEach(frame -> runs.put(frame, run));
        for (int i = 0; i < chain.size(); i++) {
            Failure failure = chain.get(i);
            turned(failure, runs, "");
            if (i == chain.size() - 1) break;
            String how = switch (failure.link()) {
                case CAUSED -> "traceback.caused";
                case DURING -> "traceback.during";
                case FIRST -> "traceback.before";
            };
            out.line().add(STRINGS.get(how), Style.MUTED).add("\n", Style.PLAIN);
        }
    }

    private void turned(Failure failure, Map<Frame, Run> runs, String margin) {
        String[] message = failure.message().split("\n", -1);
        if (failure.type().isEmpty()) out.add(margin + STRINGS.get("traceback.stack"), Style.MUTED);
        else out.add(margin, Style.PLAIN).add(failure.type(), Style.ERROR).add(failure.message().isEmpty() ? "" : ": " + message[0], Style.PLAIN);
        for (int i = 1; i < message.length; i++) out.add("\n" + margin + message[i], Style.PLAIN);
        out.add("\n", Style.PLAIN);
        List<Frame> frames = failure.frames().reversed();
        for (int i = 0; i < frames.size(); i++) {
            Frame frame = frames.get(i);
            Run run = runs.get(frame);
            if (run != null) {
                boolean shown = open.contains(run.number());
                if (i == 0 || runs.get(frames.get(i - 1)) != run) fold(run, shown, margin + "  ");
                if (!shown) continue;
            }
            boolean library = frame.library();
            String where = frame.line() < 0 ? "File \"" + frame.file() + "\"" : "File \"" + frame.file() + "\", line " + frame.line();
            out.add(margin + "  ", Style.PLAIN).add(where, library ? Style.LIBRARY : Style.OWN, new Link.Source(frame));
            if (!frame.function().isEmpty()) out.add(", in ", Style.LIBRARY).add(frame.function(), library ? Style.LIBRARY : Style.OWN_FUNCTION);
            if (frame.repeated() > 0) out.add(STRINGS.get("traceback.repeated", frame.repeated()), Style.MUTED);
            out.add("\n", Style.PLAIN);
            for (String source : frame.source()) {
                out.add(margin + "    ", Style.PLAIN);
                if (library) out.add(source, Style.LIBRARY);
                else code(source);
                out.add("\n", Style.PLAIN);
            }
        }
        for (Failure part : failure.parts()) turned(part, runs, margin + "    ");
    }
}
