package serpentarium.profile.format;

import java.io.IOException;

import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.Profile;
import serpentarium.task.TaskContext;

/// What cProfile, `python -m profile`, yappi (`pstat`) and Python 3.15's sampling profiler save, from Python 2.7 on: a marshal dict
/// without a magic number or a version.
///
/// The profile has one thread, for the file names none. Costs are seconds, event `time`; a sampled profile has `samples` first. Built-ins
/// (file `~` or none) have no file. Functions that only occur as callers are numbered after the others, see
/// [serpentarium.profile.CallGraph#entries()].
///
/// Format: CPython's `Lib/cProfile.py`, `Lib/profile.py`, `Lib/pstats.py`, `Lib/profiling/sampling/pstats_collector.py`; yappi's
/// `convert2pstats`; marshal as in `Python/marshal.c`.
public final class PstatsFormat implements ProfileFormat {
    /// The format's id.
    public static final String ID = "pstats";
    private static final Strings STRINGS = Strings.of(PstatsFormat.class);

    /// The format; it has no state.
    public PstatsFormat() {}

    @Override public String id() {
        return ID;
    }

    /// Bids by content: a dict whose first keys are (file, line, name). A dict of JSON, too, begins with `{`, but a tuple never follows it.
    @Override public Bid sniff(Head head) {
        if (head.size() == 0) return no("pstats.sniff.no-bytes");
        if ((head.at(0) & 0x7f) != '{') return no("pstats.sniff.dict");
        if (head.bytes().length < 2) return no("pstats.sniff.short");
        int second = head.at(1);
        if (second == '0') return head.size() == 2 ? new Bid.Yes(70) : no("pstats.sniff.key");
        if ((second & 0x7f) != '(' && (second & 0x7f) != ')') return no("pstats.sniff.key");
        try (var in = MarshalReader.input(Source.of(head.name(), head.bytes()), TaskContext.detached())) {
            int strength = new PstatsReader(in, STRINGS).strength();
            return strength > 0 ? new Bid.Yes(strength) : no("pstats.sniff.key");
        } catch (ProblemException e) {
            return no("pstats.sniff.damaged");
        } catch (IOException e) {
            return no("pstats.sniff.short");
        }
    }

    private static Bid no(String key) {
        return new Bid.No(STRINGS.get(key));
    }

    @Override public Profile read(Source source, TaskContext context) throws IOException {
        try (var in = MarshalReader.input(source, context)) {
            var reader = new PstatsReader(in, STRINGS);
            reader.read();
            return PstatsGraph.of(reader, STRINGS, context);
        }
    }
}
