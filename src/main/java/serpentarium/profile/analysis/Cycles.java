package serpentarium.profile.analysis;

import java.util.Arrays;
import serpentarium.profile.CallGraph;

/// Finds functions that call each other in a ring: Tarjan's strongly connected components (1972), without recursion.
public final class Cycles {
    private Cycles() {}

    /// The component of each function, numbered from 0. A function that is in no ring has a component of its own.
    public static int[] of(CallGraph graph) {
        int n = graph.functions();
        int[] component = new int[n];
        Arrays.fill(component, -1);
        int[] index = new int[n];
        int[] low = new int[n];
        int[] cursor = new int[n];
        int[] stack = new int[n];
        boolean[] onStack = new boolean[n];
        int[] path = new int[n];
        int stacked = 0;
        int counter = 0;
        int components = 0;
        for (int root = 0; root < n; root++) {
            if (index[root] != 0) continue;
            int depth = 0;
            path[depth++] = root;
            while (depth > 0) {
                int at = path[depth - 1];
                if (index[at] == 0) {
                    index[at] = low[at] = ++counter;
                    stack[stacked++] = at;
                    onStack[at] = true;
                    cursor[at] = graph.calleesBegin(at);
                }
                boolean deeper = false;
                while (cursor[at] < graph.calleesEnd(at)) {
                    int to = graph.callee(cursor[at]);
                    if (index[to] == 0) {
                        path[depth++] = to;
                        deeper = true;
                        break;
                    }
                    if (onStack[to]) low[at] = Math.min(low[at], low[to]);
                    cursor[at]++;
                }
                if (deeper) continue;
                if (low[at] == index[at]) {
                    int member;
                    do {
                        member = stack[--stacked];
                        onStack[member] = false;
                        component[member] = components;
                    } while (member != at);
                    components++;
                }
                depth--;
                if (depth > 0) low[path[depth - 1]] = Math.min(low[path[depth - 1]], low[at]);
            }
        }
        return component;
    }

    /// How many functions each component has.
    public static int[] sizes(int[] component) {
        int[] size = new int[component.length];
        for (int c : component) size[c]++;
        return size;
    }
}
