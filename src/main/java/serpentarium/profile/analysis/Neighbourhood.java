package serpentarium.profile.analysis;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import serpentarium.profile.CallGraph;
import serpentarium.task.TaskContext;

/// The functions around one of them: those it is called by and those it calls, over some levels, and all calls between those that are shown.
///
/// @param focus   the function in the middle
/// @param boxes   the functions, the one in the middle first
/// @param links   the calls between them, dearest first
/// @param leftOut how many functions within the levels are not among the boxes because they cost too little or there was no room
/// @param basis   what the costs are made of
public record Neighbourhood(int focus, List<Box> boxes, List<Link> links, int leftOut, FunctionGraph.Basis basis) {
    /// More lines than this between boxes are a grey area and no drawing.
    public static final int MOST_LINKS = 400;

    public Neighbourhood {
        boxes = List.copyOf(boxes);
        links = List.copyOf(links);
    }

    /// A function.
    ///
    /// @param function    its number
    /// @param layer       how far it is from the middle: below 0 for callers, above for callees
    /// @param self        its own cost, wherever it was called from
    /// @param total       its cost with all that it called, wherever it was called from
    /// @param calls       how often it was called in all; null where the file does not say
    /// @param moreCallers how many of its callers are not shown
    /// @param moreCallees how many of its callees are not shown
    public record Box(int function, int layer, double self, double total, BigInteger calls, int moreCallers, int moreCallees) {}

    /// All calls of one function by another.
    ///
    /// @param from  the caller's index among the boxes
    /// @param to    the callee's
    /// @param calls how many; null where the file does not say
    /// @param cost  what they cost with all below; NaN where the file does not say
    public record Link(int from, int to, BigInteger calls, double cost) {}

    /// How much is shown.
    ///
    /// @param callers how many levels of callers
    /// @param callees how many levels of callees
    /// @param share   what a function must hold at least of the middle's total, 0…1, by a rough reckoning
    /// @param boxes   how many functions at most
    public record Limits(int callers, int callees, double share, int boxes) {
        public Limits {
            if (callers < 0 || callees < 0 || boxes < 1 || !(share >= 0)) throw new IllegalArgumentException("limits");
        }
    }

    private record Candidate(int function, int layer, double flow, long order) implements Comparable<Candidate> {
        @Override public int compareTo(Candidate other) {
            int byFlow = Double.compare(other.flow, flow);
            return byFlow != 0 ? byFlow : Long.compare(order, other.order);
        }
    }

    /// The surroundings of a function: the dearest first, until a limit is met.
    public static Neighbourhood of(FunctionGraph graph, int focus, Limits limits, TaskContext context) {
        var grown = new Growing(graph, limits);
        grown.grow(focus, context);
        return grown.neighbourhood(focus, context);
    }

    private static final class Growing {
        private final FunctionGraph graph;
        private final CallGraph calls;
        private final Limits limits;
        private final Map<Integer, Integer> index = new HashMap<>();
        private final List<Candidate> taken = new ArrayList<>();
        private final Map<Integer, Boolean> refused = new HashMap<>();
        private final PriorityQueue<Candidate> open = new PriorityQueue<>();
        private long order;

        Growing(FunctionGraph graph, Limits limits) {
            this.graph = graph;
            this.calls = graph.calls();
            this.limits = limits;
        }

        void grow(int focus, TaskContext context) {
            double whole = Math.max(0, graph.total(focus));
            open.add(new Candidate(focus, 0, whole, order++));
            while (!open.isEmpty()) {
                Candidate next = open.poll();
                if (index.containsKey(next.function)) continue;
                context.checkpoint();
                if (taken.size() >= limits.boxes || next.flow < limits.share * whole) {
                    refused.put(next.function, true);
                    continue;
                }
                index.put(next.function, taken.size());
                refused.remove(next.function);
                taken.add(next);
                if (next.layer <= 0 && -next.layer < limits.callers) callers(next);
                if (next.layer >= 0 && next.layer < limits.callees) callees(next);
            }
        }

        private void callers(Candidate of) {
            double all = 0;
            for (int i = 0; i < calls.callerCount(of.function); i++) all += graph.guess(calls.callerEdge(of.function, i));
            for (int i = 0; i < calls.callerCount(of.function); i++) {
                int edge = calls.callerEdge(of.function, i);
                double part = all > 0 ? Math.min(1, graph.guess(edge) / all) : 0;
                offer(calls.caller(edge), of.layer - 1, of.flow * part);
            }
        }

        private void callees(Candidate of) {
            double whole = graph.total(of.function);
            for (int edge = calls.calleesBegin(of.function); edge < calls.calleesEnd(of.function); edge++) {
                double part = whole > 0 ? Math.min(1, graph.guess(edge) / whole) : 0;
                offer(calls.callee(edge), of.layer + 1, of.flow * part);
            }
        }

        private void offer(int function, int layer, double flow) {
            if (!index.containsKey(function)) open.add(new Candidate(function, layer, flow, order++));
        }

        Neighbourhood neighbourhood(int focus, TaskContext context) {
            var boxes = new ArrayList<Box>();
            var links = new ArrayList<Link>();
            for (Candidate each : taken) {
                context.checkpoint();
                int function = each.function;
                int from = index.get(function);
                int shownCallees = 0;
                for (int edge = calls.calleesBegin(function); edge < calls.calleesEnd(function); edge++) {
                    Integer to = index.get(calls.callee(edge));
                    if (to == null) continue;
                    shownCallees++;
                    links.add(new Link(from, to, calls.edgeCalls() == null ? null : calls.edgeCalls().exact(edge), graph.cost(edge)));
                }
                int shownCallers = 0;
                for (int i = 0; i < calls.callerCount(function); i++) if (index.containsKey(calls.caller(calls.callerEdge(function, i)))) shownCallers++;
                boxes.add(new Box(function, each.layer, graph.self(function), graph.total(function),
                        calls.calls() == null ? null : calls.calls().exact(function),
                        calls.callerCount(function) - shownCallers,
                        calls.calleesEnd(function) - calls.calleesBegin(function) - shownCallees));
            }
            links.sort((a, b) -> Double.compare(known(b.cost), known(a.cost)));
            var kept = links.size() <= MOST_LINKS ? links : links.subList(0, MOST_LINKS);
            return new Neighbourhood(focus, boxes, kept, refused.size(), graph.basis());
        }

        private static double known(double cost) {
            return Double.isNaN(cost) ? -1 : cost;
        }
    }

    /// The index of a function's box, or -1.
    public int box(int function) {
        for (int i = 0; i < boxes.size(); i++) if (boxes.get(i).function == function) return i;
        return -1;
    }
}
