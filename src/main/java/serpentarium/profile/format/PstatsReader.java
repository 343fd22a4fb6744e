package serpentarium.profile.format;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.pickle.BoundedInput;
import serpentarium.profile.Warning;
import serpentarium.profile.format.MarshalReader.Token;

/// Walks the tokens of a pstats file: `{(file, line, name): (cc, nc, tt, ct, {caller: (nc, cc, tt, ct) or calls}), …}`.
///
/// What has another shape is skipped with a warning. Where the file breaks off, what was whole before stays.
final class PstatsReader {
    /// How many warnings are told one by one.
    static final int WARNING_LIMIT = 100;
    private static final int NO_KEY = -1;
    private static final int MARKER = -2;
    private static final double TIME_LIMIT = 1e300;
    private static final int NAME_LIMIT = 200;

    /// What a reference can stand for besides plain values; the low bits of a mark.
    private static final int KEY = 0;
    private static final int LABEL = 1;
    private static final int CALLER = 2;
    private static final int CALLERS = 3;
    private static final int ENTRY = 4;
    private static final int MARK_BITS = 3;

    private final Strings strings;
    private final BoundedInput in;
    private final MarshalReader marshal;
    private final PstatsTable table = new PstatsTable();
    private final List<int[]> ranges = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();
    private long untold;
    private boolean sampled;

    private boolean keyHasCode;
    private long whole;
    private BigInteger large;
    private double time;
    private int rangeBegin;
    private int rangeEnd;
    private long edges;

    /// A reader of what `in` holds.
    PstatsReader(BoundedInput in, Strings strings) {
        this.in = in;
        this.strings = strings;
        this.marshal = new MarshalReader(in);
    }

    /// What was read.
    PstatsTable table() {
        return table;
    }

    /// The texts that the table's numbers refer to.
    MarshalTexts texts() {
        return marshal.texts();
    }

    /// Whether the file says that it comes from Python's sampling profiler.
    boolean sampled() {
        return sampled;
    }

    /// What was skipped or missing.
    List<Warning> warnings() {
        return warnings;
    }

    /// How strongly the beginning speaks for a profile: 0…100; 0 when none of the first keys is one of a function.
    int strength() throws IOException {
        if (marshal.next() != Token.DICT) return 0;
        for (int entry = 0; entry < 8 && !in.atEnd(); entry++) {
            Token token = marshal.next();
            if (token == Token.NULL) return 0;
            int key = key(token);
            if (key != NO_KEY && in.atEnd()) return 50;
            token = value();
            if (key == MARKER) return 90;
            if (key >= 0) return token != Token.TUPLE || marshal.count() != 5 ? 30 : entry == 0 ? 95 : 60;
            marshal.skip(token);
        }
        return 0;
    }

    /// Reads all.
    ///
    /// @throws ProblemException when there is not one whole function
    void read() throws IOException {
        if (in.atEnd()) throw in.problem("pstats.no-bytes", 0);
        if (marshal.next() != Token.DICT) throw in.problem("pstats.root", 0);
        try {
            entries();
            if (!in.atEnd()) warn("pstats.trailing", in.position(), in.rest());
        } catch (ProblemException e) {
            Problem problem = e.problem();
            if (table.entries() == 0) throw e;
            String id = problem.id().equals("marshal.truncated") ? "pstats.truncated" : "pstats.damaged";
            String text = strings.get(id, problem.title(), table.entries());
            warnings.add(new Warning(id, text, problem.place()));
        }
        boolean nothing = table.entries() == 0;
        if (nothing && !warnings.isEmpty()) throw in.problem("pstats.no-function", 0, warnings.getFirst().text());
        if (nothing) warn("pstats.empty", 0);
        if (untold > 0) warnings.add(new Warning("pstats.more", strings.get("pstats.more", untold), in.place(in.position())));
    }

    private void warn(String id, long offset, Object... arguments) {
        if (warnings.size() < WARNING_LIMIT) warnings.add(new Warning(id, strings.get(id, arguments), in.place(offset)));
        else untold++;
    }

    /// A key's name, cut to what fits a message.
    private String shown(int key) {
        String name = texts().text(table.name(key));
        return name.length() <= NAME_LIMIT ? name : name.substring(0, NAME_LIMIT) + "…";
    }

    private void entries() throws IOException {
        while (true) {
            long at = in.position();
            Token token = marshal.next();
            if (token == Token.NULL) return;
            int key = key(token);
            boolean hasCode = keyHasCode;
            token = value();
            if (key == MARKER) {
                sampled |= token == Token.INT && marshal.integer() == 1;
                marshal.skip(token);
            } else if (key == NO_KEY) {
                marshal.skip(token);
                warn("pstats.key", at);
            } else {
                // Two code objects can look alike and be two functions all the same; other keys cannot.
                if (table.hasEntry(key) && hasCode) key = table.newKey(table.file(key), table.line(key), table.name(key));
                else if (table.hasEntry(key)) warn("pstats.duplicate", at, shown(key));
                if (!entry(key, token)) warn("pstats.entry", at, shown(key));
            }
        }
    }

    /// The next object, which must be there.
    private Token value() throws IOException {
        long at = in.position();
        Token token = marshal.next();
        if (token == Token.NULL) throw in.problem("marshal.null", at);
        return token;
    }

    private void mark(int slot, int kind, int meaning) {
        if (meaning <= Integer.MAX_VALUE >> MARK_BITS) marshal.mark(slot, meaning << MARK_BITS | kind);
    }

    /// What the last token refers to, if it refers to this kind; else -1.
    private int meaning(Token token, int kind) {
        long mark = marshal.integer();
        return token == Token.MARKED && (mark & (1 << MARK_BITS) - 1) == kind ? (int) (mark >> MARK_BITS) : -1;
    }

    /// The number of a key, [#MARKER] for the sampling profiler's mark, or [#NO_KEY] for anything else.
    private int key(Token token) throws IOException {
        keyHasCode = false;
        int known = meaning(token, KEY);
        if (known >= 0) {
            return known;
        }
        int slot = marshal.slot();
        if (token == Token.TUPLE && marshal.count() == 1) {
            Token only = value();
            boolean marker = only == Token.TEXT && texts().is(marshal.text(), "__sampled__");
            marshal.skip(only);
            return marker ? MARKER : NO_KEY;
        }
        if (token != Token.TUPLE || marshal.count() != 3) {
            marshal.skip(token);
            return NO_KEY;
        }
        Token first = value();
        int file = marshal.text();
        marshal.skip(first);
        Token second = value();
        long line = second == Token.NONE ? 0 : marshal.integer();
        marshal.skip(second);
        int name = name(value());
        boolean good = first == Token.TEXT && (second == Token.INT || second == Token.NONE) && line == (int) line && name >= 0;
        if (!good) return NO_KEY;
        int key = table.key(file, (int) line, name);
        mark(slot, KEY, key);
        return key;
    }

    /// The text of a key's name; that of a code object is its label.
    private int name(Token token) throws IOException {
        if (token == Token.TEXT) return marshal.text();
        int label = meaning(token, LABEL);
        if (label < 0 && token == Token.CODE && marshal.code()) {
            label = marshal.text();
            mark(marshal.slot(), LABEL, label);
        } else if (label < 0 && token != Token.CODE) marshal.skip(token);
        keyHasCode = label >= 0;
        return label;
    }

    /// Reads a function's entry.
    ///
    /// @return whether it had the right shape
    private boolean entry(int key, Token token) throws IOException {
        int same = meaning(token, ENTRY);
        if (same >= 0) {
            if (!affordable(table.begin(same), table.end(same))) return false;
            table.primitive.set(key, table.primitive, same);
            table.calls.set(key, table.calls, same);
            table.setEntry(key, table.self(same), table.total(same), table.begin(same), table.end(same));
            return true;
        }
        if (token != Token.TUPLE || marshal.count() != 5) {
            marshal.skip(token);
            return false;
        }
        int slot = marshal.slot();
        boolean good = whole(value());
        long primitive = whole;
        BigInteger largePrimitive = large;
        good &= whole(value());
        long calls = whole;
        BigInteger largeCalls = large;
        good &= time(value());
        double self = time;
        good &= time(value());
        double total = time;
        good &= callers(value());
        if (!good || !affordable(rangeBegin, rangeEnd)) return false;
        PstatsTable.put(table.primitive, key, primitive, largePrimitive);
        PstatsTable.put(table.calls, key, calls, largeCalls);
        table.setEntry(key, self, total, rangeBegin, rangeEnd);
        mark(slot, ENTRY, key);
        return true;
    }

    /// Whether an entry may have this range of callers. A few bytes can refer to a long range: no more edges than bytes are believed.
    private boolean affordable(int begin, int end) {
        if (edges + end - begin > in.position()) return false;
        edges += end - begin;
        return true;
    }

    /// Reads the dict of callers into a range.
    private boolean callers(Token token) throws IOException {
        int same = meaning(token, CALLERS);
        if (same >= 0) {
            rangeBegin = ranges.get(same)[0];
            rangeEnd = ranges.get(same)[1];
            return true;
        }
        if (token != Token.DICT) {
            marshal.skip(token);
            return false;
        }
        int slot = marshal.slot();
        rangeBegin = table.callers();
        while (true) {
            long at = in.position();
            Token next = marshal.next();
            if (next == Token.NULL) break;
            int key = key(next);
            next = value();
            boolean good = key >= 0 && caller(key, next);
            if (key < 0) marshal.skip(next);
            if (!good) warn("pstats.caller", at);
        }
        rangeEnd = table.callers();
        if (slot >= 0) {
            ranges.add(new int[] {rangeBegin, rangeEnd});
            mark(slot, CALLERS, ranges.size() - 1);
        }
        return true;
    }

    /// Reads what a caller has: `(nc, cc, tt, ct)`, in this order, from cProfile; the number of calls from `profile`.
    private boolean caller(int key, Token token) throws IOException {
        int same = meaning(token, CALLER);
        if (same >= 0) {
            BigInteger exact = table.callerCalls.exact(same);
            table.addCaller(key, table.callerCalls.get(same), exact, table.callerSelf(same), table.callerTotal(same));
            return true;
        }
        if (token == Token.INT || token == Token.BIG) {
            whole(token);
            table.addCaller(key, whole, large, Double.NaN, Double.NaN);
            return true;
        }
        if (token != Token.TUPLE || marshal.count() != 4) {
            marshal.skip(token);
            return false;
        }
        int slot = marshal.slot();
        boolean good = whole(value());
        long calls = whole;
        BigInteger largeCalls = large;
        good &= whole(value());
        good &= time(value());
        double self = time;
        good &= time(value());
        if (!good) return false;
        mark(slot, CALLER, table.callers());
        table.addCaller(key, calls, largeCalls, self, time);
        return true;
    }

    private boolean whole(Token token) throws IOException {
        large = token == Token.BIG ? marshal.big() : null;
        whole = marshal.integer();
        if (token == Token.INT || token == Token.BIG) return true;
        marshal.skip(token);
        return false;
    }

    /// A time; whole numbers come from timers that count.
    private boolean time(Token token) throws IOException {
        switch (token) {
            case FLOAT -> time = marshal.real();
            case INT -> time = marshal.integer();
            case BIG -> time = marshal.big().doubleValue();
            default -> {
                marshal.skip(token);
                return false;
            }
        }
        return Math.abs(time) <= TIME_LIMIT;
    }
}
