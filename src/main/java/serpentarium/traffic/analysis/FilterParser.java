package serpentarium.traffic.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import serpentarium.base.Strings;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.analysis.FlowFilter.Comparison;
import serpentarium.traffic.analysis.FlowFilter.Property;
import serpentarium.traffic.analysis.FlowFilter.Sides;
import serpentarium.traffic.analysis.FlowFilter.TextField;
import serpentarium.traffic.analysis.FlowFilter.TextTest;

/// Makes a filter of text: words, comparisons such as `status >= 400`, `and or not ( )`, and the operators of mitmproxy such as `~u`.
public final class FilterParser {
    private static final Strings STRINGS = Strings.of(FilterParser.class);
    private static final int DEEPEST = 100;
    private static final int LONGEST = 20_000;

    /// What became of a text.
    public sealed interface Result {
        /// It is a filter.
        record Parsed(FlowFilter filter) implements Result {}

        /// It is none.
        ///
        /// @param from first character of what is wrong
        /// @param to   one past its last character; as `from` where something is missing
        /// @param text what is wrong, for a person
        record Wrong(int from, int to, String text) implements Result {}
    }

    private static final class WrongException extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Result.Wrong wrong;

        WrongException(int from, int to, String text) {
            super(text, null, false, false);
            wrong = new Result.Wrong(from, to, text);
        }
    }

    private final String text;
    private List<FilterToken> tokens;
    private int at;
    private int depth;

    private FilterParser(String text) {
        this.text = text;
        tokens = FilterToken.of(text);
    }

    /// Reads a filter; a blank one takes every flow.
    public static Result parse(String text) {
        if (text.length() > LONGEST) return new Result.Wrong(LONGEST, text.length(), STRINGS.get("filter.too-long", LONGEST));
        try {
            var parser = new FilterParser(text);
            if (parser.now().kind() == FilterToken.Kind.END) return new Result.Parsed(new FlowFilter.All());
            FlowFilter filter = parser.or();
            FilterToken rest = parser.now();
            if (rest.kind() != FilterToken.Kind.END) return new Result.Wrong(rest.from(), rest.to(), STRINGS.get("filter.unexpected", rest.text()));
            return new Result.Parsed(filter);
        } catch (WrongException e) {
            return e.wrong;
        }
    }

    private FilterToken now() {
        return tokens.get(at);
    }

    private FilterToken take() {
        FilterToken token = tokens.get(at);
        if (token.kind() != FilterToken.Kind.END) at++;
        return token;
    }

    private static WrongException wrong(FilterToken token, String key, Object... arguments) {
        return new WrongException(token.from(), token.to(), STRINGS.get(key, arguments));
    }

    private FlowFilter or() {
        var parts = new ArrayList<FlowFilter>();
        parts.add(and());
        while (now().kind() == FilterToken.Kind.OR) {
            take();
            parts.add(and());
        }
        return parts.size() == 1 ? parts.getFirst() : new FlowFilter.Or(parts);
    }

    private FlowFilter and() {
        var parts = new ArrayList<FlowFilter>();
        parts.add(not());
        while (true) {
            FilterToken.Kind kind = now().kind();
            if (kind == FilterToken.Kind.AND) take();
            else if (kind == FilterToken.Kind.END || kind == FilterToken.Kind.OR || kind == FilterToken.Kind.CLOSE) break;
            parts.add(not());
        }
        return parts.size() == 1 ? parts.getFirst() : new FlowFilter.And(parts);
    }

    private FlowFilter not() {
        boolean turned = false;
        while (now().kind() == FilterToken.Kind.NOT) {
            take();
            turned = !turned;
        }
        FlowFilter atom = atom();
        return turned ? new FlowFilter.Not(atom) : atom;
    }

    private FlowFilter atom() {
        FilterToken token = take();
        return switch (token.kind()) {
            case OPEN -> {
                if (++depth > DEEPEST) throw wrong(token, "filter.too-deep");
                FlowFilter inner = or();
                if (now().kind() != FilterToken.Kind.CLOSE) throw wrong(now(), "filter.no-close");
                take();
                depth--;
                yield inner;
            }
            case QUOTED -> {
                if (!token.whole()) throw wrong(token, "filter.no-quote");
                yield word(token.text());
            }
            case WORD -> named(token);
            case OPERATOR -> throw wrong(token, "filter.no-field", token.text());
            case CLOSE -> throw wrong(token, "filter.close");
            case AND, OR -> throw wrong(token, "filter.nothing-before", token.text());
            case NOT, END -> throw wrong(token, "filter.missing");
        };
    }

    private static FlowFilter word(String text) {
        return new FlowFilter.TextOf(TextField.ANYWHERE, new TextTest.Contains(text));
    }

    private FlowFilter named(FilterToken token) {
        String name = token.text();
        if (name.startsWith("~")) return mitmproxy(token);
        String small = name.toLowerCase(Locale.ROOT);
        if (small.startsWith("is:")) {
            Property property = FilterFields.property(small.substring(3));
            if (property == null) throw wrong(token, "filter.no-property", name);
            return new FlowFilter.Is(property);
        }
        int colon = name.indexOf(':');
        if (colon > 0 && FilterFields.header(name.substring(0, colon)) != null) return header(token, FilterFields.header(name.substring(0, colon)), name.substring(colon + 1));
        if (FilterFields.header(name) != null && now().kind() == FilterToken.Kind.WORD && !FilterFields.known(now().text())) {
            FilterToken field = take();
            return header(field, FilterFields.header(name), field.text());
        }
        if (colon > 0 && FilterFields.known(name.substring(0, colon)) && !small.startsWith("kind:") && !small.startsWith("source:"))
            return holding(token, name.substring(0, colon), name.substring(colon + 1));
        if (now().kind() != FilterToken.Kind.OPERATOR) return spoken(token);
        if (!FilterFields.known(name)) throw wrong(token, "filter.no-such-field", name);
        if (FilterFields.header(name) != null) return new FlowFilter.HeaderOf(FilterFields.header(name), null, test(take()));
        if (FilterFields.body(name) != null) {
            FilterToken operator = take();
            return negated(operator, new FlowFilter.BodyOf(FilterFields.body(name), test(operator)));
        }
        if (FilterFields.number(name) != null) return number(token, take());
        if (small.equals("kind")) return kind(take());
        if (small.equals("source")) return source(take());
        FilterToken operator = take();
        return negated(operator, new FlowFilter.TextOf(FilterFields.text(name), test(operator)));
    }

    /// `host shop` is `host:shop`; a name that nothing follows is a word like any other.
    private FlowFilter spoken(FilterToken name) {
        FilterToken value = now();
        boolean word = value.kind() == FilterToken.Kind.WORD && !value.text().startsWith("~") && !FilterFields.known(value.text());
        boolean number = FilterFields.number(name.text()) != null;
        if (!word && value.kind() != FilterToken.Kind.QUOTED || FilterFields.text(name.text()) == null && FilterFields.body(name.text()) == null && !number)
            return word(name.text());
        if (number && !Character.isDigit(value.text().isEmpty() ? ' ' : value.text().charAt(0))) return word(name.text());
        return holding(name, name.text(), "");
    }

    /// `field:text`: the field holds the text; a number is this one.
    private FlowFilter holding(FilterToken token, String name, String text) {
        if (FilterFields.number(name) != null) {
            var equal = new FilterToken(FilterToken.Kind.OPERATOR, "=", token.to(), token.to(), true);
            if (text.isEmpty()) return number(new FilterToken(FilterToken.Kind.WORD, name, token.from(), token.to(), true), equal);
            double value = FilterNumber.parse(text, measure(name));
            if (Double.isNaN(value)) throw wrong(token, "filter.number." + measure(name).name().toLowerCase(Locale.ROOT), text);
            return new FlowFilter.NumberOf(FilterFields.number(name), Comparison.EQUAL, value);
        }
        var test = new TextTest.Contains(text.isEmpty() ? operand(token, false).text() : text);
        return FilterFields.body(name) != null ? new FlowFilter.BodyOf(FilterFields.body(name), test) : new FlowFilter.TextOf(FilterFields.text(name), test);
    }

    private static FilterNumber.Measure measure(String name) {
        return switch (FilterFields.number(name)) {
            case DURATION, FIRST_BYTE -> FilterNumber.Measure.TIME;
            case SIZE, REQUEST_SIZE, RESPONSE_SIZE -> FilterNumber.Measure.SIZE;
            case STATUS, MESSAGES, PORT -> FilterNumber.Measure.COUNT;
        };
    }

    private FlowFilter header(FilterToken token, Sides sides, String field) {
        if (field.isEmpty()) throw wrong(token, "filter.header-name");
        if (now().kind() != FilterToken.Kind.OPERATOR) return new FlowFilter.HeaderOf(sides, field, null);
        FilterToken operator = take();
        return negated(operator, new FlowFilter.HeaderOf(sides, field, test(operator)));
    }

    private static FlowFilter negated(FilterToken operator, FlowFilter filter) {
        return operator.text().startsWith("!") ? new FlowFilter.Not(filter) : filter;
    }

    /// The test after an operator: `=` and `!=` the same text, `~` and `!~` a pattern.
    private TextTest test(FilterToken operator) {
        return switch (operator.text()) {
            case "~", "!~" -> new TextTest.Matches(pattern(operand(operator, true)));
            case "=", "==", "!=" -> new TextTest.Equals(operand(operator, false).text());
            default -> throw wrong(operator, "filter.not-for-text", operator.text());
        };
    }

    private FilterToken operand(FilterToken operator, boolean raw) {
        FilterToken token = raw ? rawOperand() : take();
        if (token.kind() == FilterToken.Kind.END || !raw && !token.operand() && token.kind() != FilterToken.Kind.NOT)
            throw wrong(token, "filter.no-operand", operator.text());
        if (!token.whole()) throw wrong(token, "filter.no-quote");
        return token;
    }

    /// Patterns hold brackets and bars that are none of the filter's: their end is a space.
    private FilterToken rawOperand() {
        FilterToken raw = FilterToken.raw(text, tokens.get(at - 1).to());
        var rest = FilterToken.of(" ".repeat(raw.to()) + text.substring(raw.to()));
        tokens = new ArrayList<>(tokens.subList(0, at));
        tokens.addAll(rest);
        return raw;
    }

    private static Pattern pattern(FilterToken token) {
        try {
            return Pattern.compile(token.text(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.MULTILINE);
        } catch (PatternSyntaxException e) {
            int place = Math.clamp(token.from() + Math.max(0, e.getIndex()), token.from(), Math.max(token.from(), token.to() - 1));
            throw new WrongException(place, Math.min(token.to(), place + 1), STRINGS.get("filter.pattern", e.getDescription()));
        }
    }

    private FlowFilter number(FilterToken name, FilterToken operator) {
        Comparison comparison = switch (operator.text()) {
            case "<" -> Comparison.LESS;
            case "<=" -> Comparison.AT_MOST;
            case "=", "==" -> Comparison.EQUAL;
            case "!=" -> Comparison.DIFFERENT;
            case ">=" -> Comparison.AT_LEAST;
            case ">" -> Comparison.MORE;
            default -> throw wrong(operator, "filter.not-for-numbers", name.text());
        };
        FilterToken operand = operand(operator, false);
        FilterNumber.Measure unit = measure(name.text());
        String number = operand.text();
        // A unit may stand apart from its number: `200 ms`.
        if (now().kind() == FilterToken.Kind.WORD && FilterNumber.unit(now().text(), unit) && !number.isEmpty() && Character.isDigit(number.charAt(number.length() - 1)))
            number += take().text();
        double value = FilterNumber.parse(number, unit);
        if (Double.isNaN(value)) throw wrong(operand, "filter.number." + unit.name().toLowerCase(Locale.ROOT), operand.text());
        return new FlowFilter.NumberOf(FilterFields.number(name.text()), comparison, value);
    }

    private FlowFilter kind(FilterToken operator) {
        FilterToken operand = operand(operator, false);
        for (FlowKind kind : FlowKind.values()) if (kind.name().equalsIgnoreCase(operand.text())) return equal(operator, new FlowFilter.KindOf(List.of(kind)));
        throw wrong(operand, "filter.choice", operand.text(), names(FlowKind.values()));
    }

    private FlowFilter source(FilterToken operator) {
        FilterToken operand = operand(operator, false);
        for (FlowSource source : FlowSource.values()) if (source.name().equalsIgnoreCase(operand.text())) return equal(operator, new FlowFilter.SourceOf(source));
        throw wrong(operand, "filter.choice", operand.text(), names(FlowSource.values()));
    }

    private static FlowFilter equal(FilterToken operator, FlowFilter filter) {
        return switch (operator.text()) {
            case "=", "==" -> filter;
            case "!=" -> new FlowFilter.Not(filter);
            default -> throw wrong(operator, "filter.only-equal", operator.text());
        };
    }

    private static String names(Enum<?>[] values) {
        return String.join(", ", Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList());
    }

    private FlowFilter mitmproxy(FilterToken token) {
        return switch (token.text()) {
            case "~all" -> new FlowFilter.All();
            case "~a" -> new FlowFilter.Is(Property.ASSET);
            case "~e" -> new FlowFilter.Is(Property.ERROR);
            case "~q" -> new FlowFilter.And(List.of(new FlowFilter.Not(kinds(FlowKind.TCP, FlowKind.UDP, FlowKind.DNS)), new FlowFilter.Is(Property.NO_RESPONSE)));
            case "~s" -> new FlowFilter.Is(Property.RESPONSE);
            case "~marked" -> new FlowFilter.Is(Property.MARKED);
            case "~http" -> kinds(FlowKind.HTTP, FlowKind.WEBSOCKET, FlowKind.SSE, FlowKind.GRPC);
            case "~websocket" -> kinds(FlowKind.WEBSOCKET);
            case "~tcp" -> kinds(FlowKind.TCP);
            case "~udp" -> kinds(FlowKind.UDP);
            case "~dns" -> kinds(FlowKind.DNS);
            case "~b" -> new FlowFilter.BodyOf(Sides.BOTH, matches(token));
            case "~bq" -> new FlowFilter.BodyOf(Sides.REQUEST, matches(token));
            case "~bs" -> new FlowFilter.BodyOf(Sides.RESPONSE, matches(token));
            case "~h" -> new FlowFilter.HeaderOf(Sides.BOTH, null, matches(token));
            case "~hq" -> new FlowFilter.HeaderOf(Sides.REQUEST, null, matches(token));
            case "~hs" -> new FlowFilter.HeaderOf(Sides.RESPONSE, null, matches(token));
            case "~t" -> new FlowFilter.HeaderOf(Sides.BOTH, "content-type", matches(token));
            case "~tq" -> new FlowFilter.HeaderOf(Sides.REQUEST, "content-type", matches(token));
            case "~ts" -> new FlowFilter.HeaderOf(Sides.RESPONSE, "content-type", matches(token));
            case "~u" -> new FlowFilter.TextOf(TextField.URL, matches(token));
            case "~d" -> new FlowFilter.TextOf(TextField.HOST, matches(token));
            case "~m" -> new FlowFilter.TextOf(TextField.METHOD, matches(token));
            case "~comment" -> new FlowFilter.TextOf(TextField.COMMENT, matches(token));
            case "~marker" -> new FlowFilter.TextOf(TextField.MARK, matches(token));
            case "~src" -> new FlowFilter.TextOf(TextField.CLIENT, matches(token));
            case "~dst" -> new FlowFilter.TextOf(TextField.SERVER, matches(token));
            case "~c" -> {
                FilterToken code = operand(token, false);
                double value = FilterNumber.parse(code.text(), FilterNumber.Measure.COUNT);
                if (Double.isNaN(value)) throw wrong(code, "filter.number.count", code.text());
                yield new FlowFilter.NumberOf(FlowFilter.NumberField.STATUS, Comparison.EQUAL, value);
            }
            default -> throw wrong(token, "filter.no-operator", token.text());
        };
    }

    private TextTest matches(FilterToken operator) {
        return new TextTest.Matches(pattern(operand(operator, true)));
    }

    private static FlowFilter kinds(FlowKind... kinds) {
        return new FlowFilter.KindOf(List.of(kinds));
    }
}
