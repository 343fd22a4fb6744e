package serpentarium.log.analysis;

import java.util.function.Predicate;
import serpentarium.log.Level;
import serpentarium.log.RecordView;
import serpentarium.task.TaskContext;

/// How many records a log has, by level, how many failed, and between which times they are. Parts of a log can each have one, which are put together in the end.
public final class LogSums {
    private final Predicate<RecordView> filter;
    private final long[] levels = new long[Level.values().length];
    private long records;
    private long tracebacks;
    private long first = RecordView.NO_TIME;
    private long last = RecordView.NO_TIME;

    /// Counts the records that pass a filter.
    ///
    /// @param context stops patterns that take too long
    public LogSums(LogFilter filter, TaskContext context) {
        this.filter = LogFilterRun.of(filter, context);
    }

    /// Looks at a record.
    public void add(RecordView view) {
        if (!filter.test(view)) return;
        records++;
        levels[view.level().ordinal()]++;
        if (view.traceback()) tracebacks++;
        times(view.time(), view.time());
    }

    private void times(long from, long to) {
        if (from == RecordView.NO_TIME) return;
        if (first == RecordView.NO_TIME || from < first) first = from;
        if (to > last) last = to;
    }

    /// Adds what another one counted.
    public void merge(LogSums other) {
        records += other.records;
        tracebacks += other.tracebacks;
        for (int i = 0; i < levels.length; i++) levels[i] += other.levels[i];
        times(other.first, other.last);
    }

    /// How many records.
    public long records() {
        return records;
    }

    /// How many of a level.
    public long of(Level level) {
        return levels[level.ordinal()];
    }

    /// How many carry a traceback.
    public long tracebacks() {
        return tracebacks;
    }

    /// The earliest time, or [RecordView#NO_TIME].
    public long first() {
        return first;
    }

    /// The latest time, or [RecordView#NO_TIME].
    public long last() {
        return last;
    }
}
