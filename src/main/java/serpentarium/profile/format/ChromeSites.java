package serpentarium.profile.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import serpentarium.profile.FrameTable;
import serpentarium.profile.LineCosts;

/// What the events of a trace are of: a site is a name and a place as an event gives them, and belongs to a function.
final class ChromeSites {
    private static final long MAX_ROOM = 1 << 30;
    /// About what a name, and what a site, take beside their text.
    private static final int OVERHEAD = 200;

    private final Map<String, Integer> names = new HashMap<>();
    private final Map<Key, Integer> sites = new HashMap<>();
    private final FrameTable.Builder functions = new FrameTable.Builder();
    private final List<String> texts = new ArrayList<>();
    private int[] name = new int[64];
    private int[] function = new int[64];
    private int[] line = new int[64];
    private double[] self = new double[64];
    private boolean lines;
    private boolean placed;
    private long room = Math.min(MAX_ROOM, Runtime.getRuntime().maxMemory() / 4);

    private record Key(int name, String file, int line) {}

    /// The number of a name; -1 where there is no room for a new one.
    int name(String text) {
        Integer known = names.get(text);
        if (known != null) return known;
        room -= OVERHEAD + text.length();
        if (room < 0) return -1;
        names.put(text, names.size());
        return names.size() - 1;
    }

    /// The number of a site; -1 where there is no room for a new one.
    ///
    /// @param file    null where none is known
    /// @param atLine  [FrameTable#NO_LINE] where none is known
    /// @param running whether the line is the one that ran, not that of the definition
    /// @param tracer  whether viztracer wrote it: what has no place there and a dotted name is a built-in
    int site(String text, String file, int atLine, boolean running, boolean tracer) {
        int nameId = name(text);
        if (nameId < 0) return -1;
        var key = new Key(nameId, file, atLine);
        Integer known = sites.get(key);
        if (known != null) return known;
        room -= OVERHEAD + (file == null ? 0 : file.length());
        if (room < 0) return -1;
        int site = sites.size();
        sites.put(key, site);
        if (site == name.length) {
            name = Arrays.copyOf(name, site * 2);
            function = Arrays.copyOf(function, site * 2);
            line = Arrays.copyOf(line, site * 2);
            self = Arrays.copyOf(self, site * 2);
        }
        placed |= file != null;
        name[site] = nameId;
        line[site] = running ? atLine : FrameTable.NO_LINE;
        lines |= running && atLine > 0;
        PlacedName its = file == null ? PlacedName.of(text) : new PlacedName(text, file, running ? FrameTable.NO_LINE : atLine);
        String module = tracer && its.file() == null ? moduleOf(its.name()) : null;
        function[site] = functions.intern(its.name(), its.file(), module, its.line());
        if (function[site] == texts.size()) texts.add(its.name());
        return site;
    }

    /// `math` of `math.sqrt`; null where the text is no dotted name.
    private static String moduleOf(String text) {
        int dot = text.lastIndexOf('.');
        if (dot <= 0 || dot == text.length() - 1) return null;
        for (int i = 0; i < text.length(); i++)
            if (text.charAt(i) != '.' && !Character.isJavaIdentifierPart(text.charAt(i))) return null;
        return text.substring(0, dot);
    }

    /// The name of a site.
    int nameOf(int site) {
        return name[site];
    }

    /// The name of a site's function.
    String text(int site) {
        return texts.get(function[site]);
    }

    /// How many names there are.
    int names() {
        return names.size();
    }

    /// The function of a site.
    int function(int site) {
        return function[site];
    }

    /// Adds to a site's own cost.
    void addSelf(int site, double cost) {
        self[site] += cost;
    }

    /// The functions. Where events say in which file their functions are, those of a dotted name that say none are built in.
    FrameTable functions() {
        FrameTable built = functions.build();
        if (!placed) return built;
        var named = new FrameTable.Builder();
        for (int f = 0; f < built.size(); f++) {
            boolean bare = built.file(f) == null && built.module(f) == null;
            named.add(built.name(f), built.file(f), bare ? moduleOf(built.name(f)) : built.module(f), built.line(f));
        }
        return named.build();
    }

    /// The costs by line, where lines are those that ran.
    LineCosts lines() {
        if (!lines) return LineCosts.NONE;
        var costs = new LineCosts.Builder(1);
        for (int site = 0; site < sites.size(); site++)
            if (line[site] > 0 && self[site] > 0) costs.add(function[site], null, line[site], 0, self[site]);
        return costs.build(functions.size());
    }
}
