package serpentarium.profile.format;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import serpentarium.profile.CallGraph;

/// What the `#:` lines of [CallgrindWriter] say: `#: calls=N primitive=N total=N,N…` of the function that the costs before it are of, and
/// `#: guessed` of the call behind it.
final class CallgrindRemarks {
    private static final int LONGEST = 4096;

    private final Map<CallGraph.Builder, Given> given = new IdentityHashMap<>();
    private boolean own;
    private double[] factors = {};
    private boolean fresh;
    private boolean guessed;

    private static final class Given {
        private boolean[] known = new boolean[64];
        private BigInteger[] calls = new BigInteger[64];
        private BigInteger[] primitive = new BigInteger[64];
        private double[][] total = new double[64][];

        private void reach(int function) {
            if (function < known.length) return;
            int more = Math.max(function + 1, known.length * 2);
            known = Arrays.copyOf(known, more);
            calls = Arrays.copyOf(calls, more);
            primitive = Arrays.copyOf(primitive, more);
            total = Arrays.copyOf(total, more);
        }
    }

    /// Costs begin: what follows depends on who wrote the file.
    void begin(CallgrindDialect dialect, CallgrindEvents events) {
        own = dialect == CallgrindDialect.SERPENTARIUM;
        factors = new double[own ? events.measured() : 0];
        for (int e = 0; e < factors.length; e++) factors[e] = events.factor(dialect, e);
    }

    /// Whether there are none: then numbers are what they are.
    boolean none() {
        return !own;
    }

    /// Brings written numbers to what they count.
    void scale(double[] costs) {
        for (int e = 0; e < factors.length; e++) costs[e] *= factors[e];
    }

    /// Another function begins.
    void enter() {
        fresh = true;
    }

    /// Whether the costs at hand stand in the line of the function's definition, its first.
    boolean definition() {
        boolean was = fresh && own;
        fresh = false;
        return was;
    }

    /// Takes a line; one that is something else says nothing.
    ///
    /// @param graph    what costs go to, or null
    /// @param function the function that costs are of, or -1
    void take(byte[] b, int from, int to, CallGraph.Builder graph, int function) {
        if (!own || to - from < 3 || b[from + 1] != ':' || to - from > LONGEST) return;
        String text = ByteTexts.decode(b, from + 2, to).strip();
        if (text.equals("guessed")) {
            guessed = true;
            return;
        }
        if (graph == null || function < 0) return;
        Given of = given.computeIfAbsent(graph, _ -> new Given());
        of.reach(function);
        for (String part : text.split(" ")) {
            if (part.startsWith("calls=")) of.calls[function] = count(part.substring(6));
            if (part.startsWith("primitive=")) of.primitive[function] = count(part.substring(10));
            if (part.startsWith("total=")) of.total[function] = totals(part.substring(6));
        }
        of.known[function] = true;
    }

    private static BigInteger count(String text) {
        byte[] digits = text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        for (byte digit : digits) if (!AsciiNumber.digit(digit)) return null;
        return digits.length == 0 ? null : AsciiNumber.count(digits, 0, digits.length);
    }

    private double[] totals(String text) {
        String[] parts = text.split(",");
        if (parts.length != factors.length) return null;
        double[] totals = new double[parts.length];
        for (int e = 0; e < parts.length; e++) {
            byte[] digits = parts[e].getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
            totals[e] = AsciiNumber.parse(digits, 0, digits.length) * factors[e];
            if (!(totals[e] >= 0)) return null;
        }
        return totals;
    }

    /// Where the cost of the call at hand was guessed, it is not known.
    void guess(double[] costs) {
        if (guessed) Arrays.fill(costs, Double.NaN);
        guessed = false;
    }

    /// Sets what was said in place of what was computed.
    void apply(CallGraph.Builder graph, int events) {
        Given of = given.get(graph);
        if (of == null) return;
        for (int f = 0; f < of.known.length; f++) {
            if (!of.known[f]) continue;
            if (of.calls[f] != null && graph.calls() != null) graph.calls().set(f, of.calls[f]);
            if (of.primitive[f] != null && graph.primitiveCalls() != null) graph.primitiveCalls().set(f, of.primitive[f]);
            if (of.total[f] == null) continue;
            for (int e = 0; e < events; e++) graph.addTotal(e, f, of.total[f][e] - graph.total(e, f));
        }
    }
}
