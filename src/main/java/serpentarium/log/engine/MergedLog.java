package serpentarium.log.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import serpentarium.log.RecordView;
import serpentarium.log.Warning;
import serpentarium.log.format.LogSource;
import serpentarium.log.format.RecordScanner;
import serpentarium.task.TaskContext;

/// Several logs as one, by time. A record without a time stays behind the one before it in its file; at the same time the file that was named first comes
/// first. Only one record of each is held.
public final class MergedLog implements AutoCloseable {
    /// One of the logs.
    private static final class Part {
        private final LogSource source;
        private final RecordScanner scanner;
        private final int order;
        private long time = RecordView.NO_TIME;

        Part(LogSource source, RecordScanner scanner, int order) {
            this.source = source;
            this.scanner = scanner;
            this.order = order;
        }

        boolean next() throws IOException {
            if (!scanner.next()) return false;
            long said = scanner.view().time();
            if (said != RecordView.NO_TIME) time = said;
            return true;
        }
    }

    private final List<Part> parts = new ArrayList<>();
    private final PriorityQueue<Part> waiting = new PriorityQueue<>((a, b) -> a.time != b.time ? Long.compare(a.time, b.time) : Integer.compare(a.order, b.order));
    private Part current;
    private boolean started;

    /// Merges logs.
    public MergedLog(List<LogSource> sources, TaskContext context) throws IOException {
        try {
            for (LogSource source : sources) parts.add(new Part(source, source.records(sources.size() == 1 ? context : context.child(1.0 / sources.size())), parts.size()));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /// Goes to the next record; false where there is none.
    public boolean next() throws IOException {
        if (!started) {
            started = true;
            for (Part part : parts) if (part.next()) waiting.add(part);
        } else if (current != null && current.next()) {
            // Most records follow one of the same file.
            if (waiting.isEmpty() || waiting.comparator().compare(current, waiting.peek()) <= 0) return true;
            waiting.add(current);
        }
        current = waiting.poll();
        return current != null;
    }

    /// The record it stands on.
    public RecordView view() {
        return current.scanner.view();
    }

    /// Number of the log that it stands in.
    public int part() {
        return current.order;
    }

    /// How many lines of a log were read.
    public long lines(int part) {
        return parts.get(part).scanner.lines();
    }

    /// How many records of a log were found.
    public long records(int part) {
        return parts.get(part).scanner.records();
    }

    /// What was noticed in all of them.
    public List<Warning> warnings() {
        var warnings = new ArrayList<Warning>();
        for (Part part : parts) {
            warnings.addAll(part.scanner.warnings());
            warnings.addAll(part.source.faults());
        }
        return warnings;
    }

    @Override public void close() throws IOException {
        for (Part part : parts) part.scanner.close();
    }
}
