package serpentarium.profile.analysis;

import serpentarium.profile.Profile;
import serpentarium.profile.Timeline;
import serpentarium.profile.Unit;
import serpentarium.task.TaskContext;

/// How busy the threads of a slice were over all of a profile's time, in columns of equal width.
///
/// @param span when the profile begins and ends
/// @param all  for each column, how many of the chosen threads ran something, on average over the column
/// @param kept the same for what the slice's filters keep
public record TimeActivity(Span span, double[] all, double[] kept) {
    /// When a profile begins and ends.
    ///
    /// @param begin the start of the first segment
    /// @param end   the end of the last
    /// @param unit  what both are in
    public record Span(double begin, double end, Unit unit) {
        /// The time of a profile; null where it knows none.
        public static Span of(Profile profile) {
            if (!(profile instanceof Profile.Stacks stacks)) return null;
            double begin = Double.POSITIVE_INFINITY;
            double end = Double.NEGATIVE_INFINITY;
            Unit unit = null;
            for (Timeline timeline : stacks.timelines()) {
                if (timeline.size() == 0) continue;
                begin = Math.min(begin, timeline.start(0));
                end = Math.max(end, timeline.end(timeline.size() - 1));
                unit = timeline.unit();
            }
            return end > begin ? new Span(begin, end, unit) : null;
        }

        /// How long it lasts.
        public double length() {
            return end - begin;
        }
    }

    /// Counts up what an analysis shows; null where its profile knows no time.
    public static TimeActivity of(Analysis analysis, int columns, TaskContext context) {
        Span span = Span.of(analysis.slice().profile());
        if (span == null) return null;
        double[] all = new double[columns];
        double[] kept = new double[columns];
        double width = span.length() / columns;
        for (TimeOrder order : analysis.timeOrder()) {
            Timeline timeline = order.timeline();
            for (int i = 0; i < timeline.size(); i++) {
                if ((i & 0xffff) == 0) context.checkpoint();
                if (timeline.node(i) == 0) continue;
                add(all, (timeline.start(i) - span.begin) / width, (timeline.end(i) - span.begin) / width);
            }
            for (int i = order.first(); i < order.last(); i++) {
                if ((i & 0xffff) == 0) context.checkpoint();
                if (order.node(i) > 0) add(kept, (order.start(i) - span.begin) / width, (order.end(i) - span.begin) / width);
            }
        }
        return new TimeActivity(span, all, kept);
    }

    private static void add(double[] columns, double from, double to) {
        int first = (int) Math.clamp(from, 0, columns.length - 1);
        int last = (int) Math.clamp(to, 0, columns.length - 1);
        if (first == last) {
            columns[first] += Math.max(0, to - from);
            return;
        }
        columns[first] += first + 1 - from;
        for (int i = first + 1; i < last; i++) columns[i]++;
        columns[last] += Math.min(1, to - last);
    }

    /// The greatest column of [#all()].
    public double most() {
        double most = 0;
        for (double column : all) most = Math.max(most, column);
        return most;
    }
}
