package serpentarium.profile.ui;

import java.math.BigInteger;
import serpentarium.base.Quantity;
import serpentarium.profile.CountColumn;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.FunctionTable;

/// The columns of the function table: what each holds for a function.
enum FunctionColumn {
    /// Its name.
    FUNCTION,
    /// Its own cost.
    SELF,
    /// Its cost with all that it called.
    TOTAL,
    /// How often it was called.
    CALLS,
    /// Its own cost a call.
    SELF_PER_CALL,
    /// Its cost a call with all that it called; a call inside its own call is not counted, since its cost is part of the outer one.
    TOTAL_PER_CALL,
    /// Its module.
    MODULE,
    /// Its file and line.
    PLACE;

    /// Whether it holds numbers: these are aligned to the right and sorted with the greatest first.
    boolean number() {
        return switch (this) {
            case SELF, TOTAL, CALLS, SELF_PER_CALL, TOTAL_PER_CALL -> true;
            case FUNCTION, MODULE, PLACE -> false;
        };
    }

    /// Whether it needs the number of calls, which profiles made of samples do not have.
    boolean needsCalls() {
        return switch (this) {
            case CALLS, SELF_PER_CALL, TOTAL_PER_CALL -> true;
            case FUNCTION, SELF, TOTAL, MODULE, PLACE -> false;
        };
    }

    /// The number for a function; NaN where there is none.
    double number(FunctionTable table, int function) {
        return switch (this) {
            case SELF -> table.self(function);
            case TOTAL -> table.total(function);
            case CALLS -> table.calls() == null ? Double.NaN : table.calls().get(function);
            case SELF_PER_CALL -> perCall(table.self(function), table.calls(), function);
            case TOTAL_PER_CALL -> perCall(table.total(function), outerCalls(table), function);
            case FUNCTION, MODULE, PLACE -> Double.NaN;
        };
    }

    /// The text for a function.
    ///
    /// @param model how costs are written
    /// @param whole whether the path is to be written in full
    String text(Analysis analysis, ProfileViewModel model, int function, boolean whole) {
        return switch (this) {
            case FUNCTION -> FunctionText.name(analysis.frames(), function);
            case SELF, TOTAL -> model.cost(number(analysis.functions(), function), Double.NaN);
            case CALLS -> calls(analysis.functions(), function);
            case SELF_PER_CALL, TOTAL_PER_CALL -> {
                double number = number(analysis.functions(), function);
                yield Double.isNaN(number) ? "–" : model.absolute(number);
            }
            case MODULE -> FunctionText.module(analysis.frames(), function);
            case PLACE -> whole ? FunctionText.path(analysis.frames(), function) : FunctionText.place(analysis.frames(), function);
        };
    }

    /// The calls as `pstats` prints them: `20`, or `20/1` where only 1 of 20 was not made by the function itself.
    static String calls(FunctionTable table, int function) {
        if (table.calls() == null) return "–";
        BigInteger all = table.calls().exact(function);
        if (table.primitiveCalls() == null || table.primitiveCalls().exact(function).equals(all)) return count(all);
        return count(all) + "/" + count(table.primitiveCalls().exact(function));
    }

    /// A count of any size with its thousands set apart.
    static String count(BigInteger value) {
        return value.bitLength() < 64 ? Quantity.count(value.longValueExact()) : String.format(java.util.Locale.ROOT, "%,d", value);
    }

    private static CountColumn outerCalls(FunctionTable table) {
        return table.primitiveCalls() != null ? table.primitiveCalls() : table.calls();
    }

    private static double perCall(double cost, CountColumn calls, int function) {
        if (calls == null) return Double.NaN;
        double count = calls.exact(function).doubleValue();
        return count > 0 ? cost / count : Double.NaN;
    }
}
