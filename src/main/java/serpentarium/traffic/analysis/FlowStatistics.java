package serpentarium.traffic.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import serpentarium.task.TaskContext;
import serpentarium.traffic.FlowTable;

/// Sums over listed flows, for charts: in steps of time, as points, and by endpoint.
///
/// @param start     when the first began, in seconds since 1970; NaN where there is none
/// @param step      the length of a step, in seconds
/// @param counts    for each class of status (none, 1xx … 5xx) the flows of each step
/// @param p50       for each step the duration that half of its flows keep to, in seconds, or NaN
/// @param p95       for each step the duration that 95 of 100 keep to
/// @param p99       for each step the duration that 99 of 100 keep to
/// @param points    rows whose duration is known, at most [#MOST_POINTS], the slowest of each step among them
/// @param endpoints by method, host and the form of the path, the most frequent first
public record FlowStatistics(double start, double step, int[][] counts, double[] p50, double[] p95, double[] p99, int[] points, List<Endpoint> endpoints) {
    /// How many points there are at most.
    public static final int MOST_POINTS = 20_000;
    /// How many endpoints there are at most.
    public static final int MOST_ENDPOINTS = 1000;

    private static final int STEPS = 90;
    private static final int EVERY = 1 << 14;
    private static final double[] ROUND = {0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600,
        86_400};

    /// The flows of one method on one form of a path.
    ///
    /// @param name   method, host and path, with numbers and other keys as `{id}`
    /// @param scope  the host
    /// @param count  how many flows
    /// @param errors how many went wrong
    /// @param p50    the duration that half keep to, in seconds, or NaN
    /// @param p95    the duration that 95 of 100 keep to
    /// @param bytes  of all bodies as they were sent
    public record Endpoint(String name, FlowScope scope, int count, int errors, double p50, double p95, long bytes) {}

    /// Of the rows of a list.
    public static FlowStatistics of(FlowTable table, RowSet rows, TaskContext context) {
        double start = Double.NaN;
        double end = Double.NaN;
        for (int i = 0; i < rows.size(); i++) {
            double at = table.started(rows.rows()[i]);
            if (Double.isNaN(at)) continue;
            start = Double.isNaN(start) ? at : Math.min(start, at);
            end = Double.isNaN(end) ? at : Math.max(end, at);
        }
        if (Double.isNaN(start)) return new FlowStatistics(Double.NaN, 1, new int[6][0], new double[0], new double[0], new double[0], new int[0], List.of());
        double step = round((end - start) / STEPS);
        double first = Math.floor(start / step) * step;
        int steps = (int) Math.min(10_000, Math.floor((end - first) / step) + 1);
        return new Sums(table, rows, first, step, steps, context).statistics();
    }

    private static double round(double step) {
        for (double each : ROUND) if (each >= step) return each;
        return Math.ceil(step / 86_400) * 86_400;
    }

    /// The value of a share of sorted numbers; NaN where there is none.
    static double percentile(float[] sorted, int from, int to, double share) {
        return from >= to ? Double.NaN : sorted[from + Math.clamp((int) Math.ceil(share * (to - from)) - 1, 0, to - from - 1)];
    }

    private static final class Sums {
        private final FlowTable table;
        private final RowSet rows;
        private final double first;
        private final double step;
        private final int steps;
        private final TaskContext context;

        Sums(FlowTable table, RowSet rows, double first, double step, int steps, TaskContext context) {
            this.table = table;
            this.rows = rows;
            this.first = first;
            this.step = step;
            this.steps = steps;
            this.context = context;
        }

        private int stepOf(int row) {
            double at = table.started(row);
            return Double.isNaN(at) ? -1 : Math.clamp((long) ((at - first) / step), 0, steps - 1);
        }

        FlowStatistics statistics() {
            int[][] counts = new int[6][steps];
            int[] known = new int[steps + 1];
            for (int i = 0; i < rows.size(); i++) {
                if (i % EVERY == 0) context.checkpoint();
                int row = rows.rows()[i];
                int at = stepOf(row);
                if (at < 0) continue;
                counts[Math.clamp(table.status(row) / 100, 0, 5)][at]++;
                if (!Double.isNaN(table.duration(row))) known[at + 1]++;
            }
            for (int i = 0; i < steps; i++) known[i + 1] += known[i];
            float[] durations = new float[known[steps]];
            int[] of = new int[durations.length];
            int[] next = known.clone();
            for (int i = 0; i < rows.size(); i++) {
                if (i % EVERY == 0) context.checkpoint();
                int row = rows.rows()[i];
                int at = stepOf(row);
                if (at < 0 || Double.isNaN(table.duration(row))) continue;
                of[next[at]] = row;
                durations[next[at]++] = (float) table.duration(row);
            }
            int[] points = points(of, durations, known);
            double[] p50 = new double[steps];
            double[] p95 = new double[steps];
            double[] p99 = new double[steps];
            for (int i = 0; i < steps; i++) {
                context.checkpoint();
                Arrays.sort(durations, known[i], known[i + 1]);
                p50[i] = percentile(durations, known[i], known[i + 1], 0.5);
                p95[i] = percentile(durations, known[i], known[i + 1], 0.95);
                p99[i] = percentile(durations, known[i], known[i + 1], 0.99);
            }
            return new FlowStatistics(first, step, counts, p50, p95, p99, points, endpoints());
        }

        /// All rows where they are few; else some of each step and its slowest.
        private int[] points(int[] of, float[] durations, int[] known) {
            if (of.length <= MOST_POINTS) return of;
            int[] points = new int[MOST_POINTS];
            int size = 0;
            double every = (double) of.length / (MOST_POINTS - steps);
            for (int i = 0; i < steps && size < points.length; i++) {
                int slowest = -1;
                for (int k = known[i]; k < known[i + 1]; k++) if (slowest < 0 || durations[k] > durations[slowest]) slowest = k;
                if (slowest >= 0) points[size++] = of[slowest];
                for (double k = known[i]; k < known[i + 1] && size < points.length; k += every) if ((int) k != slowest) points[size++] = of[(int) k];
            }
            return Arrays.copyOf(points, size);
        }

        private List<Endpoint> endpoints() {
            Map<String, Integer> numbers = new HashMap<>();
            var scopes = new ArrayList<FlowScope>();
            int[] groups = new int[rows.size()];
            int[] counts = new int[MOST_ENDPOINTS + 1];
            for (int i = 0; i < groups.length; i++) {
                if (i % EVERY == 0) context.checkpoint();
                int row = rows.rows()[i];
                groups[i] = -1;
                if (table.origin(row) < 0) continue;
                String form = PathForm.of(table.path(row));
                String name = (table.method(row) < 0 ? "" : table.text(table.method(row)) + " ") + table.text(table.origin(row)) + form;
                Integer number = numbers.get(name);
                if (number == null) {
                    if (numbers.size() == MOST_ENDPOINTS) continue;
                    number = numbers.size();
                    numbers.put(name, number);
                    int brace = form.indexOf('{');
                    scopes.add(new FlowScope.PathOf(table.origin(row), brace < 0 ? form : form.substring(0, brace), brace >= 0));
                }
                groups[i] = number;
                counts[number]++;
            }
            return endpoints(numbers, scopes, groups, counts);
        }

        private List<Endpoint> endpoints(Map<String, Integer> numbers, List<FlowScope> scopes, int[] groups, int[] counts) {
            int[] starts = new int[counts.length + 1];
            for (int i = 0; i < counts.length; i++) starts[i + 1] = starts[i] + counts[i];
            int[] ends = starts.clone();
            float[] durations = new float[starts[counts.length]];
            int[] errors = new int[counts.length];
            long[] bytes = new long[counts.length];
            for (int i = 0; i < groups.length; i++) {
                int group = groups[i];
                if (group < 0) continue;
                int row = rows.rows()[i];
                double duration = table.duration(row);
                if (!Double.isNaN(duration)) durations[ends[group]++] = (float) duration;
                if (FlowGroups.wrong(table, row)) errors[group]++;
                bytes[group] += Math.max(0, table.requestSize(row)) + Math.max(0, table.responseSize(row));
            }
            var endpoints = new ArrayList<Endpoint>();
            numbers.forEach((name, group) -> {
                Arrays.sort(durations, starts[group], ends[group]);
                endpoints.add(new Endpoint(name, scopes.get(group), counts[group], errors[group], percentile(durations, starts[group], ends[group], 0.5),
                        percentile(durations, starts[group], ends[group], 0.95), bytes[group]));
            });
            endpoints.sort((a, b) -> a.count() != b.count() ? Integer.compare(b.count(), a.count()) : a.name().compareTo(b.name()));
            return List.copyOf(endpoints);
        }
    }
}
