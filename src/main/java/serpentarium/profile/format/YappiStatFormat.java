package serpentarium.profile.format;

import java.io.IOException;

import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.Profile;
import serpentarium.task.TaskContext;

/// What yappi saves as `ystat` (its own format, and its default): a pickle of its statistics. It is read as data by [serpentarium.pickle.PickleReader]; no code
/// in it ever runs.
///
/// The profile has one thread, for the file has put the threads together. Costs are seconds, event `time`; which clock was used is told
/// with the creator. Functions that were called but that the file does not list (built-ins where they were not recorded) are numbered after
/// the others.
///
/// Format: yappi's `yappi.py`, classes `YFuncStats`, `YFuncStat` and `YChildFuncStat`.
public final class YappiStatFormat implements ProfileFormat {
    /// The format's id.
    public static final String ID = "yappi";
    private static final Strings STRINGS = Strings.of(YappiStatFormat.class);

    /// The format; it has no state.
    public YappiStatFormat() {}

    @Override public String id() {
        return ID;
    }

    @Override public Bid sniff(Head head) {
        boolean binary = head.at(0) == 0x80 && head.at(1) <= 5;
        if (!binary && head.at(0) != '(' && head.at(0) != 'c') return new Bid.No(STRINGS.get("yappi.not.pickle"));
        String text = head.latin1();
        boolean yappi = text.contains("YFuncStats") && text.contains("yappi");
        if (!yappi) return new Bid.No(STRINGS.get(binary ? "yappi.not.yappi" : "yappi.not.pickle"));
        return new Bid.Yes(binary ? 97 : 80);
    }

    @Override public Profile read(Source source, TaskContext context) throws IOException {
        return new YappiReader(STRINGS, source, context).read();
    }
}
