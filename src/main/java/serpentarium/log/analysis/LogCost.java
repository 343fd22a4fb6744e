package serpentarium.log.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import serpentarium.log.Level;
import serpentarium.log.RecordView;
import serpentarium.task.TaskContext;

/// Which statements write how much: records of the same level and template are taken for those of one statement, whatever the logger. It holds a bounded number
/// of them; what comes after is summed up as one. Parts of a log can each have one, which are put together in the end.
public final class LogCost {
    /// How many statements are told apart.
    public static final int MOST = 20_000;

    private static final class Sum {
        private final String template;
        private String logger;
        private String level;
        private String place;
        private long records;
        private long lines;
        private long bytes;
        private long first = RecordView.NO_TIME;
        private long last = RecordView.NO_TIME;
        private long reached = RecordView.NO_TIME;

        Sum(String template) {
            this.template = template;
        }

        /// Another one was there before.
        void first(Sum other) {
            logger = other.logger;
            level = other.level;
            place = other.place;
            reached = other.reached;
        }

        void times(long begin, long end) {
            if (begin == RecordView.NO_TIME) return;
            if (first == RecordView.NO_TIME || begin < first) first = begin;
            if (end > last) last = end;
        }
    }

    /// A statement.
    ///
    /// @param template its message without values; empty for all that were not told apart
    /// @param logger   of its first record, or null
    /// @param level    or null
    /// @param place    `file:line` of its first record where the log says it, or null
    /// @param records  how many records
    /// @param lines    how many lines
    /// @param bytes    how many bytes in the file
    /// @param share    of all bytes, 0…1
    /// @param perSecond bytes a second over the time of the log; NaN where that is not known
    public record Statement(String template, String logger, String level, String place, long records, long lines, long bytes, double share, double perSecond) {}

    private final Map<Long, Sum> sums = new LinkedHashMap<>();
    private final Sum others = new Sum("");
    private final byte[] scratch = MessageTemplate.scratch();
    private final Sum all = new Sum("");
    private final Predicate<RecordView> filter;
    private long reached = RecordView.NO_TIME;

    /// Looks at all records.
    public LogCost() {
        this(new LogFilter.All(), TaskContext.detached());
    }

    /// Looks at the records that pass a filter.
    ///
    /// @param context stops patterns that take too long
    public LogCost(LogFilter filter, TaskContext context) {
        this.filter = LogFilterRun.of(filter, context);
    }

    /// Looks at a record.
    public void add(RecordView view) {
        reached = Math.max(reached, view.time());
        if (!filter.test(view)) return;
        long hash = MessageTemplate.hash(view.bytes(), view.messageFrom(), view.messageTo(), scratch) * 31 + view.severity();
        Sum sum = sums.get(hash);
        if (sum == null) {
            if (sums.size() >= MOST) sum = others;
            else {
                sum = new Sum(MessageTemplate.of(view.bytes(), view.messageFrom(), view.messageTo()));
                sum.logger = view.text("logger");
                sum.level = Level.title(view.severity(), view.text("level"));
                String file = view.text("file");
                String line = view.text("line");
                sum.reached = reached;
                sum.place = file == null || line == null ? null : file + ':' + line;
                sums.put(hash, sum);
            }
        }
        count(sum, view);
        count(all, view);
    }

    private static void count(Sum sum, RecordView view) {
        sum.records++;
        sum.lines += view.lines();
        sum.bytes += view.size();
        sum.times(view.time(), view.time());
    }

    /// Adds what another one found further on in the same log.
    ///
    /// @return whether all statements could be told apart, so that the answer does not depend on how the log was parted
    public boolean follow(LogCost later) {
        for (Sum sum : later.sums.values()) sum.reached = Math.max(sum.reached, reached);
        reached = Math.max(reached, later.reached);
        return merge(later);
    }

    /// Adds what another one found in a log that is merged by time with this one.
    ///
    /// @return as [#follow] does
    public boolean merge(LogCost other) {
        other.sums.forEach((hash, sum) -> {
            Sum mine = sums.get(hash);
            if (mine == null && sums.size() < MOST) sums.put(hash, sum);
            else {
                if (mine != null && sum.reached < mine.reached) mine.first(sum);
                add(mine == null ? others : mine, sum);
            }
        });
        add(others, other.others);
        add(all, other.all);
        return others.records == 0;
    }

    private static void add(Sum to, Sum from) {
        to.records += from.records;
        to.lines += from.lines;
        to.bytes += from.bytes;
        to.times(from.first, from.last);
    }

    /// The statements, the dearest first; those that were not told apart last.
    public List<Statement> statements() {
        double seconds = all.first == RecordView.NO_TIME || all.last == all.first ? Double.NaN : (all.last - all.first) / 1e9;
        var statements = new ArrayList<Statement>();
        for (Sum sum : sums.values()) statements.add(statement(sum, seconds));
        statements.sort(Comparator.comparingLong(each -> -each.bytes));
        if (others.records > 0) statements.add(statement(others, seconds));
        return statements;
    }

    private Statement statement(Sum sum, double seconds) {
        return new Statement(sum.template, sum.logger, sum.level, sum.place, sum.records, sum.lines, sum.bytes, all.bytes == 0 ? 0 : (double) sum.bytes / all.bytes,
                sum.bytes / seconds);
    }
}
