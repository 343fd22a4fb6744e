package serpentarium.profile.format;

import java.io.IOException;

import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.Profile;
import serpentarium.task.TaskContext;

/// What the sampler of Python 3.15 (`profiling.sampling`) writes with `--binary`: whole stacks with their times and what the thread was doing.
///
/// A function is its name and file; the line that ran becomes a cost by line. Events: `samples`; `time`, which is samples times the interval, as
/// Python's own reports say it; and of the samples those `on-cpu`, with the lock of the interpreter (`gil`), waiting for it (`gil-wait`) and
/// with an `exception`, each where the file has any. In the order of time a stack is held to last until the thread's next sample, unless that is
/// more than ten intervals away.
///
/// Files of both byte orders and with both layouts of the header are read, packed with zstd or not. A sampler that is killed leaves a file without
/// header and tables, of which nothing can be shown.
///
/// Format: `InternalDocs/profiling_binary_format.md` and `Modules/_remote_debugging/binary_io_reader.c` of CPython.
public final class TachFormat implements ProfileFormat {
    /// The format's id.
    public static final String ID = "tach";
    private static final Strings STRINGS = Strings.of(TachFormat.class);

    /// The format; it has no state.
    public TachFormat() {}

    @Override public String id() {
        return ID;
    }

    @Override public Bid sniff(Head head) {
        if (TachHeader.magic(head.bytes())) return new Bid.Yes(98);
        return TachHeader.unfinished(head.bytes()) ? new Bid.Yes(60) : new Bid.No(STRINGS.get("tach.not.magic"));
    }

    @Override public Profile read(Source source, TaskContext context) throws IOException {
        return new TachReader(STRINGS, source, context).read();
    }
}
