package serpentarium.log.engine.receive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import serpentarium.log.format.wire.Refusal;
import serpentarium.log.format.wire.Sender;
import serpentarium.log.format.wire.Via;

/// Counts what is on disk by where it came from. Safe to use from any thread.
final class Sources {
    private static final int MOST = 1000;
    private static final double SECOND = 1e9;
    /// Over how many seconds a rate is taken.
    private static final double SPAN = 5;

    private record Key(Via via, String host, long process) {}

    private static final class Counts {
        long records;
        double first = Double.NaN;
        double last;
        double skew = Double.NaN;
        double gap;
        long refused;
        double rate;
        double rated;

        void add(int count, double now) {
            if (records == 0) first = now;
            else gap = Math.max(gap, now - last);
            rate = fading(now) + count / SPAN;
            rated = now;
            records += count;
            last = now;
        }

        double fading(double now) {
            return now <= rated ? rate : rate * Math.exp(-(now - rated) / SPAN);
        }
    }

    private final Map<Key, Counts> counts = new LinkedHashMap<>();
    private final long[] refusals = new long[Refusal.values().length];
    private long records;
    private long bytes;
    private Key lastKey;
    private Counts lastCounts;
    private Sender lastSender;
    private long lastProcess;

    /// Counts what was written.
    synchronized void written(Batch batch, long nanos) {
        double now = nanos / SECOND;
        bytes += batch.lines.length;
        records += batch.records;
        int run = 0;
        Counts current = null;
        for (int i = 0; i < batch.records; i++) {
            Counts of = of(batch.senders[i], batch.process[i]);
            if (of != current) {
                if (run > 0) current.add(run, now);
                current = of;
                run = 0;
            }
            run++;
            double behind = batch.received / SECOND - batch.created[i];
            if (!Double.isNaN(behind) && !(of.skew <= behind)) of.skew = behind;
        }
        if (run > 0) current.add(run, now);
        batch.refused.forEach((sender, how) -> {
            Counts of = of(sender, -1);
            for (int i = 0; i < how.length; i++) {
                of.refused += how[i];
                refusals[i] += how[i];
            }
        });
    }

    private Counts of(Sender sender, long process) {
        if (sender == lastSender && process == lastProcess) return lastCounts;
        var key = new Key(sender.via(), sender.host(), process);
        if (!counts.containsKey(key) && counts.size() >= MOST) key = new Key(sender.via(), "…", -1);
        if (!key.equals(lastKey)) {
            lastKey = key;
            lastCounts = counts.computeIfAbsent(key, _ -> new Counts());
        }
        lastSender = sender;
        lastProcess = process;
        return lastCounts;
    }

    synchronized long records() {
        return records;
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized long refused(Refusal why) {
        return refusals[why.ordinal()];
    }

    /// All sources, those with most records first.
    synchronized List<SourceCounts> all(long nanos) {
        double now = nanos / SECOND;
        var all = new ArrayList<SourceCounts>();
        counts.forEach((key, c) -> all.add(new SourceCounts(key.via, key.host, key.process, c.records, c.fading(now), c.first, c.last, c.skew, c.gap, c.refused)));
        all.sort(Comparator.comparingLong(SourceCounts::records).reversed());
        return all;
    }
}
