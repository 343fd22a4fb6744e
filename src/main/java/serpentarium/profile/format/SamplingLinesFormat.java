package serpentarium.profile.format;

import java.io.IOException;

import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.Profile;
import serpentarium.task.TaskContext;

/// What the sampler of Python 3.15 (`profiling.sampling`) writes with `--jsonl`: a JSON object a line, first texts and frames by number, then
/// for each frame in how many samples it was running and in how many it was on the stack.
///
/// There are no stacks and no callers. A function is its name and file; a frame is a line of it, whose numbers are exact. What is on the
/// stack of a function is the sum over its lines, at most all samples: where a function calls itself from another line it counts twice.
///
/// Format: `Lib/profiling/sampling/jsonl_collector.py` of CPython.
public final class SamplingLinesFormat implements ProfileFormat {
    /// The format's id.
    public static final String ID = "sampling-jsonl";
    private static final Strings STRINGS = Strings.of(SamplingLinesFormat.class);

    /// The format; it has no state.
    public SamplingLinesFormat() {}

    @Override public String id() {
        return ID;
    }

    @Override public Bid sniff(Head head) {
        if (JsonInput.first(head) != '{') return new Bid.No(STRINGS.get("sampling-lines.not.object"));
        String text = head.latin1();
        String line = text.substring(0, text.indexOf('\n') < 0 ? text.length() : text.indexOf('\n'));
        boolean ours = line.contains("\"type\":\"meta\"") && line.contains("\"run_id\":") && line.contains("\"sample_interval_usec\":");
        return ours ? new Bid.Yes(97) : new Bid.No(STRINGS.get("sampling-lines.not.meta"));
    }

    @Override public Profile read(Source source, TaskContext context) throws IOException {
        return new SamplingLinesReader(STRINGS, source, context).read();
    }
}
