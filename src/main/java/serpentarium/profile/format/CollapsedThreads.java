package serpentarium.profile.format;

import java.util.ArrayList;
import java.util.List;

import serpentarium.base.Strings;
import serpentarium.profile.StackTree;
import serpentarium.profile.ThreadInfo;

/// The threads of collapsed stacks: what stands before the first frame of a stack names one.
final class CollapsedThreads {
    private static final int MAX_THREADS = 4096;
    private static final int MAX_NODES = 16_000_000;

    private final Strings strings;
    private final CollapsedShape.Frames style;
    private final int events;
    private long nodes;
    private final ByteTexts heads = new ByteTexts();
    private final List<Integer> headOf = new ArrayList<>();
    private final List<StackTree.Builder> trees = new ArrayList<>();
    private final List<Double> totals = new ArrayList<>();
    private final java.util.Map<Integer, Integer> threadOf = new java.util.HashMap<>();

    CollapsedThreads(Strings strings, CollapsedShape.Frames style, int events) {
        this.strings = strings;
        this.style = style;
        this.events = events;
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
            case PLAIN -> {
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
        if (head < 0) return Math.max(0, trees.size() - 1);
        Integer known = threadOf.get(head);
        if (known != null) return known;
        if (trees.size() < MAX_THREADS) {
            trees.add(new StackTree.Builder(events));
            headOf.add(head);
            totals.add(0.0);
        }
        if (threadOf.size() < 16 * MAX_THREADS) threadOf.put(head, trees.size() - 1);
        return trees.size() - 1;
    }

    /// Whether some threads had to be put together.
    boolean merged() {
        return threadOf.size() > trees.size();
    }

    /// A thread's stacks.
    StackTree.Builder tree(int thread) {
        return trees.get(thread);
    }

    /// The node below `parent` in a thread's tree with this function.
    int child(StackTree.Builder tree, int parent, int function) {
        int before = tree.size();
        int node = tree.child(parent, function);
        nodes += tree.size() - before;
        return node;
    }

    /// Whether there may be no room for a stack of this many bytes more.
    boolean full(int bytes) {
        return nodes + bytes / 2 > MAX_NODES;
    }

    /// The finished trees.
    List<StackTree> build() {
        return trees.stream().map(StackTree.Builder::build).toList();
    }

    /// The threads, with the cost of their first event.
    List<ThreadInfo> infos(List<StackTree> built) {
        List<ThreadInfo> infos = new ArrayList<>();
        for (int i = 0; i < built.size(); i++) {
            StackTree tree = built.get(i);
            double sum = 0;
            for (int node = 0; node < tree.size(); node++) sum += tree.self(0, node);
            infos.add(new ThreadInfo(name(heads.get(headOf.get(i)), built.size()), sum));
        }
        return infos;
    }

    private String name(String head, int threads) {
        if (head.isEmpty()) return strings.get(threads == 1 ? "collapsed.all-threads" : "collapsed.no-thread");
        String text = head.endsWith(";") ? head.substring(0, head.length() - 1) : head;
        return switch (style) {
            case SAMPLING -> strings.get("collapsed.thread", text.substring(4));
            case AUSTIN -> {
                int semicolon = text.indexOf(';');
                if (semicolon < 0) yield strings.get("collapsed.process", text.substring(1));
                String thread = strings.get("collapsed.thread", text.substring(semicolon + 2));
                yield strings.get("collapsed.of-process", thread, text.substring(1, semicolon));
            }
            case PLAIN -> plainName(text);
        };
    }

    private String plainName(String text) {
        int thread = text.startsWith("thread (") ? 0 : text.lastIndexOf(";thread (") + 1;
        boolean hasThread = thread > 0 || text.startsWith("thread (");
        String process = text.startsWith("process ") ? text.substring(8).split("[:;]", 2)[0] : null;
        if (!hasThread) return strings.get("collapsed.process", process);
        String inner = text.substring(thread + "thread (".length());
        int close = inner.indexOf(')');
        String id = close < 0 ? inner : inner.substring(0, close);
        String rest = close < 0 ? "" : inner.substring(close + 1).replaceFirst("^:\\s*", "").strip();
        String name = rest.isEmpty() ? strings.get("collapsed.thread", id) : strings.get("collapsed.named-thread", rest, id);
        return process == null ? name : strings.get("collapsed.of-process", name, process);
    }
}
