package serpentarium.traffic.analysis.body;

import java.util.Arrays;
import java.util.Locale;

/// The coloured spans of a text in columns: ascending, not overlapping, none empty.
public final class Spans {
    private static final Kind[] KINDS = Kind.values();

    private int[] from = new int[0];
    private int[] to = new int[0];
    private byte[] kind = new byte[0];
    private int size;

    /// What a span is.
    public enum Kind {
        /// A key, an attribute's or a property's name.
        NAME,
        /// A string or an attribute's value.
        STRING,
        /// A number.
        NUMBER,
        /// A word of the language.
        WORD,
        /// A comment.
        COMMENT,
        /// A tag's name, an operation's name.
        TAG,
        /// What does not belong there.
        FAULT;

        /// The style class that gives it its colour.
        public String styleClass() {
            return "body-" + name().toLowerCase(Locale.ROOT);
        }
    }

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

    /// The first span that ends after `offset`.
    public int after(int offset) {
        int low = 0;
        for (int high = size; low < high; ) {
            int middle = low + high >>> 1;
            if (to[middle] <= offset) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// Adds a span after all others; an empty one is passed over.
    void add(int begin, int end, Kind what) {
        if (begin >= end) return;
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
