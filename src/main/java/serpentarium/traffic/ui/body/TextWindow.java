package serpentarium.traffic.ui.body;

import java.util.Arrays;

/// Cuts a long text into windows that begin and end with lines, and breaks lines that are too long to be shown.
final class TextWindow {
    private final String text;
    private final int size;
    private final int longest;
    private final int[] starts;
    private final int lines;

    /// @param size    characters of a window, about
    /// @param longest characters of the longest line that is not broken
    TextWindow(String text, int size, int longest) {
        this.text = text;
        this.size = size;
        this.longest = longest;
        int[] found = new int[64];
        int count = 1;
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            if (count == found.length) found = Arrays.copyOf(found, count * 2);
            found[count++] = i + 1;
        }
        starts = Arrays.copyOf(found, count);
        lines = count;
    }

    /// Whether one window shows everything.
    boolean single() {
        return text.length() <= size + size / 4;
    }

    /// How many lines the text has.
    int lineCount() {
        return lines;
    }

    /// The line of an offset, from 0.
    int lineOf(int offset) {
        int found = Arrays.binarySearch(starts, offset);
        return found >= 0 ? found : -found - 2;
    }

    /// The window that begins with the line of `from`, or inside it where it is longer than a window.
    Page page(int from) {
        int start = starts[lineOf(Math.max(0, Math.min(from, text.length())))];
        if (from - start > size / 2) start = from;
        int to = single() ? text.length() : Math.min(text.length(), start + size);
        if (to < text.length()) {
            int line = starts[lineOf(to)];
            if (line > start + size / 2) to = line - 1;
        }
        return new Page(start, to);
    }

    /// The window before one.
    int before(Page page) {
        return Math.max(0, page.from() - size);
    }

    /// The window after one.
    int after(Page page) {
        return page.to() >= text.length() ? page.from() : page.to() + (text.charAt(page.to()) == '\n' ? 1 : 0);
    }

    /// A window in which an offset has text before it.
    int around(int offset) {
        return Math.max(0, offset - size / 4);
    }

    /// A piece of the text with its too long lines broken.
    final class Page {
        private final int from;
        private final int to;
        private final String shown;
        private int[] breaks = new int[16];
        private int broken;
        private final int[] lineOf;

        Page(int from, int to) {
            this.from = from;
            this.to = to;
            var out = new StringBuilder(to - from + 64);
            int[] paragraphs = new int[64];
            int count = 0;
            int line = TextWindow.this.lineOf(from);
            paragraphs[count++] = line;
            int length = 0;
            for (int i = from; i < to; i++) {
                char c = text.charAt(i);
                boolean newline = c == '\n';
                if (!newline && length >= longest && !Character.isLowSurrogate(c)) {
                    if (broken == breaks.length) breaks = Arrays.copyOf(breaks, broken * 2);
                    breaks[broken++] = i;
                    out.append('\n');
                    length = 0;
                    if (count == paragraphs.length) paragraphs = Arrays.copyOf(paragraphs, count * 2);
                    paragraphs[count++] = line;
                }
                out.append(c);
                length++;
                if (!newline) continue;
                length = 0;
                if (count == paragraphs.length) paragraphs = Arrays.copyOf(paragraphs, count * 2);
                paragraphs[count++] = ++line;
            }
            shown = out.toString();
            lineOf = Arrays.copyOf(paragraphs, count);
        }

        /// Where it begins in the text.
        int from() {
            return from;
        }

        /// Where it ends.
        int to() {
            return to;
        }

        /// What is in the control.
        String text() {
            return shown;
        }

        /// How many paragraphs the control has.
        int lines() {
            return lineOf.length;
        }

        /// The first line, from 0.
        int firstLine() {
            return lineOf[0];
        }

        /// The line, from 0, of a paragraph of the control.
        int line(int paragraph) {
            return paragraph < lineOf.length ? lineOf[paragraph] : lineOf[lineOf.length - 1];
        }

        /// The last paragraph before the one in which a line begins, or the last there is.
        int paragraphBefore(int line) {
            int low = 0;
            for (int high = lineOf.length; low < high; ) {
                int middle = low + high >>> 1;
                if (lineOf[middle] < line) low = middle + 1;
                else high = middle;
            }
            return low - 1;
        }

        /// An offset of the text as one of the control.
        int shown(int offset) {
            int low = 0;
            for (int high = broken; low < high; ) {
                int middle = low + high >>> 1;
                if (breaks[middle] <= offset) low = middle + 1;
                else high = middle;
            }
            return offset - from + low;
        }

        /// An offset of the control as one of the text.
        int offset(int place) {
            int low = 0;
            for (int high = broken; low < high; ) {
                int middle = low + high >>> 1;
                if (breaks[middle] - from + middle < place) low = middle + 1;
                else high = middle;
            }
            return Math.min(to, place + from - low);
        }
    }
}
