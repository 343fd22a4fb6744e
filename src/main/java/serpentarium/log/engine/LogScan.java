package serpentarium.log.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import serpentarium.base.Source;
import serpentarium.log.RecordView;
import serpentarium.log.Warning;
import serpentarium.log.analysis.LogCost;
import serpentarium.log.analysis.LogFilter;
import serpentarium.log.analysis.LogQuestion;
import serpentarium.log.analysis.LogSums;
import serpentarium.log.analysis.LogTally;
import serpentarium.log.format.Gathered;
import serpentarium.log.format.Gatherer;
import serpentarium.log.format.LogSource;
import serpentarium.task.TaskContext;

/// Asks whole logs by reading them once, on all cores. What comes out is what one would find who goes over all logs merged by time: where more is told apart than
/// is kept, which depends on the order, the logs are gone over so.
///
/// @param sources the logs
public record LogScan(List<LogSource> sources) {
    public LogScan {
        sources = List.copyOf(sources);
    }

    /// The parts of a log that is open, each as its format was found.
    public static LogScan of(LogLines lines, RecordReader records) throws IOException {
        var sources = new ArrayList<LogSource>();
        for (LogPart part : lines.parts()) {
            PartFormat format = records.formats().of(part);
            LogBytes bytes = part.bytes();
            sources.add(new LogSource(new Content(bytes, bytes.size()), bytes.size(), part.index().encoding(), format.detection(), format.clock()));
        }
        return new LogScan(sources);
    }

    /// Where the first record of a row stands.
    public static Optional<LogLines.Spot> spot(LogLines lines, LogTally.Row row) {
        return lines.parts().stream().filter(part -> part.bytes().name().equals(row.source())).findFirst().map(part -> new LogLines.Spot(part, row.line() - 1));
    }

    /// A part as it was when it was asked.
    private record Content(LogBytes bytes, long size) implements Source {
        @Override public String name() {
            return bytes.name();
        }

        @Override public InputStream open() {
            return new BytesStream(bytes, 0, size, true);
        }
    }

    /// What was found.
    ///
    /// @param value    it
    /// @param logs     what was read of each log
    /// @param warnings what was noticed
    /// @param <T>      what it is
    public record Found<T>(T value, List<Read> logs, List<Warning> warnings) {
        public Found {
            logs = List.copyOf(logs);
            warnings = List.copyOf(warnings);
        }
    }

    /// What was read of a log.
    ///
    /// @param lines   how many lines it has
    /// @param records how many records
    public record Read(long lines, long records) {}

    /// Puts two answers together.
    private interface Joint<T> {
        /// @return whether everything could be told apart
        boolean of(T all, T next, long lines);
    }

    /// A way to collect.
    private record Way<T>(Supplier<T> maker, BiConsumer<T, RecordView> adder, Joint<T> following, Joint<T> merging) implements Gatherer<T> {
        @Override public T fresh() {
            return maker.get();
        }

        @Override public void add(T to, RecordView view) {
            adder.accept(to, view);
        }

        @Override public boolean follow(T all, T next, long lines) {
            return following.of(all, next, lines);
        }
    }

    /// The answer to a question.
    public Found<LogTally> ask(LogQuestion question, TaskContext context) throws IOException {
        return gather(new Way<>(() -> new LogTally(question, context), LogTally::add, LogTally::follow, (all, next, _) -> all.merge(next)), context);
    }

    /// What the statements cost that wrote the records of a filter.
    public Found<LogCost> cost(LogFilter filter, TaskContext context) throws IOException {
        return gather(new Way<>(() -> new LogCost(filter, context), LogCost::add, (all, next, _) -> all.follow(next), (all, next, _) -> all.merge(next)), context);
    }

    /// The records of a filter, counted; for each log one.
    public Found<List<LogSums>> summary(LogFilter filter, TaskContext context) throws IOException {
        Joint<LogSums> joint = (all, next, _) -> {
            all.merge(next);
            return true;
        };
        var way = new Way<>(() -> new LogSums(filter, context), LogSums::add, joint, joint);
        var sums = new ArrayList<LogSums>();
        Found<LogSums> found = gather(way, context, sums::add);
        return new Found<>(sums, found.logs, found.warnings);
    }

    private <T> Found<T> gather(Way<T> way, TaskContext context) throws IOException {
        var all = way.fresh();
        boolean[] apart = {true};
        Found<T> found = gather(way, context.child(1), each -> apart[0] &= way.merging.of(all, each, 0));
        if (found != null && apart[0]) return new Found<>(all, found.logs, found.warnings);
        return inOrder(way, context);
    }

    /// Null where something could not be told apart.
    private <T> Found<T> gather(Way<T> way, TaskContext context, Consumer<T> each) throws IOException {
        var logs = new ArrayList<Read>();
        var warnings = new ArrayList<Warning>();
        for (LogSource source : sources) {
            Gathered<T> gathered = Gathered.of(source, way, sources.size() == 1 ? context : context.child(1.0 / sources.size()));
            if (!gathered.whole()) return null;
            each.accept(gathered.all());
            logs.add(new Read(gathered.lines(), gathered.records()));
            warnings.addAll(gathered.warnings());
            warnings.addAll(source.faults());
        }
        return new Found<>(null, logs, warnings);
    }

    private <T> Found<T> inOrder(Way<T> way, TaskContext context) throws IOException {
        T all = way.fresh();
        try (var merged = new MergedLog(sources, context)) {
            while (merged.next()) way.add(all, merged.view());
            var logs = new ArrayList<Read>();
            for (int i = 0; i < sources.size(); i++) logs.add(new Read(merged.lines(i), merged.records(i)));
            return new Found<>(all, logs, merged.warnings());
        }
    }
}
