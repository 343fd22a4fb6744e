package serpentarium.profile.format;

import java.io.IOException;
import java.util.List;

import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.Profile;
import serpentarium.task.TaskContext;

/// The callgrind format: written by valgrind's callgrind, yappi, pyprof2calltree, lsprof, Xdebug and others, read by KCachegrind. Text;
/// costs by function, source line and call. Files of any size are read in one pass.
public final class CallgrindFormat implements RunFormat {
    private static final Strings STRINGS = Strings.of(CallgrindFormat.class);
    private static final String FIRST_LINE = "# callgrind format";
    private static final List<String> HEADER = List.of("positions:", "summary:", "event:", "cmd:");
    private static final List<String> BODY = List.of("fn=", "fl=", "fi=", "ob=");

    private final boolean byLine;

    /// Reads all.
    public CallgrindFormat() {
        this(true);
    }

    /// @param byLine whether costs by source line are kept; most of the time of reading goes into them
    public CallgrindFormat(boolean byLine) {
        this.byLine = byLine;
    }

    @Override public String id() {
        return "callgrind";
    }

    @Override public Bid sniff(Head head) {
        if (head.at(0) == 0xFE && head.at(1) == 0xFF || head.at(0) == 0xFF && head.at(1) == 0xFE) return no("callgrind.not.utf16");
        byte[] b = head.bytes();
        int end = Math.min(b.length, Head.LIMIT);
        boolean version = false;
        boolean creator = false;
        boolean events = false;
        boolean body = false;
        boolean header = false;
        int line = head.at(0) == 0xEF && head.at(1) == 0xBB && head.at(2) == 0xBF ? 3 : 0;
        if (starts(b, line, end, FIRST_LINE)) return new Bid.Yes(100);
        for (; line < end; line = next(b, line, end)) {
            if (b[line] == 0) return no("callgrind.not.binary");
            version |= starts(b, line, end, "version:");
            creator |= starts(b, line, end, "creator:");
            events |= starts(b, line, end, "events:");
            for (String word : HEADER) header |= starts(b, line, end, word);
            for (String word : BODY) body |= starts(b, line, end, word);
            if (events && body) break;
        }
        if (events && (body || version || creator || header)) return new Bid.Yes(95);
        if (version && (creator || body)) return new Bid.Yes(90);
        if (events || body) return new Bid.Yes(50);
        return no("callgrind.not.keywords");
    }

    private static int next(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end && bytes[i] != '\n') i++;
        return i + 1;
    }

    private static boolean starts(byte[] bytes, int at, int end, String word) {
        if (end - at < word.length()) return false;
        for (int i = 0; i < word.length(); i++) if (bytes[at + i] != word.charAt(i)) return false;
        return true;
    }

    private static Bid no(String reason) {
        return new Bid.No(STRINGS.get(reason));
    }

    @Override public Profile read(Source source, TaskContext context) throws IOException {
        return read(source, context, Glimpses.NONE);
    }

    @Override public Profile read(Source source, TaskContext context, Glimpses glimpses) throws IOException {
        return readRun(List.of(source), context, glimpses);
    }

    @Override public Profile readRun(List<Source> files, TaskContext context, Glimpses glimpses) throws IOException {
        return new CallgrindReader(STRINGS, files.getFirst(), glimpses, byLine).read(files, context);
    }
}
