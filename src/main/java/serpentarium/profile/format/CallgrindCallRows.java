package serpentarium.profile.format;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import serpentarium.profile.LineCalls;

/// The calls of one function by line, as [CallgrindPartWriter] writes them: whole numbers, those of one line and callee added up.
final class CallgrindCallRows {
    private final int events;
    private final WholeNumbers numbers;
    private final Map<Integer, Map<Key, Row>> byCallee = new TreeMap<>();
    private List<Map.Entry<Key, Row>> selected = List.of();

    private record Key(String file, int line) implements Comparable<Key> {
        @Override public int compareTo(Key other) {
            int order = (file == null ? "" : file).compareTo(other.file == null ? "" : other.file);
            return order != 0 ? order : Integer.compare(line, other.line);
        }
    }

    private static final class Row {
        private final double[] costs;
        private long calls;

        Row(int events) {
            costs = new double[events];
        }
    }

    CallgrindCallRows(int events, WholeNumbers numbers) {
        this.events = events;
        this.numbers = numbers;
    }

    /// Takes the calls of a function in place of those of the one before.
    void begin(LineCalls calls, int caller) {
        byCallee.clear();
        calls.visit(caller, (file, line, callee, count, cost) -> {
            Row row = byCallee.computeIfAbsent(callee, _ -> new TreeMap<>()).computeIfAbsent(new Key(file, line), _ -> new Row(events));
            if (count > 0) row.calls = Math.addExact(row.calls, Math.min(count, Long.MAX_VALUE - row.calls));
            for (int e = 0; e < events; e++) row.costs[e] += cost.applyAsDouble(e);
        });
        byCallee.values().forEach(rows -> rows.values().forEach(row -> {
            for (int e = 0; e < events; e++) row.costs[e] = numbers.of(e, row.costs[e]);
        }));
    }

    /// Goes to the rows of a callee; false where there are none, or where they are more than all its calls: a line that is on one stack
    /// twice counts for both of its calls.
    ///
    /// @param most  what all calls of the callee cost together
    /// @param count how many there are, or null where they are not counted
    boolean select(int callee, double[] most, BigInteger count) {
        selected = List.copyOf(byCallee.getOrDefault(callee, Map.of()).entrySet());
        double[] left = most.clone();
        BigInteger calls = BigInteger.ZERO;
        for (var each : selected) {
            Row row = each.getValue();
            calls = calls.add(BigInteger.valueOf(row.calls));
            for (int e = 0; e < events; e++) {
                if (!(row.costs[e] >= 0)) return false;
                // Each row was rounded for itself.
                if (row.costs[e] > left[e] && row.costs[e] - left[e] <= selected.size()) row.costs[e] = left[e];
                left[e] -= row.costs[e];
                if (left[e] < 0) return false;
            }
        }
        return !selected.isEmpty() && (count == null || calls.compareTo(count) <= 0);
    }

    /// How many rows there are.
    int size() {
        return selected.size();
    }

    /// The file of a row, or null where it is the caller's own.
    String file(int row) {
        return selected.get(row).getKey().file;
    }

    /// The line of a row.
    int line(int row) {
        return selected.get(row).getKey().line;
    }

    /// How many calls a row has.
    long calls(int row) {
        return selected.get(row).getValue().calls;
    }

    /// What a row cost.
    double[] costs(int row) {
        return selected.get(row).getValue().costs;
    }
}
