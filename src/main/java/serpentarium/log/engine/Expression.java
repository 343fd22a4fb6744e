package serpentarium.log.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A regular expression taken apart, where it is one in the strict sense: letters, sets, groups, alternatives, repetitions and places. Whether a line
/// matches such an expression can be said with one look at each letter.
sealed interface Expression {
    /// One letter.
    record One(Letters letters) implements Expression {}

    /// One after the other.
    record Row(List<Expression> parts) implements Expression {}

    /// One of several.
    record Either(List<Expression> parts) implements Expression {}

    /// Several times.
    ///
    /// @param most at most so often; -1 for any number
    record Repeat(Expression part, int least, int most) implements Expression {}

    /// A place between letters.
    record At(Place place) implements Expression {}

    /// Places between letters.
    enum Place { START, END, WORD_EDGE, NO_WORD_EDGE }

    /// Takes an expression apart.
    ///
    /// @param pattern a pattern that [java.util.regex.Pattern] compiles without flags
    /// @param anyCase whether ASCII letters stand for both of their cases
    /// @return none where it is more than that, or is not written in the plainest way
    static Optional<Expression> of(String pattern, boolean anyCase) {
        try {
            return Optional.of(new Reader(pattern, anyCase).whole());
        } catch (Other _) {
            return Optional.empty();
        }
    }

    /// A text as it stands; none where it is not ASCII.
    static Optional<Expression> text(String text, boolean anyCase) {
        if (text.chars().anyMatch(c -> c >= 0x80 || c == '\n' || c == '\r')) return Optional.empty();
        var parts = new ArrayList<Expression>();
        for (char c : text.toCharArray()) parts.add(new One(anyCase ? Letters.of(c).anyCase() : Letters.of(c)));
        return Optional.of(new Row(parts));
    }

    /// Letters that every match begins with, as far as there is only one for each place.
    default String beginning() {
        var text = new StringBuilder();
        if (this instanceof Row(List<Expression> parts)) {
            for (Expression part : parts) {
                if (!(part instanceof One(Letters letters)) || letters.others() || Long.bitCount(letters.low()) + Long.bitCount(letters.high()) != 1) break;
                text.append((char) (letters.low() != 0 ? Long.numberOfTrailingZeros(letters.low()) : 64 + Long.numberOfTrailingZeros(letters.high())));
            }
        }
        return text.toString();
    }

    /// Something that this does not know.
    final class Other extends RuntimeException {
        Other() {
            super(null, null, false, false);
        }
    }

    /// Reads a pattern from left to right.
    final class Reader {
        private static final int DEEPEST = 50;
        private static final int MOST = 1000;

        private final String pattern;
        private final boolean anyCase;
        private int at;
        private int depth;

        Reader(String pattern, boolean anyCase) {
            this.pattern = pattern;
            this.anyCase = anyCase;
        }

        Expression whole() {
            Expression all = either();
            if (at < pattern.length()) throw new Other();
            return all;
        }

        private char next() {
            return at < pattern.length() ? pattern.charAt(at) : 0;
        }

        private char take() {
            if (at == pattern.length()) throw new Other();
            char c = pattern.charAt(at++);
            if (c == 0 || c >= 0x80) throw new Other();
            return c;
        }

        private Expression either() {
            if (++depth > DEEPEST) throw new Other();
            var parts = new ArrayList<Expression>();
            parts.add(row());
            while (next() == '|') {
                at++;
                parts.add(row());
            }
            depth--;
            return parts.size() == 1 ? parts.getFirst() : new Either(parts);
        }

        private Expression row() {
            var parts = new ArrayList<Expression>();
            while (at < pattern.length() && next() != '|' && next() != ')') parts.add(repeated(part()));
            return new Row(parts);
        }

        private Expression part() {
            char c = take();
            return switch (c) {
                case '(' -> group();
                case '[' -> new One(cased(set()));
                case '.' -> new One(Letters.ANY);
                case '^' -> new At(Place.START);
                case '$' -> new At(Place.END);
                case '\\' -> escaped(take());
                case '*', '+', '?', '{' -> throw new Other();
                default -> new One(cased(Letters.of(c)));
            };
        }

        private Letters cased(Letters letters) {
            return anyCase ? letters.anyCase() : letters;
        }

        private Expression group() {
            if (next() == '?') {
                at++;
                char kind = take();
                if (kind == '<') {
                    if (next() == '=' || next() == '!') throw new Other();
                    while (take() != '>') continue;
                } else if (kind != ':') throw new Other();
            }
            Expression inner = either();
            if (take() != ')') throw new Other();
            return inner;
        }

        private Expression escaped(char c) {
            return switch (c) {
                case 'b' -> {
                    if (next() == '{') throw new Other();
                    yield new At(Place.WORD_EDGE);
                }
                case 'B' -> new At(Place.NO_WORD_EDGE);
                case 'A' -> new At(Place.START);
                case 'z', 'Z' -> new At(Place.END);
                default -> new One(cased(several(c)));
            };
        }

        /// What a backslash and a letter stand for, in a set and outside.
        private static Letters several(char c) {
            return switch (c) {
                case 'd' -> Letters.DIGITS;
                case 'D' -> Letters.DIGITS.not();
                case 'w' -> Letters.WORD;
                case 'W' -> Letters.WORD.not();
                case 's' -> Letters.BLANKS;
                case 'S' -> Letters.BLANKS.not();
                case 't' -> Letters.of('\t');
                default -> {
                    if (Letters.WORD.has(c) && c != '_') throw new Other();
                    yield Letters.of(c);
                }
            };
        }

        private Letters set() {
            boolean not = next() == '^';
            if (not) at++;
            if (next() == ']') throw new Other();
            Letters letters = Letters.NONE;
            while (next() != ']') {
                char c = take();
                if (c == '[' || c == '&') throw new Other();
                boolean single = true;
                Letters some = Letters.of(c);
                if (c == '\\') {
                    c = take();
                    some = several(c);
                    single = Letters.of(c).equals(some);
                }
                if (next() == '-' && at + 1 < pattern.length() && pattern.charAt(at + 1) != ']') {
                    at++;
                    char last = take();
                    if (last == '\\' && !Letters.WORD.has(next())) last = take();
                    else if (last == '\\') throw new Other();
                    if (!single || last == '[' || last == '&' || last < c) throw new Other();
                    some = Letters.NONE.with(c, last);
                }
                letters = letters.with(some);
            }
            at++;
            // Both cases of what is there, before all others are meant.
            letters = cased(letters);
            return not ? letters.not() : letters;
        }

        private Expression repeated(Expression part) {
            int least;
            int most;
            switch (next()) {
                case '*' -> {
                    least = 0;
                    most = -1;
                }
                case '+' -> {
                    least = 1;
                    most = -1;
                }
                case '?' -> {
                    least = 0;
                    most = 1;
                }
                case '{' -> {
                    at++;
                    least = number();
                    most = least;
                    if (next() == ',') {
                        at++;
                        most = next() == '}' ? -1 : number();
                    }
                    if (next() != '}') throw new Other();
                }
                default -> {
                    return part;
                }
            }
            at++;
            // As few as possible is the same here; as many as possible without a second try is not.
            if (next() == '?') at++;
            if (next() == '+' || next() == '*' || next() == '?' || next() == '{' || part instanceof At) throw new Other();
            return new Repeat(part, least, most);
        }

        private int number() {
            int number = 0;
            int from = at;
            while (next() >= '0' && next() <= '9' && number <= MOST) number = number * 10 + take() - '0';
            if (at == from || number > MOST) throw new Other();
            return number;
        }
    }
}
