package serpentarium.profile.ui;

import serpentarium.profile.FrameTable;
import serpentarium.profile.analysis.Origin;

/// How views write a function: names and paths come from files of strangers, so they are cut and cleaned for one line of a cell.
final class FunctionText {
    private static final int LONGEST = 400;

    private FunctionText() {}

    /// The function's name, on one line.
    static String name(FrameTable frames, int function) {
        return line(frames.name(function));
    }

    /// The function's module; empty where nothing tells.
    static String module(FrameTable frames, int function) {
        String module = Origin.module(frames, function);
        return module == null ? "" : line(module);
    }

    /// The file's own name and the line, such as `decoder.py:337`; empty where no file is known.
    static String place(FrameTable frames, int function) {
        String file = frames.file(function);
        if (file == null) return "";
        int cut = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1;
        return withLine(line(cut < file.length() ? file.substring(cut) : file), frames.line(function));
    }

    /// The whole path and the line; empty where no file is known.
    static String path(FrameTable frames, int function) {
        String file = frames.file(function);
        return file == null ? "" : withLine(line(file), frames.line(function));
    }

    private static String withLine(String file, int line) {
        return line > 0 ? file + ":" + line : file;
    }

    /// Text for one line: control characters and those that turn the direction of writing are replaced, what is too long is cut.
    static String line(String text) {
        boolean clean = text.length() <= LONGEST;
        for (int i = 0; clean && i < text.length(); i++) clean = !odd(text.charAt(i));
        if (clean) return text;
        int end = Math.min(text.length(), LONGEST);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) end--;
        var out = new StringBuilder(end + 1);
        for (int i = 0; i < end; i++) out.append(odd(text.charAt(i)) ? '\uFFFD' : text.charAt(i));
        if (end < text.length()) out.append('…');
        return out.toString();
    }

    private static boolean odd(char c) {
        if (c >= ' ' && c < 0x7f) return false;
        return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT || c == '\u2028' || c == '\u2029';
    }
}
