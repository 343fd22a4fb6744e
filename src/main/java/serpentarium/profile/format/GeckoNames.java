package serpentarium.profile.format;

import java.util.Arrays;

import serpentarium.base.Strings;
import serpentarium.profile.FrameTable;
import serpentarium.profile.LineCosts;

/// What the frames of one set of tables are called, and what their lines cost.
final class GeckoNames {
    private static final int UNKNOWN = -2;

    private final Strings strings;
    private final GeckoTables tables;
    private final GeckoTables texts;
    private final GeckoTables sources;
    private final GeckoTables libs;
    private final FrameTable.Builder functions;
    private final boolean definitions;
    private final int[] ofFrame;
    private final int[] ofFunc;
    private final double[][] self;
    private boolean unnamed;

    /// @param tables      where the frames are
    /// @param shared      where strings, sources and libraries are that are not there
    /// @param functions   where the names go
    /// @param definitions whether the lines of functions are those of their definitions
    /// @param events      how many events have a cost
    GeckoNames(Strings strings, GeckoTables tables, GeckoTables shared, GeckoTables process, FrameTable.Builder functions,
            boolean definitions, int events) {
        this.strings = strings;
        this.tables = tables;
        texts = tables.hasStrings() ? tables : shared;
        sources = tables.hasSources() ? tables : shared;
        libs = tables.hasLibs() ? tables : process.hasLibs() ? process : shared;
        this.functions = functions;
        this.definitions = definitions;
        ofFrame = new int[tables.frames()];
        ofFunc = new int[tables.funcs()];
        Arrays.fill(ofFrame, UNKNOWN);
        Arrays.fill(ofFunc, UNKNOWN);
        self = new double[events][tables.frames()];
    }

    /// The function of a frame; -1 where there is no such frame.
    int function(int frame) {
        if (frame < 0 || frame >= ofFrame.length) return -1;
        if (ofFrame[frame] == UNKNOWN) ofFrame[frame] = find(frame);
        return ofFrame[frame];
    }

    private int find(int frame) {
        int location = tables.location(frame);
        if (location >= 0) return location(frame, texts.string(location));
        int func = tables.func(frame);
        if (func < 0 || func >= ofFunc.length) return unnamed(func < 0 ? frame : func);
        if (ofFunc[func] == UNKNOWN) ofFunc[func] = func(frame, func);
        return ofFunc[func];
    }

    private int func(int frame, int func) {
        String name = texts.string(tables.name(func));
        if (name == null) return unnamed(func);
        String file = texts.string(tables.file(func, sources));
        int line = definitions && file != null && tables.definition(func) > 0 ? tables.definition(func) : FrameTable.NO_LINE;
        String module = file == null ? libs.libName(tables.lib(frame, func)) : null;
        return functions.intern(name, file, module, line);
    }

    private int unnamed(int number) {
        unnamed = true;
        return functions.intern(strings.get("gecko.unnamed", String.valueOf(number)), null, null, FrameTable.NO_LINE);
    }

    /// `NAME (FILE:LINE:COLUMN)` of scripts, `NAME (in LIBRARY)` of machine code, or a name alone.
    private int location(int frame, String text) {
        if (text == null) return unnamed(frame);
        int open = text.endsWith(")") ? text.lastIndexOf(" (") : -1;
        if (open <= 0) return functions.intern(text, null, null, FrameTable.NO_LINE);
        String name = text.substring(0, open);
        String place = text.substring(open + 2, text.length() - 1);
        if (place.startsWith("in ") && place.length() > 3) return functions.intern(name, null, place.substring(3), FrameTable.NO_LINE);
        int last = numberAt(place, place.length());
        if (last < 0) return functions.intern(text, null, null, FrameTable.NO_LINE);
        int first = numberAt(place, last);
        int colon = first >= 0 ? first : last;
        int end = first >= 0 ? last : place.length();
        return functions.intern(name, place.substring(0, colon), null, Integer.parseInt(place, colon + 1, end, 10));
    }

    /// Where the colon stands before the digits that end at `to`; -1 where there are none, or nothing before them.
    private static int numberAt(String text, int to) {
        int at = to;
        while (at > 0 && AsciiNumber.digit(text.charAt(at - 1))) at--;
        return at < to && to - at < 10 && at > 1 && text.charAt(at - 1) == ':' ? at - 1 : -1;
    }

    /// Adds to the cost of a frame itself.
    void addSelf(int event, int frame, double cost) {
        if (frame >= 0 && frame < self[event].length) self[event][frame] += cost;
    }

    /// Adds the costs of lines.
    void lines(LineCosts.Builder lines) {
        for (int frame = 0; frame < ofFrame.length; frame++) {
            if (ofFrame[frame] < 0 || tables.line(frame) == 0) continue;
            for (int e = 0; e < self.length; e++)
                if (self[e][frame] > 0) lines.add(ofFrame[frame], null, tables.line(frame), e, self[e][frame]);
        }
    }

    /// Whether there were functions whose names the file does not have.
    boolean unnamed() {
        return unnamed;
    }
}
