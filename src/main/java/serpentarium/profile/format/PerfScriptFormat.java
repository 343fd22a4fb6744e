package serpentarium.profile.format;

import java.io.IOException;

import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.Profile;
import serpentarium.task.TaskContext;

/// What `perf script` of Linux prints: a line a sample, below it the stack with the innermost frame first, then an empty line. Columns that
/// `-F` left out or added are no matter, nor is the header of `--header`. Without call chains the only frame stands in the sample's line.
///
/// A command and thread number is a thread. Each event type is an event that counts samples; where periods were printed and differ, their
/// sum is another.
///
/// Python from 3.12 on (`-X perf`, `-X perf_jit`) gives its functions as `py::NAME:FILE`: these become functions with a file, without a
/// line. In a stack that has one, the frames with which the interpreter calls Python functions, such as `_PyEval_EvalFrameDefault` and
/// `py_trampoline_evaluator`, are folded into their callers (the whole list is [PerfFrames#GLUE]); all other native frames stay. A stack
/// without Python functions stays as it is.
///
/// Format: `tools/perf/builtin-script.c` and `tools/perf/util/evsel_fprintf.c` of Linux; names of Python functions:
/// `Python/perf_trampoline.c` of CPython.
public final class PerfScriptFormat implements ProfileFormat {
    /// The format's id.
    public static final String ID = "perf";
    private static final Strings STRINGS = Strings.of(PerfScriptFormat.class);
    private static final int LINES = 400;

    /// The format; it has no state.
    public PerfScriptFormat() {}

    @Override public String id() {
        return ID;
    }

    @Override public Bid sniff(Head head) {
        byte[] b = head.bytes();
        for (byte each : b) if (each >= 0 && each < 9) return new Bid.No(STRINGS.get("perf.not.text"));
        boolean record = head.latin1().startsWith("# ========");
        boolean sample = false;
        int good = 0;
        int other = 0;
        int lines = 0;
        for (int from = 0; from < b.length && lines++ < LINES;) {
            int end = from;
            while (end < b.length && b[end] != '\n') end++;
            if (end == b.length && !head.whole()) break;
            if (end > from && b[from] != '#') {
                boolean frame = sample && AsciiNumber.blank(b[from]) && PerfFrames.addressEnd(b, from, end) > 0;
                PerfSample parsed = frame ? null : PerfSample.of(b, from, end);
                boolean withFrame = parsed != null && parsed.frame() >= 0 && PerfFrames.addressEnd(b, from + parsed.frame(), end) > 0;
                if (frame || withFrame) good++;
                else if (parsed == null && end - from > 1) other++;
                sample = frame || parsed != null;
            }
            from = end + 1;
        }
        if (good == 0 || other > good) return new Bid.No(STRINGS.get("perf.not.samples"));
        return new Bid.Yes(record ? 95 : 85);
    }

    @Override public Profile read(Source source, TaskContext context) throws IOException {
        return new PerfReader(STRINGS, source, context).read();
    }
}
