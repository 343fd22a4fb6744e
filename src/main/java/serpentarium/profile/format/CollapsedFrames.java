package serpentarium.profile.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import serpentarium.profile.FrameTable;
import serpentarium.profile.LineCosts;

/// The frames of collapsed stacks by their text: each different text is taken apart once. A function is its name and file; the line in a
/// text is the one that was running.
final class CollapsedFrames {
    private static final int ANNOTATION = 4;

    private final CollapsedShape.Frames style;
    private final ByteTexts texts = new ByteTexts();
    private final FrameTable.Builder frames = new FrameTable.Builder();
    private int[] frame = new int[256];
    private int[] line = new int[256];
    private int taken = 1;
    private int handedTexts = 1;
    private final List<String> names = new ArrayList<>();
    private int handedNames;

    CollapsedFrames(CollapsedShape.Frames style) {
        this.style = style;
    }

    /// The number of the frame text in `bytes[from, to)`; -1 when there is no room for it.
    int text(byte[] bytes, int from, int to) {
        int text = texts.intern(bytes, from, to);
        if (text == taken) take(text);
        return text;
    }

    /// The function of a text.
    int frame(int text) {
        return frame[text];
    }

    /// Tells a batch of the texts and functions that are new since the last one.
    void hand(CollapsedBatch batch) {
        batch.fresh(Arrays.copyOfRange(frame, handedTexts, taken), List.copyOf(names.subList(handedNames, names.size())));
        handedTexts = taken;
        handedNames = names.size();
    }

    private int function(String name, String file, String module) {
        return function(name, file, module, FrameTable.NO_LINE);
    }

    private int function(String name, String file, String module, int line) {
        int function = frames.intern(name, file, module, line);
        if (function == names.size()) names.add(name);
        return function;
    }

    private void take(int text) {
        if (text >= frame.length) {
            frame = Arrays.copyOf(frame, text * 2);
            line = Arrays.copyOf(line, text * 2);
        }
        taken++;
        String whole = texts.get(text);
        if (style == CollapsedShape.Frames.PLAIN || style == CollapsedShape.Frames.WRITTEN) takePlain(text, whole);
        else takeColons(text, whole);
    }

    /// perf's `py::NAME:FILE`, a name that flamegraph.pl's annotation follows, `NAME (FILE:LINE)`, or `NAME (FILE)` where FILE looks like one: a thread's `Thread-1 (worker)` stays whole.
    private void takePlain(int text, String whole) {
        int python = PerfFrames.pythonFile(whole);
        if (python > 0) {
            frame[text] = function(whole.substring(PerfFrames.PYTHON.length(), python - 1), whole.substring(python), null);
            return;
        }
        String module = annotation(whole);
        if (module != null) {
            frame[text] = function(whole.substring(0, whole.length() - ANNOTATION), null, module);
            return;
        }
        int open = openOfLast(whole);
        if (open > 0) {
            String place = whole.substring(open + 2, whole.length() - 1);
            int colon = place.lastIndexOf(':');
            int number = colon > 0 ? lineNumber(place, colon + 1) : -1;
            if (number >= 0) {
                boolean definition = style == CollapsedShape.Frames.WRITTEN;
                frame[text] = function(whole.substring(0, open), place.substring(0, colon), null, definition && number > 0 ? number : FrameTable.NO_LINE);
                if (!definition) line[text] = number;
                return;
            }
            if (looksLikeFile(place)) {
                frame[text] = function(whole.substring(0, open), place, null);
                return;
            }
        }
        frame[text] = function(whole, null, null);
    }

    /// `FILE:NAME:LINE`; anything else stays whole.
    private void takeColons(int text, String whole) {
        int second = whole.lastIndexOf(':');
        int first = second > 0 ? whole.lastIndexOf(':', second - 1) : -1;
        int number = first > 0 && second > first + 1 ? lineNumber(whole, second + 1) : -1;
        if (number < 0) {
            frame[text] = function(whole, null, null);
            return;
        }
        frame[text] = function(whole.substring(first + 1, second), whole.substring(0, first), null);
        line[text] = number;
    }

    /// What flamegraph.pl's `_[k]`, `_[i]` or `_[j]` at the end of a name says of it: it is the kernel's, inlined, or was compiled while the
    /// program ran. Null where there is none.
    private static String annotation(String text) {
        int at = text.length() - ANNOTATION;
        if (at < 1 || !text.startsWith("_[", at) || !text.endsWith("]")) return null;
        return switch (text.charAt(at + 2)) {
            case 'k' -> "[kernel]";
            case 'i' -> "[inlined]";
            case 'j' -> "[jit]";
            default -> null;
        };
    }

    /// Where the blank before the bracket stands that the last character closes; -1 where there is none.
    private static int openOfLast(String text) {
        if (!text.endsWith(")")) return -1;
        int depth = 0;
        for (int i = text.length() - 1; i > 0; i--) {
            char c = text.charAt(i);
            if (c == ')') depth++;
            else if (c == '(' && --depth == 0) return i > 1 && text.charAt(i - 1) == ' ' ? i - 1 : -1;
        }
        return -1;
    }

    private static int lineNumber(String text, int from) {
        int length = text.length() - from;
        if (length < 1 || length > 9) return -1;
        for (int i = from; i < text.length(); i++) if (!AsciiNumber.digit(text.charAt(i))) return -1;
        return Integer.parseInt(text, from, text.length(), 10);
    }

    /// Whether the text in the brackets behind a name is taken for a file.
    static boolean looksLikeFile(String place) {
        return place.indexOf('/') >= 0 || place.indexOf('\\') >= 0 || place.startsWith("<") && place.endsWith(">") && place.length() > 2
                || place.matches(".*\\.(pyw?|pyx|pyc|so[.0-9]*|dylib|dll|exe|pyd)");
    }

    /// The functions.
    FrameTable functions() {
        return frames.build();
    }

    /// The costs by the line that was running.
    ///
    /// @param self for each event those of each text at the top of a stack
    LineCosts lines(double[][] self) {
        var lines = new LineCosts.Builder(self.length);
        for (int text = 1; text < Math.min(taken, self[0].length); text++) {
            if (line[text] == 0) continue;
            int row = -1;
            for (int e = 0; e < self.length; e++) {
                if (self[e][text] == 0) continue;
                if (row < 0) row = lines.row(frame[text], -1, line[text]);
                lines.add(row, e, self[e][text]);
            }
        }
        return lines.build(frames.size());
    }
}
