package serpentarium.profile.ui;

import java.util.function.IntUnaryOperator;

/// Which rows of a call tree are open, by the functions that lead to them: a row comes after the one it is listed under.
///
/// @param parent   for each row the one it is listed under, or -1
/// @param function for each row its function, or -1
record OpenRows(int[] parent, int[] function) {
    /// More than anybody opens one by one; opening takes time.
    static final int MOST = 2_000;

    /// The same in a profile whose functions have other numbers; less than -1 for what is not there.
    OpenRows renumbered(IntUnaryOperator there) {
        int[] now = new int[function.length];
        for (int i = 0; i < now.length; i++) {
            int found = function[i] < 0 ? -1 : there.applyAsInt(function[i]);
            now[i] = function[i] >= 0 && found < 0 ? -2 : found;
        }
        return new OpenRows(parent, now);
    }
}
