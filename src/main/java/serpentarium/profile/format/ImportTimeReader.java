package serpentarium.profile.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

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

/// Reads the lines of one `-X importtime`. A module stands after those that it imported: from the last line to the first the callers come
/// first.
final class ImportTimeReader {
    private static final int LONGEST_LINE = 1 << 20;
    private static final int MAX_LINES = 4_000_000;
    private static final byte[] PREFIX = ImportTimeFormat.PREFIX.getBytes(StandardCharsets.US_ASCII);

    private final Strings strings;
    private final Source source;
    private final TaskContext context;
    private final ReadWarnings warnings;
    private final ByteTexts names = new ByteTexts();
    private int[] name = new int[256];
    private int[] level = new int[256];
    private long[] self = new long[256];
    private int[] node;
    private int size;

    ImportTimeReader(Strings strings, Source source, TaskContext context) {
        this.strings = strings;
        this.source = source;
        this.context = context;
        warnings = new ReadWarnings(strings, source.name());
    }

    /// Reads it.
    Profile read() throws IOException {
        context.checkpoint();
        try (var in = new LineInput(source, context, LONGEST_LINE)) {
            while (in.next()) if (!in.tooLong()) line(in.bytes(), in.start(), in.end(), in.line());
        }
        if (size == 0) throw new ProblemException(Problem.of(strings, "importtime.no-modules", Place.of(source.name())));
        context.checkpoint();
        StackTree tree = tree();
        double total = 0;
        for (int i = 0; i < size; i++) total += self[i];
        // Number 0 is the empty text, which no module has.
        var functions = new FrameTable.Builder();
        for (int n = 1; n < names.size(); n++) functions.add(names.get(n), null, null, FrameTable.NO_LINE);
        var event = new Event("time", strings.get("importtime.event.time"), Unit.MICROSECONDS, total);
        var thread = new ThreadInfo(strings.get("importtime.thread"), total);
        var info = new ProfileInfo(ImportTimeFormat.ID, "python -X importtime", null, List.of(event), List.of(thread),
                warnings.list("importtime.more"));
        return new Profile.Stacks(info, functions.build(), LineCosts.NONE, List.of(tree), List.of(timeline(tree)), EmbeddedSources.NONE);
    }

    /// The lines come in the order in which the modules were ready. When within its import a module ran itself is not known: it is put
    /// after what it imported.
    private Timeline timeline(StackTree tree) {
        var segments = new Timeline.Builder(Unit.MICROSECONDS, size * 2);
        double clock = 0;
        for (int i = 0; i < size; i++) {
            if (i > 0 && node[i] == node[i - 1]) segments.add(clock, 0, tree.parent(node[i]));
            segments.add(clock, self[i], node[i]);
            clock += self[i];
        }
        return segments.build();
    }

    private void line(byte[] b, int from, int to, long line) {
        if (to - from < PREFIX.length || !Arrays.equals(b, from, from + PREFIX.length, PREFIX, 0, PREFIX.length)) return;
        int first = bar(b, from, to);
        int second = bar(b, first + 1, to);
        if (second < to && title(b, from + PREFIX.length, first)) return;
        long own = second < to ? number(b, from + PREFIX.length, first) : -1;
        int start = second + 1;
        while (start < to && b[start] == ' ') start++;
        int end = to;
        while (end > start && AsciiNumber.blank(b[end - 1])) end--;
        if (own < 0 || number(b, first + 1, second) < 0 || start >= end) {
            warnings.add("importtime.bad-line", line);
            return;
        }
        int module = size < Math.min(MAX_LINES, Runtime.getRuntime().maxMemory() / 500) ? names.intern(b, start, end) : -1;
        if (module < 0) {
            warnings.once("importtime.too-large", line);
            return;
        }
        if (size == name.length) {
            name = Arrays.copyOf(name, size * 2);
            level = Arrays.copyOf(level, size * 2);
            self = Arrays.copyOf(self, size * 2);
        }
        name[size] = module;
        level[size] = Math.max(0, start - second - 2) / 2;
        self[size++] = own;
    }

    private static int bar(byte[] b, int from, int to) {
        int at = from;
        while (at < to && b[at] != '|') at++;
        return at;
    }

    private static boolean title(byte[] b, int from, int to) {
        int at = from;
        while (at < to && b[at] == ' ') at++;
        return to - at >= 4 && b[at] == 's' && b[at + 1] == 'e' && b[at + 2] == 'l' && b[at + 3] == 'f';
    }

    /// The whole number between blanks; -1 where there is none.
    private static long number(byte[] b, int from, int to) {
        int at = from;
        while (at < to && b[at] == ' ') at++;
        int end = to;
        while (end > at && b[end - 1] == ' ') end--;
        if (end == at || end - at > 15) return -1;
        long value = 0;
        for (; at < end; at++) {
            if (!AsciiNumber.digit(b[at])) return -1;
            value = value * 10 + b[at] - '0';
        }
        return value;
    }

    /// A module whose importer is missing, because the text ends before it, belongs to the next one outside that is there.
    private StackTree tree() {
        var tree = new StackTree.Builder(1);
        node = new int[size];
        int[] open = new int[64];
        int[] at = new int[64];
        int depth = 0;
        for (int i = size - 1; i >= 0; i--) {
            while (depth > 0 && at[depth - 1] >= level[i]) depth--;
            if (depth == open.length) {
                open = Arrays.copyOf(open, depth * 2);
                at = Arrays.copyOf(at, depth * 2);
            }
            at[depth] = level[i];
            node[i] = tree.child(depth == 0 ? 0 : open[depth - 1], name[i] - 1);
            open[depth++] = node[i];
            tree.addSelf(0, node[i], self[i]);
        }
        return tree.build();
    }
}
