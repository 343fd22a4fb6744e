package serpentarium.profile.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import serpentarium.base.Strings;
import serpentarium.profile.StackTree;
import serpentarium.profile.ThreadInfo;

/// The threads of collapsed stacks: what stands before the first frame of a stack names one.
final class CollapsedThreads {
    private static final int MAX_THREADS = 4096;

    private final Strings strings;
    private final CollapsedShape.Frames style;
    private final ByteTexts heads = new ByteTexts();
    private final List<Integer> headOf = new ArrayList<>();
    private final Map<Integer, Integer> threadOf = new HashMap<>();

    CollapsedThreads(Strings strings, CollapsedShape.Frames style) {
        this.strings = strings;
        this.style = style;
    }

    /// Where the part of a stack that names its thread ends, with its semicolon: `from` where there is none.
    int headEnd(byte[] b, int from, int to) {
        int at = from;
        switch (style) {
            case AUSTIN -> {
                if (at < to && b[at] == 'P') at = afterFrame(b, at, to);
                if (at > from && at < to && b[at] == 'T') at = afterFrame(b, at, to);
            }
            case SAMPLING -> {
                if (starts(b, at, to, "tid:")) at = afterFrame(b, at, to);
            }
            case PLAIN, WRITTEN -> {
                while (starts(b, at, to, "process ") && at + 8 < to && AsciiNumber.digit(b[at + 8])) at = afterProcess(b, at, to);
                if (starts(b, at, to, "thread (")) at = afterFrame(b, at, to);
            }
        }
        return at;
    }

    private static int afterFrame(byte[] b, int from, int to) {
        int i = from;
        while (i < to && b[i] != ';') i++;
        return Math.min(to, i + 1);
    }

    /// A command line in quotes may hold semicolons of its own.
    private static int afterProcess(byte[] b, int from, int to) {
        int i = from;
        while (i < to && b[i] != ';' && b[i] != '"') i++;
        if (i < to && b[i] == '"')
            for (int end = i + 1; end < to; end++) if (b[end] == '"' && (end + 1 == to || b[end + 1] == ';')) return Math.min(to, end + 2);
        return afterFrame(b, from, to);
    }

    private static boolean starts(byte[] b, int from, int to, String word) {
        if (to - from < word.length()) return false;
        for (int i = 0; i < word.length(); i++) if (b[from + i] != word.charAt(i)) return false;
        return true;
    }

    /// The number of the thread that `bytes[from, to)` names; that of the last one when there are too many.
    int thread(byte[] bytes, int from, int to) {
        int head = heads.intern(bytes, from, to);
        if (head < 0) return Math.max(0, headOf.size() - 1);
        Integer known = threadOf.get(head);
        if (known != null) return known;
        if (headOf.size() < MAX_THREADS) headOf.add(head);
        if (threadOf.size() < 16 * MAX_THREADS) threadOf.put(head, headOf.size() - 1);
        return headOf.size() - 1;
    }

    /// Whether some threads had to be put together.
    boolean merged() {
        return threadOf.size() > headOf.size();
    }

    /// The threads, with the cost of their first event.
    List<ThreadInfo> infos(List<StackTree> built) {
        List<ThreadInfo> infos = new ArrayList<>();
        for (int i = 0; i < built.size(); i++) {
            StackTree tree = built.get(i);
            double sum = 0;
            for (int node = 0; node < tree.size(); node++) sum += tree.self(0, node);
            infos.add(info(heads.get(headOf.get(i)), built.size(), sum));
        }
        return infos;
    }

    private ThreadInfo info(String head, int threads, double total) {
        if (head.isEmpty()) return new ThreadInfo(strings.get(threads == 1 ? "collapsed.all-threads" : "collapsed.no-thread"), total);
        String text = head.endsWith(";") ? head.substring(0, head.length() - 1) : head;
        return switch (style) {
            case SAMPLING -> new ThreadInfo(strings.get("collapsed.thread", text.substring(4)), total);
            case AUSTIN -> {
                int semicolon = text.indexOf(';');
                String process = strings.get("collapsed.process", text.substring(1, semicolon < 0 ? text.length() : semicolon));
                String name = semicolon < 0 ? process : strings.get("collapsed.thread", text.substring(semicolon + 2));
                yield new ThreadInfo(name, total, process);
            }
            case PLAIN, WRITTEN -> plain(text, total);
        };
    }

    /// py-spy: processes, each the parent of the next one, and a thread of the last of them.
    private ThreadInfo plain(String text, double total) {
        int thread = text.startsWith("thread (") ? 0 : text.lastIndexOf(";thread (") + 1;
        boolean hasThread = thread > 0 || text.startsWith("thread (");
        String process = process(hasThread ? text.substring(0, Math.max(0, thread - 1)) : text);
        if (!hasThread) return new ThreadInfo(process, total, process);
        String inner = text.substring(thread + "thread (".length());
        int close = inner.indexOf(')');
        String id = close < 0 ? inner : inner.substring(0, close);
        String rest = close < 0 ? "" : inner.substring(close + 1).replaceFirst("^:\\s*", "").strip();
        String name = style == CollapsedShape.Frames.WRITTEN && !rest.isEmpty() ? rest : rest.isEmpty() ? strings.get("collapsed.thread", id) : strings.get("collapsed.named-thread", rest, id);
        return new ThreadInfo(name, total, process);
    }

    /// The last of the processes `process PID:"COMMAND"`; null where there is none.
    private String process(String text) {
        if (!text.startsWith("process ")) return null;
        String last = text.substring(text.lastIndexOf(";process ") + 1).substring("process ".length());
        int colon = last.indexOf(':');
        if (colon < 0) return strings.get("collapsed.process", last);
        String command = last.substring(colon + 1).replaceFirst("^\"(.*)\"$", "$1");
        return strings.get("collapsed.process-of", last.substring(0, colon), command);
    }
}
