package serpentarium.profile.format;

import java.io.IOException;

import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.Profile;
import serpentarium.task.TaskContext;

/// Collapsed (folded) stacks: a line a stack, `FRAME;FRAME;… COUNT`, the root first. Written by Brendan Gregg's stackcollapse scripts,
/// `py-spy record -f raw`, Austin before version 4, Python 3.15's sampling profiler and async-profiler; two counts a line are those of
/// difffolded.pl. Those of [CollapsedWriter] say what they count.
public final class CollapsedFormat implements ProfileFormat {
    private static final Strings STRINGS = Strings.of(CollapsedFormat.class);

    @Override public String id() {
        return "collapsed";
    }

    @Override public Bid sniff(Head raw) {
        Head head = Utf16.head(raw);
        byte[] bytes = head.bytes();
        if (bytes.length == 0) return no("collapsed.not.empty");
        boolean newline = false;
        boolean semicolon = false;
        for (byte b : bytes) {
            if (b >= 0 && b < 9 || b > 13 && b < 27) return no("collapsed.not.binary");
            newline |= b == '\n';
            semicolon |= b == ';';
        }
        int first = 0;
        while (first < bytes.length && bytes[first] <= ' ' && bytes[first] >= 0) first++;
        if (head.at(first) == '{' || head.at(first) == '[' && head.at(first + 1) != 'u') return no("collapsed.not.json");
        CollapsedShape shape = CollapsedShape.of(head);
        if (!newline && !head.whole()) return semicolon ? new Bid.Yes(2) : no("collapsed.not.lines");
        if (shape.good() * 10 < shape.lines() * 6 || shape.good() == 0) return no("collapsed.not.lines");
        if (shape.own() != null) return new Bid.Yes(95);
        if (shape.frames() != CollapsedShape.Frames.PLAIN) return new Bid.Yes(70);
        if (shape.joined() == 0) return shape.words() == shape.lines() ? new Bid.Yes(1) : no("collapsed.not.lines");
        boolean all = shape.good() * 100 >= shape.lines() * 98;
        return new Bid.Yes(all && shape.joined() * 2 >= shape.good() ? 40 : 15);
    }

    private static Bid no(String reason) {
        return new Bid.No(STRINGS.get(reason));
    }

    @Override public Profile read(Source source, TaskContext context) throws IOException {
        return read(source, context, Glimpses.NONE);
    }

    @Override public Profile read(Source source, TaskContext context, Glimpses glimpses) throws IOException {
        return new CollapsedReader(STRINGS, source, context, glimpses).read();
    }
}
