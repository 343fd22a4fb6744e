package serpentarium.profile.format;

import java.io.IOException;

import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.Profile;
import serpentarium.task.TaskContext;

/// What pyinstrument saves: sessions (`.pyisession`, `-r session`) of all versions, and the trees of its JSON renderer (`-r json`).
///
/// A session lists stacks, the root first, each with the seconds since the one before it: their order is that of time. A frame is
/// `FUNCTION\0FILE\0LINE`, then attributes, each after `\1`: `c` and the class of `self`, `l` and the line that ran, `h` to be hidden. Names
/// in brackets are pyinstrument's own: `[await]` waits, `[out-of-context]` is time in other tasks. Where all calls of a function have one
/// class, it stands before the name.
///
/// A tree has been shortened by pyinstrument before it was written (short calls and its grouping), and repeated calls lie together: it has
/// no order of time. The time of a `[self]` is that of the frame it lies in.
///
/// Format: `pyinstrument/session.py`, `frame_info.py` and `renderers/jsonrenderer.py` of joerick/pyinstrument.
public final class PyinstrumentFormat implements ProfileFormat {
    /// The format's id.
    public static final String ID = "pyinstrument";
    private static final Strings STRINGS = Strings.of(PyinstrumentFormat.class);

    /// The format; it has no state.
    public PyinstrumentFormat() {}

    @Override public String id() {
        return ID;
    }

    @Override public Bid sniff(Head head) {
        if (JsonInput.first(head) != '{') return new Bid.No(STRINGS.get("pyinstrument.not.object"));
        String text = head.latin1();
        if (text.contains("\"frame_records\"")) return new Bid.Yes(96);
        if (text.contains("\"sample_count\"") && (text.contains("\"root_frame\"") || text.contains("\"start_call_stack\"")))
            return new Bid.Yes(96);
        if (text.contains("\"file_path_short\"") && text.contains("\"line_no\"") && text.contains("\"function\"")) return new Bid.Yes(90);
        return new Bid.No(STRINGS.get("pyinstrument.not.keys"));
    }

    @Override public Profile read(Source source, TaskContext context) throws IOException {
        return new PyinstrumentReader(STRINGS, source, context).read();
    }
}
