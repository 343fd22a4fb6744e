package serpentarium.log.analysis;

import java.util.List;
import java.util.regex.Pattern;

/// What a filter asks of a record, as a tree. [LogFilterParser] makes it of text, [LogFilterRun] applies it.
public sealed interface LogFilter {
    /// Every record.
    record All() implements LogFilter {}

    /// All of these.
    record And(List<LogFilter> parts) implements LogFilter {
        public And {
            parts = List.copyOf(parts);
        }
    }

    /// One of these at least.
    record Or(List<LogFilter> parts) implements LogFilter {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    /// Not this.
    record Not(LogFilter part) implements LogFilter {}

    /// The level compares so.
    record LevelOf(Comparison comparison, int number) implements LogFilter {}

    /// The time compares so; what has none passes nothing.
    ///
    /// @param nanos since 1970
    record TimeOf(Comparison comparison, long nanos) implements LogFilter {}

    /// A number that a field holds compares so.
    record NumberOf(String field, Comparison comparison, double value) implements LogFilter {}

    /// A field's text is like this.
    ///
    /// @param field its name; null for the whole record
    record TextOf(String field, TextTest test) implements LogFilter {}

    /// It carries a traceback.
    record Failed() implements LogFilter {}

    /// How values compare.
    enum Comparison {
        LESS, AT_MOST, EQUAL, DIFFERENT, AT_LEAST, MORE;

        /// Whether a value that compares to another as `order` to 0 passes.
        public boolean holds(int order) {
            return switch (this) {
                case LESS -> order < 0;
                case AT_MOST -> order <= 0;
                case EQUAL -> order == 0;
                case DIFFERENT -> order != 0;
                case AT_LEAST -> order >= 0;
                case MORE -> order > 0;
            };
        }

        static Comparison of(String operator) {
            return switch (operator) {
                case "<" -> LESS;
                case "<=" -> AT_MOST;
                case "!=" -> DIFFERENT;
                case ">=" -> AT_LEAST;
                case ">" -> MORE;
                default -> EQUAL;
            };
        }
    }

    /// What a text must be like.
    sealed interface TextTest {
        /// It holds this text, whatever the case.
        record Contains(String text) implements TextTest {}

        /// It is this text, whatever the case.
        record Equals(String text) implements TextTest {}

        /// A part of it matches.
        record Matches(Pattern pattern) implements TextTest {}

        /// It is there at all.
        record Present() implements TextTest {}
    }
}
