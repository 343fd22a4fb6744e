package serpentarium.profile.format;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import serpentarium.profile.CallGraph;
import serpentarium.profile.EventFormulas;
import serpentarium.profile.LineCalls;
import serpentarium.profile.LineCosts;
import serpentarium.profile.StackTree;
import serpentarium.profile.ThreadLines;
import serpentarium.task.TaskContext;

/// What stacks of places say of source lines: what a line cost itself, with all that was on the stack above it, and what it called.
final class PlaceSums {
    private final int[] id;
    private final int[] callee;
    private final int[] function;
    private final int[] line;
    private int size;

    /// @param function for each place the function whose line it is; -1 for what is none
    /// @param line     for each place the line; 0 where it is not known
    /// @param called   for each place the function that is called where a stack goes on there, or -1; mostly the same as `function`
    PlaceSums(int[] function, int[] line, int[] called) {
        id = new int[function.length];
        this.function = new int[function.length];
        this.line = new int[function.length];
        Map<Long, Integer> ids = new HashMap<>();
        for (int place = 0; place < id.length; place++) {
            int known = ids.computeIfAbsent((long) function[place] << 32 | line[place], _ -> size++);
            id[place] = known;
            this.function[known] = function[place];
            this.line[known] = line[place];
        }
        callee = called.clone();
        for (int place = 0; place < callee.length; place++) callee[place] += size + 1;
    }

    /// The lines of one thread.
    ///
    /// @param tree      stacks whose frames are places
    /// @param functions how many there are
    /// @param columns   for each event of the profile which one of the tree it is; -1 for none
    /// @param scale     what the tree's costs are multiplied with, for each event of the profile
    ThreadLines of(StackTree tree, int functions, int[] columns, double[] scale, TaskContext context) {
        if (Arrays.stream(line).allMatch(each -> each <= 0)) return ThreadLines.NONE;
        CallGraph sums = StackSums.of(tree, size + 1 + functions, id, callee, context);
        var self = new LineCosts.Builder(columns.length);
        var total = new LineCosts.Builder(columns.length);
        var calls = new LineCalls.Builder(columns.length);
        double[] costs = new double[columns.length];
        for (int place = 0; place < size; place++) {
            if (line[place] <= 0 || function[place] < 0) continue;
            int selfRow = -1;
            int totalRow = -1;
            for (int e = 0; e < columns.length; e++) {
                if (columns[e] < 0) continue;
                double own = sums.self(columns[e], place) * scale[e];
                double all = sums.total(columns[e], place) * scale[e];
                if (own != 0 && selfRow < 0) selfRow = self.row(function[place], -1, line[place]);
                if (all != 0 && totalRow < 0) totalRow = total.row(function[place], -1, line[place]);
                self.add(own == 0 ? -1 : selfRow, e, own);
                total.add(all == 0 ? -1 : totalRow, e, all);
            }
            for (int edge = sums.calleesBegin(place); edge < sums.calleesEnd(place); edge++) {
                int called = sums.callee(edge) - size - 1;
                boolean any = false;
                for (int e = 0; e < columns.length; e++) {
                    costs[e] = columns[e] < 0 ? 0 : sums.edgeTotal(columns[e], edge) * scale[e];
                    any |= costs[e] != 0;
                }
                if (any && called >= 0) calls.add(function[place], -1, line[place], called, LineCalls.UNCOUNTED, costs);
            }
        }
        return new ThreadLines(self.build(functions), total.build(functions), calls.build(functions, EventFormulas.NONE));
    }
}
