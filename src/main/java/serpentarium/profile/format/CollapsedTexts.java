package serpentarium.profile.format;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import serpentarium.profile.FrameTable;

/// The texts of functions in collapsed stacks: `NAME`, `NAME (FILE)`, or `NAME (FILE:LINE)` where the line of the definition is known;
/// each made once.
final class CollapsedTexts {
    private final FrameTable frames;
    private final byte[][] texts;
    private final Map<String, Integer> taken = new HashMap<>();
    private boolean altered;

    CollapsedTexts(FrameTable frames) {
        this.frames = frames;
        texts = new byte[frames.size()][];
    }

    /// The text of a function.
    byte[] of(int function) {
        if (texts[function] == null) texts[function] = made(function).getBytes(StandardCharsets.UTF_8);
        return texts[function];
    }

    private String made(int function) {
        String name = frames.name(function);
        String file = frames.file(function);
        int line = frames.line(function);
        String text = name;
        if (file != null) text = line > 0 ? name + " (" + file + ":" + line + ")" : name + " (" + file + (looksLikeFile(file) ? ")" : ":0)");
        String module = frames.module(function);
        if (file == null && module != null) text += switch (module) {
            case "[kernel]" -> "_[k]";
            case "[inlined]" -> "_[i]";
            case "[jit]" -> "_[j]";
            default -> "";
        };
        String clean = clean(text);
        if (!clean.equals(text)) altered = true;
        // Two functions that differ only in their library are two boxes in every viewer.
        Integer other = taken.putIfAbsent(clean, function);
        if (other != null && other != function && module != null) clean = clean(clean + " [" + module + "]");
        return clean;
    }

    private static boolean looksLikeFile(String place) {
        return CollapsedFrames.looksLikeFile(place);
    }

    /// Whether a text had to be changed, for it holds what the format cannot.
    boolean altered() {
        return altered;
    }

    /// What stands before the first frame of a thread's stacks.
    static byte[] thread(int number, String name) {
        return ("thread (" + number + "): " + clean(name) + ";").getBytes(StandardCharsets.UTF_8);
    }

    /// A text without what ends a frame or a line in this format.
    static String clean(String text) {
        String line = text.replace(';', ':');
        var out = new StringBuilder(line.length());
        line.codePoints().forEach(c -> out.appendCodePoint(Character.isISOControl(c) ? ' ' : c >= 0xd800 && c <= 0xdfff ? 0xfffd : c));
        String clean = out.toString().strip();
        if (clean.startsWith("#")) clean = "_" + clean;
        return clean.isEmpty() ? "?" : clean;
    }
}
