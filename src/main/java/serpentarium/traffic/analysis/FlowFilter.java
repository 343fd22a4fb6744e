package serpentarium.traffic.analysis;

import java.util.List;
import java.util.regex.Pattern;
import serpentarium.task.TaskContext;
import serpentarium.task.WatchedText;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSource;

/// What a filter asks of a flow, as a tree. [FilterParser] makes it of text, [FilterRun] applies it.
public sealed interface FlowFilter {
    /// Parts of content types of what `is:asset` means.
    List<String> ASSETS = List.of("image", "font", "css", "javascript", "ecmascript", "flash", "wasm");

    /// Every flow.
    record All() implements FlowFilter {}

    /// All of these.
    record And(List<FlowFilter> parts) implements FlowFilter {
        public And {
            parts = List.copyOf(parts);
        }
    }

    /// One of these at least.
    record Or(List<FlowFilter> parts) implements FlowFilter {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    /// Not this.
    record Not(FlowFilter part) implements FlowFilter {}

    /// A text of the list matches.
    record TextOf(TextField field, TextTest test) implements FlowFilter {}

    /// A number of the list compares. What is not known matches nothing.
    record NumberOf(NumberField field, Comparison comparison, double value) implements FlowFilter {}

    /// The kind is one of these.
    record KindOf(List<FlowKind> kinds) implements FlowFilter {
        public KindOf {
            kinds = List.copyOf(kinds);
        }
    }

    /// The source is this.
    record SourceOf(FlowSource source) implements FlowFilter {}

    /// Something is so.
    record Is(Property property) implements FlowFilter {}

    /// A field of a header matches.
    ///
    /// @param sides which headers
    /// @param name  the field's name, whatever its case; null to match against whole lines, `Name: value`
    /// @param test  what its value must match; null where it is enough that the field is there
    record HeaderOf(Sides sides, String name, TextTest test) implements FlowFilter {}

    /// A body without its content encoding, or a message, matches.
    record BodyOf(Sides sides, TextTest test) implements FlowFilter {}

    /// Which of a flow's two directions are looked at.
    enum Sides { REQUEST, RESPONSE, BOTH }

    /// Texts that the list holds.
    enum TextField { METHOD, HOST, PATH, URL, TYPE, VERSION, PROCESS, MARK, COMMENT, ANYWHERE, CLIENT, SERVER }

    /// Numbers that the list holds; times in seconds, sizes in bytes.
    enum NumberField { STATUS, DURATION, FIRST_BYTE, SIZE, REQUEST_SIZE, RESPONSE_SIZE, MESSAGES, PORT }

    /// What can be so.
    enum Property { ERROR, RESPONSE, NO_RESPONSE, MARKED, COMMENTED, OPEN, ASSET }

    /// How numbers compare.
    enum Comparison {
        LESS, AT_MOST, EQUAL, DIFFERENT, AT_LEAST, MORE;

        /// Whether `left` compares so to `right`; never where one is not known.
        public boolean holds(double left, double right) {
            if (Double.isNaN(left) || Double.isNaN(right)) return false;
            return switch (this) {
                case LESS -> left < right;
                case AT_MOST -> left <= right;
                case EQUAL -> left == right;
                case DIFFERENT -> left != right;
                case AT_LEAST -> left >= right;
                case MORE -> left > right;
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

        /// Whether a text is so.
        ///
        /// @param context stops a pattern that takes too long
        default boolean holds(String value, TaskContext context) {
            return switch (this) {
                case Contains(String text) -> containing(value, text);
                case Equals(String text) -> text.equalsIgnoreCase(value);
                case Matches(Pattern pattern) -> pattern.matcher(new WatchedText(value, context)).find();
            };
        }

        private static boolean containing(String value, String text) {
            int last = value.length() - text.length();
            for (int i = 0; i <= last; i++) if (value.regionMatches(true, i, text, 0, text.length())) return true;
            return false;
        }
    }

    /// Whether a content type is that of what a page needs to look as it does.
    static boolean asset(String contentType) {
        return ASSETS.stream().anyMatch(contentType::contains);
    }

    /// How dear it is to look: parts of an `and` are asked in this order.
    enum Price {
        /// A column of numbers.
        COLUMN,
        /// A text outside the heap.
        TEXT,
        /// A record of the session.
        RECORD,
        /// A body.
        BODY
    }

    /// The dearest look that this filter takes.
    default Price price() {
        return switch (this) {
            case All _, NumberOf _, KindOf _, SourceOf _ -> Price.COLUMN;
            case Is(Property property) -> property == Property.ASSET ? Price.TEXT : Price.COLUMN;
            case TextOf(TextField field, TextTest _) -> switch (field) {
                case PATH, URL, ANYWHERE -> Price.TEXT;
                case CLIENT, SERVER -> Price.RECORD;
                case METHOD, HOST, TYPE, VERSION, PROCESS, MARK, COMMENT -> Price.COLUMN;
            };
            case HeaderOf _ -> Price.RECORD;
            case BodyOf _ -> Price.BODY;
            case Not(FlowFilter part) -> part.price();
            case And(List<FlowFilter> parts) -> dearest(parts);
            case Or(List<FlowFilter> parts) -> dearest(parts);
        };
    }

    private static Price dearest(List<FlowFilter> parts) {
        Price dearest = Price.COLUMN;
        for (FlowFilter part : parts) if (part.price().compareTo(dearest) > 0) dearest = part.price();
        return dearest;
    }
}
