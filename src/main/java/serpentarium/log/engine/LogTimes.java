package serpentarium.log.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import serpentarium.log.Level;
import serpentarium.log.RecordView;
import serpentarium.log.engine.LogLines.Spot;
import serpentarium.log.format.RecordScanner;
import serpentarium.task.TaskContext;

/// When the records of a log were written, worked out from what [RecordMarks] keeps of each 512 lines; only those lines are read again whose records are
/// spread over more than one column.
public final class LogTimes {
    private static final int MOST_READ = 1024;
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1000 * MILLI;
    private static final long[] STEPS = {MILLI, 2 * MILLI, 5 * MILLI, 10 * MILLI, 20 * MILLI, 50 * MILLI, 100 * MILLI, 200 * MILLI, 500 * MILLI, SECOND, 2 * SECOND, 5 * SECOND,
        10 * SECOND, 15 * SECOND, 30 * SECOND, 60 * SECOND, 120 * SECOND, 300 * SECOND, 600 * SECOND, 900 * SECOND, 1800 * SECOND, 3600 * SECOND, 7200 * SECOND, 3 * 3600 * SECOND,
        6 * 3600 * SECOND, 12 * 3600 * SECOND, 86_400 * SECOND, 2 * 86_400 * SECOND, 7 * 86_400 * SECOND, 14 * 86_400 * SECOND, 30 * 86_400 * SECOND, 91 * 86_400 * SECOND,
        365 * 86_400 * SECOND};
    private static final int LEVELS = Level.values().length;

    private LogTimes() {}

    /// A stretch of time.
    ///
    /// @param from its begin, in nanoseconds since 1970
    /// @param to   its end, included
    public record Range(long from, long to) {
        /// How long it is.
        public long length() {
            return to - from;
        }
    }

    /// How many records of which level were written when.
    ///
    /// @param from   where the first column begins, in nanoseconds since 1970
    /// @param step   how long each column is
    /// @param counts for each level, by [Level#ordinal()], the records of each column
    public record Histogram(long from, long step, long[][] counts) {
        /// How many columns there are.
        public int columns() {
            return counts[0].length;
        }

        /// Where the last column ends.
        public long to() {
            return from + step * columns();
        }

        /// How many records a column has.
        public long sum(int column) {
            long sum = 0;
            for (long[] level : counts) sum += level[column];
            return sum;
        }

        /// How many the highest column has.
        public long most() {
            long most = 0;
            for (int i = 0; i < columns(); i++) most = Math.max(most, sum(i));
            return most;
        }
    }

    /// When the first and the last record were written, as far as is known; empty where none has a time.
    public static Optional<Range> range(RecordIndexes records) {
        long from = RecordView.NO_TIME;
        long to = RecordView.NO_TIME;
        for (LogPart part : records.log().parts()) {
            RecordMarks marks = records.of(part).marks();
            long earliest = marks.earliest();
            if (earliest != RecordView.NO_TIME && (from == RecordView.NO_TIME || earliest < from)) from = earliest;
            to = Math.max(to, marks.latest());
        }
        return from == RecordView.NO_TIME ? Optional.empty() : Optional.of(new Range(from, to));
    }

    /// Counts the records of a stretch of time in columns that begin at round times.
    ///
    /// @param most how many columns there are at most
    public static Histogram histogram(RecordIndexes records, Range range, int most, TaskContext context) throws IOException {
        long step = step(range, most);
        long from = Math.floorDiv(range.from(), step) * step;
        int columns = (int) Math.min(most + 1L, Math.floorDiv(range.to() - from, step) + 1);
        var counting = new Counting(from, step, new double[LEVELS][columns]);
        for (LogPart part : records.log().parts()) counting.add(records, part, context);
        long[][] counts = new long[LEVELS][columns];
        for (int level = 0; level < LEVELS; level++) for (int i = 0; i < columns; i++) counts[level][i] = Math.round(counting.counts[level][i]);
        return new Histogram(from, step, counts);
    }

    private static long step(Range range, int most) {
        for (long step : STEPS) if (range.length() / step < most) return step;
        return Math.max(STEPS[STEPS.length - 1], range.length() / most + 1);
    }

    /// Columns while they are filled.
    private static final class Counting {
        private final long from;
        private final long step;
        private final double[][] counts;
        private int read;

        Counting(long from, long step, double[][] counts) {
            this.from = from;
            this.step = step;
            this.counts = counts;
        }

        private long column(long time) {
            return Math.floorDiv(time - from, step);
        }

        void add(RecordIndexes records, LogPart part, TaskContext context) throws IOException {
            RecordMarks marks = records.of(part).marks();
            var wide = new ArrayList<Long>();
            for (int i = 0; i < marks.size(); i++) {
                context.checkpoint();
                RecordBlock block = marks.block(i);
                if (block.from() == RecordView.NO_TIME || column(block.to()) < 0 || column(block.from()) >= counts[0].length) continue;
                if (column(block.from()) == column(block.to())) {
                    for (Level level : Level.values()) put(level.ordinal(), block.from(), block.count(RecordKinds.of(level)));
                    continue;
                }
                byte[] kinds = block.kinds();
                for (int g = 0; g * RecordBlock.GROUP < block.lines(); g++) {
                    if (block.from(g) == RecordView.NO_TIME || column(block.to(g)) < 0 || column(block.from(g)) >= counts[0].length) continue;
                    // The ends of a group are rounded outwards: what is in two columns by a hair is read, too.
                    if (column(block.from(g)) != column(block.to(g)) && read < MOST_READ) {
                        read++;
                        wide.add(((long) i << RecordBlock.BITS) + (long) g * RecordBlock.GROUP);
                    } else spread(kinds, g, block);
                }
            }
            if (!wide.isEmpty()) read(records, part, marks, wide, context);
        }

        private void put(int level, long time, double count) {
            long column = column(time);
            if (column >= 0 && column < counts[0].length) counts[level][(int) column] += count;
        }

        /// Takes the records of a group for evenly spread.
        private void spread(byte[] kinds, int group, RecordBlock block) {
            int to = Math.min(block.lines(), (group + 1) * RecordBlock.GROUP);
            long first = column(block.from(group));
            long last = column(block.to(group));
            for (int k = group * RecordBlock.GROUP; k < to; k++) {
                if (kinds[k] == RecordKinds.GOES_ON) continue;
                int level = RecordKinds.level(kinds[k]).ordinal();
                long begin = Math.max(0, first);
                long end = Math.min(counts[0].length - 1, last);
                for (long column = begin; column <= end; column++) counts[level][(int) column] += 1.0 / (last - first + 1);
            }
        }

        private void read(RecordIndexes records, LogPart part, RecordMarks marks, List<Long> groups, TaskContext context) throws IOException {
            PartFormat format = records.reader().formats().of(part);
            for (int i = 0; i < groups.size(); ) {
                context.checkpoint();
                // Groups that follow one another are read in one go.
                long first = groups.get(i);
                long end = first;
                while (i < groups.size() && groups.get(i) == end) {
                    end += RecordBlock.GROUP;
                    i++;
                }
                long stop = Math.min(marks.lines(), end);
                try (RecordScanner scanner = RecordRun.from(part, format, first, part.pages().offset(stop), false, context)) {
                    while (scanner.next()) {
                        RecordView view = scanner.view();
                        if (view.line() - 1 < first || view.time() == RecordView.NO_TIME) continue;
                        put(view.severity() == Level.UNKNOWN ? 0 : Level.of(view.severity()).ordinal(), view.time(), 1);
                    }
                }
            }
        }
    }

    /// The first record in the order of the log that was written at a time or later; where none was, the last one.
    public static Optional<Spot> find(RecordIndexes records, long time, TaskContext context) throws IOException {
        Optional<Spot> last = Optional.empty();
        for (LogPart part : records.log().parts()) {
            RecordMarks marks = records.of(part).marks();
            var end = marks.before(Long.MAX_VALUE, RecordKinds.ALL);
            if (end.isPresent()) last = Optional.of(new Spot(part, end.getAsLong()));
            if (marks.latest() == RecordView.NO_TIME || marks.latest() < time) continue;
            PartFormat format = records.reader().formats().of(part);
            for (int i = 0; i < marks.size(); i++) {
                RecordBlock block = marks.block(i);
                if (block.to() == RecordView.NO_TIME || block.to() < time) continue;
                for (int g = 0; g * RecordBlock.GROUP < block.lines(); g++) {
                    context.checkpoint();
                    if (block.to(g) == RecordView.NO_TIME || block.to(g) < time) continue;
                    long first = ((long) i << RecordBlock.BITS) + (long) g * RecordBlock.GROUP;
                    long stop = Math.min(marks.lines(), first + RecordBlock.GROUP);
                    try (RecordScanner scanner = RecordRun.from(part, format, first, part.pages().offset(stop), false, context)) {
                        while (scanner.next()) {
                            long line = scanner.view().line() - 1;
                            if (line >= first && scanner.view().time() != RecordView.NO_TIME && scanner.view().time() >= time) return Optional.of(new Spot(part, line));
                        }
                    }
                }
            }
        }
        return last;
    }
}
