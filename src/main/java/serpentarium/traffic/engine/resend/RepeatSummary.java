package serpentarium.traffic.engine.resend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import serpentarium.traffic.engine.proxy.Sent;

/// What became of a request that was sent many times.
///
/// @param sent     how many were sent
/// @param statuses how often each status came
/// @param failures how often each thing went wrong
/// @param minimum  seconds of the fastest that was answered, or NaN
/// @param median   of those that were answered, or NaN
/// @param p99      99 of a hundred that were answered took no longer, or NaN
/// @param maximum  of the slowest, or NaN
/// @param flows    ids of the flows, as they ended
public record RepeatSummary(int sent, SortedMap<Integer, Integer> statuses, SortedMap<String, Integer> failures, double minimum, double median, double p99, double maximum,
                            List<String> flows) {
    /// Counts.
    public static RepeatSummary of(List<Sent> all) {
        var statuses = new TreeMap<Integer, Integer>();
        var failures = new TreeMap<String, Integer>();
        var flows = new ArrayList<String>();
        double[] times = all.stream().filter(each -> each.failure() == null).mapToDouble(Sent::seconds).sorted().toArray();
        for (Sent each : all) {
            if (each.failure() == null) statuses.merge(each.status(), 1, Integer::sum);
            else failures.merge(each.failure(), 1, Integer::sum);
            if (each.flow() != null) flows.add(each.flow());
        }
        return new RepeatSummary(all.size(), statuses, failures, at(times, 0), median(times), at(times, 0.99), at(times, 1), List.copyOf(flows));
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length == 0 ? Double.NaN : sorted.length % 2 == 1 ? sorted[middle] : Arrays.stream(sorted, middle - 1, middle + 1).sum() / 2;
    }

    /// The smallest that so large a part does not exceed.
    private static double at(double[] sorted, double part) {
        return sorted.length == 0 ? Double.NaN : sorted[Math.clamp((long) Math.ceil(part * sorted.length) - 1, 0, sorted.length - 1)];
    }

    /// How many were answered.
    public int answered() {
        return statuses.values().stream().mapToInt(Integer::intValue).sum();
    }
}
