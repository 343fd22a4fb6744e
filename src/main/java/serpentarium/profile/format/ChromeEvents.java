package serpentarium.profile.format;

import java.util.Arrays;

import serpentarium.base.IntSort;

/// The durations of a trace in columns: 24 bytes an event.
final class ChromeEvents {
    private static final double BEGIN = -1;
    private static final double END = -2;

    /// How many events are kept at most: as many as fit into a quarter of the memory there is, or 40 million. Beside them there are their
    /// order, trees and timelines.
    private final int limit = (int) Math.min(40_000_000, Runtime.getRuntime().maxMemory() / 112);
    private double[] time = new double[1024];
    private double[] length = new double[1024];
    private int[] site = new int[1024];
    private int[] thread = new int[1024];
    private int size;

    /// How many there are.
    int size() {
        return size;
    }

    /// Adds a `B` event; false when there is no room.
    boolean begin(int threadId, int siteId, double at) {
        return add(threadId, siteId, at, BEGIN);
    }

    /// Adds an `E` event; false when there is no room.
    ///
    /// @param name the number of its name, or -1 where it has none
    boolean end(int threadId, int name, double at) {
        return add(threadId, name, at, END);
    }

    /// Adds an `X` event; false when there is no room.
    boolean complete(int threadId, int siteId, double at, double duration) {
        return add(threadId, siteId, at, duration);
    }

    private boolean add(int threadId, int siteId, double at, double duration) {
        if (size == limit) return false;
        if (size == time.length) {
            int more = Math.min(limit, size + (size >> 1));
            time = Arrays.copyOf(time, more);
            length = Arrays.copyOf(length, more);
            site = Arrays.copyOf(site, more);
            thread = Arrays.copyOf(thread, more);
        }
        time[size] = at;
        length[size] = duration;
        site[size] = siteId;
        thread[size++] = threadId;
        return true;
    }

    /// When the event starts, in microseconds.
    double time(int event) {
        return time[event];
    }

    /// When the first event of all starts.
    double first() {
        double first = Double.POSITIVE_INFINITY;
        for (int e = 0; e < size; e++) first = Math.min(first, time[e]);
        return first;
    }

    /// How long an `X` event lasts.
    double length(int event) {
        return length[event];
    }

    /// The site of a `B` or `X` event, the name of an `E` event.
    int site(int event) {
        return site[event];
    }

    /// Whether it is a `B` event.
    boolean isBegin(int event) {
        return length[event] == BEGIN;
    }

    /// Whether it is an `E` event.
    boolean isEnd(int event) {
        return length[event] == END;
    }

    /// The events by thread, in the order of the file; those of thread `t` lie from `start[t]` to `start[t + 1]`.
    ///
    /// @param start as long as there are threads, and one more; filled here
    int[] byThread(int[] start) {
        for (int e = 0; e < size; e++) start[thread[e] + 1]++;
        for (int t = 1; t < start.length; t++) start[t] += start[t - 1];
        int[] next = start.clone();
        int[] order = new int[size];
        for (int e = 0; e < size; e++) order[next[thread[e]]++] = e;
        return order;
    }

    /// Puts the events of one thread in the order of time. Of `X` events that start together the longer one is first; of equal ones the
    /// first in the file, or the last where the writer told events when they ended, the inner ones before the outer ones.
    void sort(int[] order, int from, int to) {
        boolean whenEnded = false;
        double before = Double.NEGATIVE_INFINITY;
        for (int i = from; i < to && !whenEnded; i++) {
            if (length[order[i]] < 0) continue;
            whenEnded = time[order[i]] < before;
            before = time[order[i]];
        }
        boolean reverse = whenEnded;
        IntSort.Order byTime = (a, b) -> {
            int sign = Double.compare(time[a], time[b]);
            if (sign != 0 || length[a] < 0 || length[b] < 0) return sign != 0 ? sign : Integer.compare(a, b);
            sign = Double.compare(length[b], length[a]);
            return sign != 0 ? sign : reverse ? Integer.compare(b, a) : Integer.compare(a, b);
        };
        boolean sorted = true;
        for (int i = from + 1; i < to && sorted; i++) sorted = byTime.compare(order[i - 1], order[i]) <= 0;
        if (!sorted) IntSort.sort(order, from, to, byTime);
    }
}
