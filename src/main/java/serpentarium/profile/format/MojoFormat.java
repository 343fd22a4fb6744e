package serpentarium.profile.format;

import java.io.IOException;

import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.Profile;
import serpentarium.task.TaskContext;

/// MOJO, the binary format of the Austin sampler, versions 1 to 4.
///
/// A function is its name and file; the line that ran becomes a cost by line. Threads of all processes are parts, in the order of time. What
/// is counted goes by what the file holds: `time` and `cpu` in microseconds (in full mode, `cpu` is the time in which the thread was not idle),
/// `memory` and `freed` in bytes. A collection of garbage is a frame `:GC:` above the stack, a frame that could not be read is `:INVALID:`.
/// Where asyncio's suspended tasks were recorded, they are a part of their own for each process, with an event of its own: `suspended`, how long
/// a task stood at an `await`. Who waits for whom is not looked at.
///
/// Format: Austin's `src/mojo.h` and `src/events.c`.
public final class MojoFormat implements ProfileFormat {
    /// The format's id.
    public static final String ID = "mojo";
    private static final Strings STRINGS = Strings.of(MojoFormat.class);
    private static final int MOST_VERSION = 0x20;

    /// The format; it has no state.
    public MojoFormat() {}

    @Override public String id() {
        return ID;
    }

    @Override public Bid sniff(Head head) {
        boolean magic = head.at(0) == 'M' && head.at(1) == 'O' && head.at(2) == 'J' && head.at(3) > 0 && head.at(3) < MOST_VERSION;
        return magic ? new Bid.Yes(95) : new Bid.No(STRINGS.get("mojo.not.magic"));
    }

    @Override public Profile read(Source source, TaskContext context) throws IOException {
        return new MojoReader(STRINGS, source, context).read();
    }
}
