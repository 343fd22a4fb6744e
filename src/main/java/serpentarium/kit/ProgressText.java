package serpentarium.kit;

import java.util.ArrayList;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.task.Progress;

/// Words for how far a task is.
public final class ProgressText {
    private static final Strings STRINGS = Strings.of(ProgressText.class);

    private ProgressText() {}

    /// What is known, such as `Reading tables · 12.0 MiB of 40.0 MiB · 8.10 MiB/s · 4 s left`; empty when nothing is.
    public static String of(Progress progress) {
        var parts = new ArrayList<String>();
        if (!progress.message().isEmpty()) parts.add(progress.message());
        if (progress.total() > 0) parts.add(STRINGS.get("progress.of", amount(progress.done(), progress.unit()), amount(progress.total(), progress.unit())));
        else if (progress.done() > 0) parts.add(amount(progress.done(), progress.unit()));
        if (progress.rate() > 0 && progress.unit() != Progress.Unit.STEPS) parts.add(STRINGS.get("progress.rate", rate(progress)));
        if (progress.left() != null) parts.add(STRINGS.get("progress.left", Quantity.time(Math.max(1, progress.left().toSeconds()))));
        return String.join(" · ", parts);
    }

    private static String rate(Progress progress) {
        return progress.unit() == Progress.Unit.BYTES ? Quantity.size(progress.rate()) : Quantity.count((long) progress.rate());
    }

    private static String amount(long value, Progress.Unit unit) {
        return unit == Progress.Unit.BYTES ? Quantity.size(value) : Quantity.count(value);
    }
}
