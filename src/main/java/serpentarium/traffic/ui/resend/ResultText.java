package serpentarium.traffic.ui.resend;

import java.util.ArrayList;
import java.util.Map;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.traffic.engine.resend.RepeatSummary;

/// What came of requests that were sent, in words.
final class ResultText {
    private static final Strings STRINGS = Strings.of(ResultText.class);
    private static final int MOST_FAILURES = 4;

    private ResultText() {}

    static String of(RepeatSummary done) {
        boolean one = done.sent() == 1;
        if (one && done.answered() == 1) return STRINGS.get("send.answered", String.valueOf(done.statuses().firstKey()), Quantity.time(done.median()));
        if (one) return STRINGS.get("send.failed", done.failures().isEmpty() ? "" : done.failures().firstKey());
        var lines = new ArrayList<String>();
        lines.add(STRINGS.get("send.sent", Quantity.count((long) done.sent()), Quantity.count((long) done.answered())));
        for (Map.Entry<Integer, Integer> each : done.statuses().entrySet()) lines.add(STRINGS.get("send.status", String.valueOf(each.getKey()), Quantity.count((long) each.getValue())));
        if (done.answered() > 0)
            lines.add(STRINGS.get("send.times", Quantity.time(done.minimum()), Quantity.time(done.median()), Quantity.time(done.p99()), Quantity.time(done.maximum())));
        done.failures().entrySet().stream().limit(MOST_FAILURES)
                .forEach(each -> lines.add(STRINGS.get("send.failures", Quantity.count((long) each.getValue()), each.getKey())));
        return String.join("\n", lines);
    }
}
