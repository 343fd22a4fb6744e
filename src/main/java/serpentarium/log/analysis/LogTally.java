package serpentarium.log.analysis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import serpentarium.log.RecordView;
import serpentarium.task.TaskContext;

/// The answer to a question while records are looked at. Parts of a log can each have one, which are put together in the end. It holds a bounded number of
/// groups; what comes after is summed up as one.
public final class LogTally {
    /// How many groups are told apart.
    public static final int MOST_GROUPS = 50_000;
    private static final int LONGEST_KEY = 300;
    private static final String OTHERS = "…";

    private static final class Group {
        private long records;
        private double sum;
        /// What rounding took from the sum, so that it does not depend on the order.
        private double rest;
        private double least = Double.POSITIVE_INFINITY;
        private double most = Double.NEGATIVE_INFINITY;
        private String source;
        private long line;
        private long reached;
        private Quantiles quantiles;

        void add(double value) {
            double next = sum + value;
            rest += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
            sum = next;
        }

        double total() {
            return sum + rest;
        }

        /// Another one was there before.
        void first(Group other) {
            source = other.source;
            line = other.line;
            reached = other.reached;
        }

        Quantiles spread() {
            if (quantiles == null) quantiles = new Quantiles();
            return quantiles;
        }

        void add(Group other) {
            if (other.quantiles != null) spread().add(other.quantiles);
            records += other.records;
            add(other.sum);
            rest += other.rest;
            least = Math.min(least, other.least);
            most = Math.max(most, other.most);
        }
    }

    /// The table of an answer.
    ///
    /// @param columns what the cells of a row are, without its value
    /// @param rows    the groups
    /// @param records how many records were counted in all
    public record Table(List<String> columns, List<Row> rows, long records) {
        public Table {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    /// A group.
    ///
    /// @param keys    what makes it, with its time first where there is a step of time
    /// @param value   what was worked out
    /// @param records how many it has
    /// @param source  where its first record stands
    /// @param line    in that file, from 1
    public record Row(List<String> keys, double value, long records, String source, long line) {
        public Row {
            keys = List.copyOf(keys);
        }
    }

    private final LogQuestion question;
    private final Extraction extraction;
    private final TaskContext context;
    private String[] extracted;
    private final Predicate<RecordView> filter;
    private final Map<List<String>, Group> groups = new LinkedHashMap<>();
    private final String[] last;
    private List<String> lastKey;
    private Group lastGroup;
    private long records;
    private long reached = RecordView.NO_TIME;

    /// Answers a question.
    ///
    /// @param context stops patterns that take too long
    public LogTally(LogQuestion question, TaskContext context) {
        this.question = question;
        this.context = context;
        extraction = question.extraction().orElse(null);
        filter = LogFilterRun.of(question.filter(), context);
        last = new String[question.keys().size() + (question.step() > 0 ? 1 : 0)];
    }

    /// Looks at a record.
    public void add(RecordView view) {
        reached = Math.max(reached, view.time());
        if (!filter.test(view)) return;
        if (extraction != null && (extracted = extraction.of(view, context)) == null) return;
        double value = 0;
        if (question.measure() != LogQuestion.Measure.COUNT) {
            int place = extraction == null ? -1 : extraction.field(question.field());
            value = place >= 0 ? FieldNumber.number(extracted[place]) : FieldNumber.of(view, question.field());
            if (Double.isNaN(value)) return;
        }
        records++;
        Group group = group(view);
        if (group.records++ == 0) {
            group.source = view.text("source");
            group.line = view.line();
            group.reached = reached;
        }
        group.add(value);
        group.least = Math.min(group.least, value);
        group.most = Math.max(group.most, value);
        if (question.measure() == LogQuestion.Measure.SHARE) group.spread().add(value);
    }

    private Group group(RecordView view) {
        int at = 0;
        boolean same = lastKey != null;
        if (question.step() > 0) same &= put(at++, view.time() == RecordView.NO_TIME ? "" : Instant.ofEpochSecond(0, Math.floorDiv(view.time(), question.step()) * question.step()).toString());
        for (String key : question.keys()) same &= put(at++, key(view, key));
        if (same) return lastGroup;
        lastKey = List.of(last);
        lastGroup = groups.get(lastKey);
        if (lastGroup == null) {
            if (groups.size() >= MOST_GROUPS) lastKey = Collections.nCopies(last.length, OTHERS);
            lastGroup = groups.computeIfAbsent(lastKey, _ -> new Group());
        }
        return lastGroup;
    }

    private boolean put(int at, String value) {
        boolean same = value.equals(last[at]);
        last[at] = value;
        return same;
    }

    private String key(RecordView view, String key) {
        int place = extraction == null ? -1 : extraction.field(key);
        if (place >= 0) return cut(extracted[place]);
        String text = switch (key) {
            case "template" -> MessageTemplate.of(view.bytes(), view.messageFrom(), view.messageTo());
            case "failure" -> {
                String exception = view.traceback() ? view.text("exception") : null;
                yield exception == null ? null : TracebackParser.parse(exception).map(traceback -> traceback.last().title()).orElse(null);
            }
            default -> view.text(key);
        };
        return cut(text);
    }

    private static String cut(String text) {
        if (text == null) return "";
        return text.length() > LONGEST_KEY ? text.substring(0, LONGEST_KEY) + OTHERS : text;
    }

    /// Adds what another one found further on in the same log.
    ///
    /// @param lines how many lines stand before what it looked at
    /// @return whether all groups could be told apart, so that the answer does not depend on how the log was parted
    public boolean follow(LogTally later, long lines) {
        for (Group group : later.groups.values()) {
            group.line += lines;
            group.reached = Math.max(group.reached, reached);
        }
        reached = Math.max(reached, later.reached);
        return merge(later);
    }

    /// Adds what another one found in a log that is merged by time with this one.
    ///
    /// @return as [#follow] does
    public boolean merge(LogTally other) {
        records += other.records;
        other.groups.forEach((key, group) -> {
            Group mine = groups.get(key);
            if (mine == null && groups.size() < MOST_GROUPS) groups.put(key, group);
            else if (mine == null) groups.merge(Collections.nCopies(last.length, OTHERS), group, (all, more) -> {
                all.add(more);
                return all;
            });
            else {
                if (group.reached < mine.reached) mine.first(group);
                mine.add(group);
            }
        });
        return groups.size() <= MOST_GROUPS;
    }

    /// The answer so far: in order of time where there is a step of time and no limit, else the largest first.
    public Table table() {
        var rows = new ArrayList<Row>();
        groups.forEach((key, group) -> rows.add(new Row(key, value(group), group.records, group.source, group.line)));
        Comparator<Row> byKeys = Comparator.comparing(row -> String.join("\0", row.keys()));
        Comparator<Row> byValue = Comparator.comparingDouble(row -> question.measure() == LogQuestion.Measure.SMALLEST ? row.value : -row.value);
        rows.sort(question.step() > 0 && question.top() == 0 ? byKeys : byValue.thenComparing(byKeys));
        var columns = new ArrayList<String>();
        if (question.step() > 0) columns.add("time");
        columns.addAll(question.keys());
        return new Table(columns, question.top() > 0 && rows.size() > question.top() ? rows.subList(0, question.top()) : rows, records);
    }

    private double value(Group group) {
        return switch (question.measure()) {
            case COUNT -> group.records;
            case SUM -> group.total();
            case AVERAGE -> group.total() / group.records;
            case LARGEST -> group.most;
            case SMALLEST -> group.least;
            case SHARE -> group.spread().of(question.share() / 100.0);
        };
    }
}
