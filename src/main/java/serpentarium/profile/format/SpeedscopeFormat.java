package serpentarium.profile.format;

import java.io.IOException;

import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.Profile;
import serpentarium.task.TaskContext;

/// speedscope's own JSON: one table of frames and any number of profiles over it, `sampled` (stacks and weights) or `evented` (frames that
/// are opened and closed). Written by py-spy (`-f speedscope`), Austin, memray, pyinstrument and speedscope itself.
///
/// Each profile becomes a thread. Times become seconds whatever the file counts them in; profiles of different units are different events.
/// A frame is a function by its name, file and line; where the exporter is py-spy, Austin or memray the line is the one that ran, so that a
/// function is its name and file, and the lines are costs by line.
///
/// Format: speedscope's `src/lib/file-format-spec.ts`.
public final class SpeedscopeFormat implements ProfileFormat {
    /// The format's id.
    public static final String ID = "speedscope";
    private static final Strings STRINGS = Strings.of(SpeedscopeFormat.class);

    /// The format; it has no state.
    public SpeedscopeFormat() {}

    @Override public String id() {
        return ID;
    }

    @Override public Bid sniff(Head head) {
        if (JsonInput.first(head) != '{') return new Bid.No(STRINGS.get("speedscope.not.object"));
        String text = head.latin1();
        if (text.contains("speedscope.app/file-format-schema")) return new Bid.Yes(98);
        boolean profiles = text.contains("\"profiles\"") && (text.contains("\"evented\"") || text.contains("\"sampled\""));
        if (profiles) return new Bid.Yes(70);
        boolean frames = text.contains("\"shared\"") && text.contains("\"frames\"");
        return frames ? new Bid.Yes(50) : new Bid.No(STRINGS.get("speedscope.not.keys"));
    }

    @Override public Profile read(Source source, TaskContext context) throws IOException {
        return new SpeedscopeReader(STRINGS, source, context).read();
    }
}
