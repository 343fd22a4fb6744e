package serpentarium.kit.source;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.fxmisc.richtext.model.StyleSpans;
import org.fxmisc.richtext.model.StyleSpansBuilder;

/// The coloured spans of a text in columns: ascending, not overlapping, none empty.
public final class HighlightSpans {
    /// What a span is.
    public enum Kind {
        /// A word of the language.
        KEYWORD,
        /// A function or type that the language has built in.
        BUILTIN,
        /// The name in a definition.
        DEFINITION,
        /// A decorator with its `@`.
        DECORATOR,
        /// A string with its quotes and prefix.
        STRING,
        /// A comment.
        COMMENT,
        /// A number.
        NUMBER;

        /// The style class that gives it its colour.
        public String styleClass() {
            return "code-" + name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /// No span.
    public static final HighlightSpans NONE = new HighlightSpans();

    private static final Kind[] KINDS = Kind.values();

    private int[] from = new int[0];
    private int[] to = new int[0];
    private byte[] kind = new byte[0];
    private int size;

    /// How many there are.
    public int size() {
        return size;
    }

    /// Where a span begins.
    public int from(int span) {
        return from[span];
    }

    /// Where a span ends: one past its last character.
    public int to(int span) {
        return to[span];
    }

    /// What a span is.
    public Kind kind(int span) {
        return KINDS[kind[span]];
    }

    /// The spans for a text area.
    ///
    /// @param length of the text
    public StyleSpans<Collection<String>> styles(int length) {
        var builder = new StyleSpansBuilder<Collection<String>>(2 * size + 1);
        int at = 0;
        for (int i = 0; i < size; i++) {
            builder.add(List.of(), from[i] - at);
            builder.add(List.of(kind(i).styleClass()), to[i] - from[i]);
            at = to[i];
        }
        builder.add(List.of(), length - at);
        return builder.create();
    }

    /// Adds a span after all others; an empty one is passed over, one that continues the last is joined to it.
    void add(int begin, int end, Kind what) {
        if (begin >= end) return;
        if (size > 0 && to[size - 1] == begin && kind[size - 1] == what.ordinal() && (what == Kind.STRING || what == Kind.COMMENT)) {
            to[size - 1] = end;
            return;
        }
        if (size == from.length) {
            int more = size + (size >> 1) + 64;
            from = Arrays.copyOf(from, more);
            to = Arrays.copyOf(to, more);
            kind = Arrays.copyOf(kind, more);
        }
        from[size] = begin;
        to[size] = end;
        kind[size++] = (byte) what.ordinal();
    }
}
