package serpentarium.log.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import serpentarium.log.TextEncoding;

/// Says of lines whether an [Expression] matches, with one look into a table for each byte and none twice, whatever the expression is: a deterministic
/// automaton whose states are made when they are first come to. For one thread.
///
/// Letters beyond ASCII are all the same to an expression of ASCII letters; colours are as if they were not there. Where a line has something else, such
/// as bytes that are no letters, the answer is [#UNSURE].
final class LineMachine {
    /// The line matches.
    static final int YES = -2;
    /// It does not, or, from a fixed place on, no more.
    static final int NO = -3;
    /// This does not know.
    static final int UNSURE = -4;
    private static final int UNKNOWN = -1;
    private static final int MOST_STATES = 1500;
    private static final int MOST_STEPS = 4000;
    private static final int MOST_EMITTED = 20_000;
    private static final int ROW = 256;
    /// Kinds of letters beside those of ASCII.
    private static final int OTHER = 128;
    private static final int END = 129;

    /// What a step of the program is: a letter, a fork, a place, or the end.
    private enum Kind { LETTER, FORK, PLACE, FOUND }

    /// What is expected within a letter of several bytes, or a colour; then the state goes on as it was to.
    private enum Inside { ONE, TWO, THREE, E0, E2, E2_80, ED, F0, F4, C2, COLOUR, PARAMETERS, BETWEEN, RETURN }

    private record Step(Kind kind, Letters letters, Expression.Place place, int[] next) {}

    /// @param steps   of the program where it may stand, sorted
    /// @param first   whether nothing was read yet
    /// @param word    whether the letter before was one of a word
    /// @param anywhere whether a match may begin at every place
    private record State(String steps, boolean first, boolean word, boolean anywhere, int goal, Inside inside) {}

    private final List<Step> program = new ArrayList<>();
    private final Map<State, Integer> numbers = new HashMap<>();
    private final List<State> states = new ArrayList<>();
    private final boolean utf8;
    private final boolean edges;
    private final boolean starts;
    private int[] table = new int[16 * ROW];
    private int stopped;
    private int emitted;

    private LineMachine(Expression expression, boolean utf8) {
        this.utf8 = utf8;
        emit(expression);
        program.add(new Step(Kind.FOUND, Letters.NONE, null, new int[0]));
        edges = program.stream().anyMatch(step -> step.place == Expression.Place.WORD_EDGE || step.place == Expression.Place.NO_WORD_EDGE);
        starts = program.stream().anyMatch(step -> step.place == Expression.Place.START);
    }

    /// A machine for an expression; none where it would be too big, or the encoding has letters of other kinds.
    static Optional<LineMachine> of(Expression expression, TextEncoding encoding) {
        if (encoding.unit() != 1 || LineQuery.stateful(encoding)) return Optional.empty();
        try {
            return Optional.of(new LineMachine(expression, encoding.charset().equals(StandardCharsets.UTF_8)));
        } catch (Expression.Other _) {
            return Optional.empty();
        }
    }

    private int add(Kind kind, Letters letters, Expression.Place place, int... next) {
        if (program.size() >= MOST_STEPS) throw new Expression.Other();
        program.add(new Step(kind, letters, place, next));
        return program.size() - 1;
    }

    private void emit(Expression expression) {
        if (++emitted > MOST_EMITTED) throw new Expression.Other();
        switch (expression) {
            case Expression.One(Letters letters) -> add(Kind.LETTER, letters, null);
            case Expression.At(Expression.Place place) -> add(Kind.PLACE, Letters.NONE, place);
            case Expression.Row(List<Expression> parts) -> parts.forEach(this::emit);
            case Expression.Either(List<Expression> parts) -> {
                var ends = new ArrayList<Integer>();
                for (int i = 0; i < parts.size(); i++) {
                    boolean last = i == parts.size() - 1;
                    int fork = last ? -1 : add(Kind.FORK, Letters.NONE, null, 0, 0);
                    if (!last) program.get(fork).next[0] = program.size();
                    emit(parts.get(i));
                    if (!last) {
                        ends.add(add(Kind.FORK, Letters.NONE, null, 0));
                        program.get(fork).next[1] = program.size();
                    }
                }
                ends.forEach(end -> program.get(end).next[0] = program.size());
            }
            case Expression.Repeat(Expression part, int least, int most) -> {
                for (int i = 0; i < least; i++) emit(part);
                if (most < 0) {
                    int fork = add(Kind.FORK, Letters.NONE, null, program.size() + 1, 0);
                    emit(part);
                    add(Kind.FORK, Letters.NONE, null, fork);
                    program.get(fork).next[1] = program.size();
                }
                var forks = new ArrayList<Integer>();
                for (int i = least; i < most; i++) {
                    forks.add(add(Kind.FORK, Letters.NONE, null, program.size() + 1, 0));
                    emit(part);
                }
                forks.forEach(fork -> program.get(fork).next[1] = program.size());
            }
        }
    }

    /// Begins at the start of a line; a match may begin anywhere in it.
    int line() {
        return number(new State("", true, false, true, 0, null));
    }

    /// Begins at a fixed place of a line: only matches that begin here are looked for.
    ///
    /// @param before the byte before it, or -1 where the line begins
    int place(int before) {
        return number(new State("\0", starts && before < 0, edges && before >= 0 && before < 128 && Letters.WORD.has(before), false, 0, null));
    }

    /// Whether this can begin behind a byte.
    boolean after(int before) {
        return !edges || before < 128;
    }

    /// Reads on.
    ///
    /// @return a state, where all bytes were read and nothing is certain, or [#YES], [#NO], [#UNSURE]
    int run(byte[] bytes, int from, int to, int begin) {
        int state = begin;
        int[] rows = table;
        for (int i = from; i < to; i++) {
            int next = rows[state + (bytes[i] & 0xff)];
            if (next < 0) {
                if (next == UNKNOWN) {
                    next = make(state, bytes[i] & 0xff);
                    rows = table;
                }
                if (next < 0) {
                    stopped = i;
                    return next;
                }
            }
            state = next;
        }
        stopped = to;
        return state;
    }

    /// Where [#run] found what it gave: before a line feed only the line's end was read.
    int stopped() {
        return stopped;
    }

    /// What it is when the line ends in this state.
    int end(int state) {
        if (state < 0) return state;
        int answer = table[state + '\n'];
        return answer == UNKNOWN ? make(state, '\n') : answer;
    }

    private int number(State state) {
        Integer known = numbers.get(state);
        if (known != null) return known;
        if (states.size() == MOST_STATES) return UNSURE;
        int number = states.size() * ROW;
        states.add(state);
        numbers.put(state, number);
        if (number == table.length) table = Arrays.copyOf(table, table.length * 2);
        Arrays.fill(table, number, number + ROW, UNKNOWN);
        return number;
    }

    private int make(int number, int value) {
        State state = states.get(number / ROW);
        int next = state.inside != null ? inside(state, value) : outside(state, number, value);
        table[number + value] = next;
        return next;
    }

    private int outside(State state, int number, int value) {
        if (value == '\n') return step(state, END);
        if (value == 0x1b) return number(new State("", false, false, false, number, Inside.COLOUR));
        if (value == '\r') return number(new State("", false, false, false, step(state, END), Inside.RETURN));
        if (value == 0) return UNSURE;
        if (value < 128) return step(state, value);
        if (edges || value == 0x85 && !utf8) return UNSURE;
        Inside inside = null;
        if (utf8) {
            if (value < 0xc2 || value > 0xf4) return UNSURE;
            inside = switch (value) {
                case 0xc2 -> Inside.C2;
                case 0xe0 -> Inside.E0;
                case 0xe2 -> Inside.E2;
                case 0xed -> Inside.ED;
                case 0xf0 -> Inside.F0;
                case 0xf4 -> Inside.F4;
                default -> value < 0xe0 ? Inside.ONE : value < 0xf0 ? Inside.TWO : Inside.THREE;
            };
        }
        int goal = step(state, OTHER);
        // What a letter leads to is certain only once all of it was read: some beyond ASCII end a line.
        return inside == null || goal == YES || goal == UNSURE ? goal : number(new State("", false, false, false, goal, inside));
    }

    private int inside(State state, int value) {
        Inside next;
        switch (state.inside) {
            case RETURN -> {
                return value == '\n' ? state.goal : UNSURE;
            }
            case COLOUR -> next = value == '[' ? Inside.PARAMETERS : null;
            case PARAMETERS, BETWEEN -> {
                if (value >= '@' && value <= '~') return state.goal;
                next = value >= ' ' && value <= '/' ? Inside.BETWEEN : value >= '0' && value <= '?' && state.inside == Inside.PARAMETERS ? Inside.PARAMETERS : null;
            }
            default -> {
                int low = switch (state.inside) {
                    case E0 -> 0xa0;
                    case F0 -> 0x90;
                    default -> 0x80;
                };
                int high = switch (state.inside) {
                    case ED -> 0x9f;
                    case F4 -> 0x8f;
                    default -> 0xbf;
                };
                // Ends of lines beyond ASCII, which a dot does not stand for.
                boolean special = state.inside == Inside.C2 && value == 0x85 || state.inside == Inside.E2_80 && (value == 0xa8 || value == 0xa9);
                if (value < low || value > high || special) return UNSURE;
                next = switch (state.inside) {
                    case TWO, E0, ED -> Inside.ONE;
                    case E2 -> value == 0x80 ? Inside.E2_80 : Inside.ONE;
                    case THREE, F0, F4 -> Inside.TWO;
                    default -> null;
                };
                if (next == null) return state.goal;
            }
        }
        return next == null ? UNSURE : number(new State("", false, false, false, state.goal, next));
    }

    /// What a letter leads to.
    private int step(State state, int letter) {
        boolean word = letter < 128 && Letters.WORD.has(letter);
        boolean[] reached = new boolean[program.size()];
        var open = new ArrayList<Integer>();
        for (char step : state.steps.toCharArray()) open.add((int) step);
        if (state.anywhere) open.add(0);
        var next = new boolean[program.size()];
        boolean some = false;
        while (!open.isEmpty()) {
            int at = open.removeLast();
            if (reached[at]) continue;
            reached[at] = true;
            Step step = program.get(at);
            switch (step.kind) {
                case FOUND -> {
                    return YES;
                }
                case FORK -> {
                    for (int to : step.next) open.add(to);
                }
                case PLACE -> {
                    boolean there = switch (step.place) {
                        case START -> state.first;
                        case END -> letter == END;
                        case WORD_EDGE -> state.word != word;
                        case NO_WORD_EDGE -> state.word == word;
                    };
                    if (there) open.add(at + 1);
                }
                case LETTER -> {
                    boolean fits = letter == OTHER ? step.letters.others() : letter < 128 && step.letters.has(letter);
                    if (fits) next[at + 1] = some = true;
                }
            }
        }
        if (letter == END || !some && !state.anywhere) return NO;
        var steps = new StringBuilder();
        for (int i = 0; i < next.length; i++) if (next[i]) steps.append((char) i);
        return number(new State(steps.toString(), false, edges && word, state.anywhere, 0, null));
    }
}
