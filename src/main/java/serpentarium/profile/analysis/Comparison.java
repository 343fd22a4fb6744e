package serpentarium.profile.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import serpentarium.base.IntSort;
import serpentarium.profile.CountColumn;
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.Unit;

/// Two profiles function by function: A, B, and what changed from A to B. A row is a function of either or both.
///
/// Costs are in the unit of B's event; times of any unit are brought to it. Where the two count different things (samples and seconds), only
/// shares of the whole can be compared, and A is brought to B's total whatever was asked for.
public final class Comparison {
    private static final double SHARE_OF_WHOLE = 0.001;
    private static final double SHARE_OF_COST = 0.02;

    private final Side a;
    private final Side b;
    private final Norm norm;
    private final boolean forced;
    private final double factor;
    private final int[] functionA;
    private final int[] functionB;
    private final int[] rowOfA;
    private final int[] rowOfB;

    /// How costs are made comparable.
    public enum Norm {
        /// As they are.
        NONE,
        /// A is scaled so that both totals are the same: what changed are shares.
        TOTAL,
        /// A function's cost is divided by its calls: what changed is the cost of one call. Not known where calls are not counted.
        CALLS
    }

    /// One of the two.
    ///
    /// @param frames its functions
    /// @param table  what they cost
    /// @param event  what is counted
    /// @param total  the whole
    public record Side(FrameTable frames, FunctionTable table, Event event, double total) {
        /// The functions of a slice.
        public static Side of(Summary summary) {
            double total = 0;
            for (int f : summary.functions().functions()) total += summary.functions().self(f);
            return new Side(summary.frames(), summary.functions(), summary.slice().eventInfo(), total);
        }

        /// What an analysis shows.
        public static Side of(Analysis analysis) {
            return new Side(analysis.frames(), analysis.functions(), analysis.slice().eventInfo(), analysis.tree().total(0));
        }
    }

    private Comparison(Side a, Side b, Norm wanted) {
        this.a = a;
        this.b = b;
        double scale = scale(a.event.unit(), b.event.unit());
        forced = scale == 0 && wanted != Norm.TOTAL;
        norm = forced ? Norm.TOTAL : wanted;
        factor = norm == Norm.TOTAL ? a.total > 0 ? b.total / a.total : 1 : scale;
        int[] aOf = FunctionPairs.of(a.frames, b.frames);
        int[] rowsA = new int[a.frames.size()];
        int[] rowsB = new int[b.frames.size()];
        Arrays.fill(rowsA, -1);
        Arrays.fill(rowsB, -1);
        List<int[]> rows = new ArrayList<>();
        for (int f : b.table.functions()) {
            int other = aOf[f];
            rowsB[f] = rows.size();
            if (other >= 0) rowsA[other] = rows.size();
            rows.add(new int[] {other, f});
        }
        for (int f : a.table.functions()) {
            if (rowsA[f] >= 0) continue;
            rowsA[f] = rows.size();
            rows.add(new int[] {f, -1});
        }
        boolean[] present = new boolean[a.frames.size()];
        for (int f : a.table.functions()) present[f] = true;
        functionA = rows.stream().mapToInt(row -> row[0] >= 0 && present[row[0]] ? row[0] : -1).toArray();
        functionB = rows.stream().mapToInt(row -> row[1]).toArray();
        rowOfA = rowsA;
        rowOfB = rowsB;
    }

    /// Compares.
    public static Comparison of(Side a, Side b, Norm norm) {
        return new Comparison(a, b, norm);
    }

    /// What one of `from` is in `to`; 0 where the two cannot be compared.
    static double scale(Unit from, Unit to) {
        if (from == to) return 1;
        double one = seconds(from);
        double other = seconds(to);
        return one == 0 || other == 0 ? 0 : one / other;
    }

    private static double seconds(Unit unit) {
        return switch (unit) {
            case SECONDS -> 1;
            case MICROSECONDS -> 1e-6;
            case NANOSECONDS -> 1e-9;
            case BYTES, SAMPLES, INSTRUCTIONS, COUNT -> 0;
        };
    }

    /// The first profile.
    public Side a() {
        return a;
    }

    /// The second profile.
    public Side b() {
        return b;
    }

    /// How costs are made comparable.
    public Norm norm() {
        return norm;
    }

    /// Whether shares are compared although something else was asked for, because the two count different things.
    public boolean forced() {
        return forced;
    }

    /// What A's costs are multiplied with.
    public double factor() {
        return factor;
    }

    /// How many functions there are.
    public int size() {
        return functionA.length;
    }

    /// The function of A, or -1 where only B has it.
    public int functionA(int row) {
        return functionA[row];
    }

    /// The function of B, or -1 where only A has it.
    public int functionB(int row) {
        return functionB[row];
    }

    /// The row of a function of A, or -1.
    public int rowOfA(int function) {
        return rowOfA[function];
    }

    /// The row of a function of B, or -1.
    public int rowOfB(int function) {
        return rowOfB[function];
    }

    /// The function's name; B's where both have it.
    public String name(int row) {
        return functionB[row] >= 0 ? b.frames.name(functionB[row]) : a.frames.name(functionA[row]);
    }

    /// The function's file, or null; B's where both have it.
    public String file(int row) {
        return functionB[row] >= 0 ? b.frames.file(functionB[row]) : a.frames.file(functionA[row]);
    }

    /// The line of the definition in B, or in A where only that has it.
    public int line(int row) {
        return functionB[row] >= 0 ? b.frames.line(functionB[row]) : a.frames.line(functionA[row]);
    }

    /// Own cost in A; 0 where only B has it, NaN where it is not known.
    public double selfA(int row) {
        return functionA[row] < 0 ? 0 : cost(a.table.self(functionA[row]) * factor, callsA(row));
    }

    /// Own cost in B.
    public double selfB(int row) {
        return functionB[row] < 0 ? 0 : cost(b.table.self(functionB[row]), callsB(row));
    }

    /// Cost with all below in A.
    public double totalA(int row) {
        return functionA[row] < 0 ? 0 : cost(a.table.total(functionA[row]) * factor, callsA(row));
    }

    /// Cost with all below in B.
    public double totalB(int row) {
        return functionB[row] < 0 ? 0 : cost(b.table.total(functionB[row]), callsB(row));
    }

    private double cost(double cost, OptionalDouble calls) {
        if (norm != Norm.CALLS) return cost;
        return calls.isEmpty() || calls.getAsDouble() <= 0 ? Double.NaN : cost / calls.getAsDouble();
    }

    /// Calls in A; empty where they are not counted.
    public OptionalDouble callsA(int row) {
        return calls(a.table.calls(), functionA[row]);
    }

    /// Calls in B; empty where they are not counted.
    public OptionalDouble callsB(int row) {
        return calls(b.table.calls(), functionB[row]);
    }

    private static OptionalDouble calls(CountColumn calls, int function) {
        if (calls == null) return OptionalDouble.empty();
        return OptionalDouble.of(function < 0 ? 0 : calls.exact(function).doubleValue());
    }

    /// What changed in own cost.
    public double deltaSelf(int row) {
        return selfB(row) - selfA(row);
    }

    /// What changed in the cost with all below.
    public double deltaTotal(int row) {
        return totalB(row) - totalA(row);
    }

    /// The rows by how much their own cost changed, most first.
    public int[] byChange() {
        int[] rows = new int[size()];
        for (int i = 0; i < rows.length; i++) rows[i] = i;
        double[] change = new double[rows.length];
        for (int i = 0; i < rows.length; i++) change[i] = Double.isNaN(deltaSelf(i)) ? -1 : Math.abs(deltaSelf(i));
        IntSort.sort(rows, 0, rows.length, (one, two) -> {
            int order = Double.compare(change[two], change[one]);
            return order != 0 ? order : Integer.compare(one, two);
        });
        return rows;
    }

    /// Whether a change is too small to mean anything: below a thousandth of the whole or a fiftieth of the cost itself, and for samples below
    /// twice the error that their number has by chance.
    public boolean noise(double before, double after) {
        double change = Math.abs(after - before);
        double chance = b.event.unit() == Unit.SAMPLES ? 2 * Math.sqrt(Math.max(0, before) + Math.max(0, after)) : 0;
        return !(change > Math.max(chance, Math.max(SHARE_OF_WHOLE * b.total, SHARE_OF_COST * Math.max(before, after))));
    }
}
