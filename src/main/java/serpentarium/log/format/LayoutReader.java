package serpentarium.log.format;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import serpentarium.log.LogFormat;

/// Reads the lines of a format that is given by layouts: the first that fits is taken.
final class LayoutReader implements LineReader {
    private final LogFormat format;
    private final Layout[] layouts;
    private final List<String> more;
    private byte[] ownName;

    private LayoutReader(LogFormat format, Layout[] layouts, List<String> more) {
        this.format = format;
        this.layouts = layouts;
        this.more = more;
    }

    /// Compiles a format's layouts.
    ///
    /// @throws IllegalArgumentException where one is wrong; its message is the part that is
    static LayoutReader of(LogFormat format, Clock clock) {
        var more = new ArrayList<String>();
        Layout[] layouts = format.layouts().stream().map(layout -> Layout.of(layout, clock, more)).toArray(Layout[]::new);
        return new LayoutReader(format, layouts, more);
    }

    @Override public LineReader copy(Clock clock) {
        Layout[] copies = new Layout[layouts.length];
        for (int i = 0; i < copies.length; i++) copies[i] = layouts[i].copy(clock);
        var copy = new LayoutReader(format, copies, more);
        copy.ownName = ownName;
        return copy;
    }

    /// A level's name that means a level of its own here, although elsewhere it is another spelling: a program that writes `WARNING` means
    /// something else by `warn`.
    void ownName(byte[] name) {
        ownName = name;
    }

    void dayFirst() {
        for (Layout layout : layouts) layout.dayFirst();
    }

    @Override public LogFormat format() {
        return format;
    }

    @Override public boolean read(byte[] bytes, int from, int to, Spans spans) {
        for (int i = 0; i < layouts.length; i++) {
            if (i > 0) spans.clear();
            if (!layouts[i].match(bytes, from, to, spans)) continue;
            if (ownName != null && spans.has(Spans.LEVEL) && same(bytes, spans)) spans.usual = false;
            return true;
        }
        return false;
    }

    private boolean same(byte[] bytes, Spans spans) {
        int at = spans.from[Spans.LEVEL];
        if (spans.to[Spans.LEVEL] - at != ownName.length) return false;
        for (int i = 0; i < ownName.length; i++) if (bytes[at + i] != ownName[i]) return false;
        return true;
    }

    @Override public String text(String name, byte[] bytes, int from, int to, Spans spans, Charset charset) {
        int at = more.indexOf(name);
        for (int i = 0; at < 0 && i < more.size(); i++) if (more.get(i).equalsIgnoreCase(name)) at = i;
        if (at >= 0) return own(Spans.MORE + at, bytes, spans, charset);
        int pairs = Spans.MORE + more.indexOf(Layout.PAIRS);
        return pairs >= Spans.MORE && spans.has(pairs) ? PairsReader.find(name, bytes, spans.from[pairs], spans.to[pairs], charset) : null;
    }

    @Override public void fields(byte[] bytes, int from, int to, Spans spans, Charset charset, Map<String, Object> fields) {
        for (int i = 0; i < more.size(); i++) {
            if (more.get(i).equals(Layout.PAIRS) && spans.has(Spans.MORE + i)) {
                PairsReader.put(bytes, spans.from[Spans.MORE + i], spans.to[Spans.MORE + i], charset, fields);
                continue;
            }
            String text = own(Spans.MORE + i, bytes, spans, charset);
            if (text != null) fields.put(more.get(i), value(text));
        }
        String function = own(Spans.FUNCTION, bytes, spans, charset);
        if (function != null) fields.put("function", function);
    }

    /// Whole numbers as numbers.
    static Object value(String text) {
        if (text.isEmpty() || text.length() > 18 || text.length() > 1 && text.charAt(0) == '0') return text;
        for (int i = 0; i < text.length(); i++) if (!Character.isDigit(text.charAt(i)) || text.charAt(i) > '9') return text;
        return Long.parseLong(text);
    }
}
