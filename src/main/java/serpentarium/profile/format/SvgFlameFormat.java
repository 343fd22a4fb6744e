package serpentarium.profile.format;

import java.io.IOException;

import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.Profile;
import serpentarium.task.TaskContext;

/// Flame graphs as SVG pictures, as flamegraph.pl and inferno draw them: what `py-spy record` writes unless told otherwise, `cargo
/// flamegraph`, async-profiler of old and many more.
///
/// Each box is a rectangle with a title `NAME (COUNT UNIT, PERCENT%)`. Its row is its depth in the stack, and it lies over the box that
/// called it (under it in an icicle graph): so the tree is that of the picture, with counts as exact as its titles. Boxes narrower than
/// about a tenth of a pixel were not drawn; what they cost is in the own cost of what called them. In a picture of the difference between
/// two profiles the counts are those of the second. Further lines of a title are left alone.
///
/// Format: `flamegraph.pl` of brendangregg/FlameGraph and `src/flamegraph/mod.rs` of jonhoo/inferno, whose rectangles say in `fg:x` and
/// `fg:w` what others only say in pixels.
public final class SvgFlameFormat implements ProfileFormat {
    /// The format's id.
    public static final String ID = "svg";
    private static final Strings STRINGS = Strings.of(SvgFlameFormat.class);

    /// The format; it has no state.
    public SvgFlameFormat() {}

    @Override public String id() {
        return ID;
    }

    @Override public Bid sniff(Head head) {
        if (JsonInput.first(head) != '<') return new Bid.No(STRINGS.get("svg.not.markup"));
        String text = head.latin1();
        if (!text.contains("<svg")) return new Bid.No(STRINGS.get("svg.not.svg"));
        boolean known = text.contains("func_g") || text.contains("fg:x") || text.contains("FlameGraph") || text.contains("id=\"frames\"");
        return known ? new Bid.Yes(95) : new Bid.No(STRINGS.get("svg.not.flames"));
    }

    @Override public Profile read(Source source, TaskContext context) throws IOException {
        return new SvgFlameReader(STRINGS, source, context).read();
    }
}
