package serpentarium.log.engine;

import java.util.List;
import serpentarium.log.Level;
import serpentarium.log.RecordView;
import serpentarium.log.analysis.LogFilter;

/// What a filter says of records of which only the kind and the range of times is known.
final class FilterOutlook {
    private FilterOutlook() {}

    /// Whether a record passes.
    enum Answer {
        NO, MAYBE, YES;

        Answer not() {
            return values()[YES.ordinal() - ordinal()];
        }
    }

    /// Times of some records.
    ///
    /// @param from  none is before this; [RecordView#NO_TIME] where no record has one
    /// @param to    none is after this
    /// @param every whether each of the records has one
    record Times(long from, long to, boolean every) {}

    /// Kinds of records that pass for certain, and those that perhaps do.
    record Kinds(RecordKinds sure, RecordKinds maybe) {}

    /// Whether a filter asks for times.
    static boolean timed(LogFilter filter) {
        return switch (filter) {
            case LogFilter.TimeOf _ -> true;
            case LogFilter.Not(LogFilter part) -> timed(part);
            case LogFilter.And(List<LogFilter> parts) -> parts.stream().anyMatch(FilterOutlook::timed);
            case LogFilter.Or(List<LogFilter> parts) -> parts.stream().anyMatch(FilterOutlook::timed);
            default -> false;
        };
    }

    /// What a filter says of each kind.
    static Kinds of(LogFilter filter, Times times) {
        var sure = new RecordKinds(0);
        var maybe = new RecordKinds(0);
        for (int kind = 1; kind < RecordKinds.MOST; kind++) {
            Answer answer = answer(filter, kind, times);
            if (answer == Answer.YES) sure = sure.or(new RecordKinds(1 << kind));
            else if (answer == Answer.MAYBE) maybe = maybe.or(new RecordKinds(1 << kind));
        }
        return new Kinds(sure, maybe);
    }

    private static Answer answer(LogFilter filter, int kind, Times times) {
        return switch (filter) {
            case LogFilter.All() -> Answer.YES;
            case LogFilter.Not(LogFilter part) -> answer(part, kind, times).not();
            case LogFilter.And(List<LogFilter> parts) -> {
                Answer worst = Answer.YES;
                for (LogFilter part : parts) {
                    Answer one = answer(part, kind, times);
                    if (one.compareTo(worst) < 0) worst = one;
                }
                yield worst;
            }
            case LogFilter.Or(List<LogFilter> parts) -> {
                Answer best = Answer.NO;
                for (LogFilter part : parts) {
                    Answer one = answer(part, kind, times);
                    if (one.compareTo(best) > 0) best = one;
                }
                yield best;
            }
            case LogFilter.LevelOf(LogFilter.Comparison comparison, int number) -> level(comparison, number, kind);
            case LogFilter.TimeOf(LogFilter.Comparison comparison, long nanos) -> time(comparison, nanos, times);
            case LogFilter.Failed() -> RecordKinds.FAILED.has(kind) ? Answer.YES : Answer.NO;
            case LogFilter.NumberOf _, LogFilter.TextOf _ -> Answer.MAYBE;
        };
    }

    private static Answer level(LogFilter.Comparison comparison, int number, int kind) {
        if (RecordKinds.WITHOUT.has(kind)) return of(comparison == LogFilter.Comparison.DIFFERENT);
        Level level = RecordKinds.level((byte) kind);
        return level == Level.OTHER ? Answer.MAYBE : of(comparison.holds(Integer.compare(level.number(), number)));
    }

    private static Answer time(LogFilter.Comparison comparison, long nanos, Times times) {
        if (times.from() == RecordView.NO_TIME) return Answer.NO;
        boolean inside = times.from() <= nanos && nanos <= times.to();
        boolean first = comparison.holds(Long.compare(times.from(), nanos));
        boolean last = comparison.holds(Long.compare(times.to(), nanos));
        boolean equality = comparison == LogFilter.Comparison.EQUAL || comparison == LogFilter.Comparison.DIFFERENT;
        if (first != last || equality && inside && times.from() != times.to()) return Answer.MAYBE;
        if (!first) return Answer.NO;
        return times.every() ? Answer.YES : Answer.MAYBE;
    }

    private static Answer of(boolean passes) {
        return passes ? Answer.YES : Answer.NO;
    }
}
