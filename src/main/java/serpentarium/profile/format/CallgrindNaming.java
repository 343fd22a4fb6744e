package serpentarium.profile.format;

import java.util.HashMap;
import java.util.Map;
import serpentarium.profile.FrameTable;

/// The names of functions in a callgrind file. There a function is its object, file and name: where two differ only in the line of their
/// definition, that line is added to the name.
final class CallgrindNaming {
    private final FrameTable frames;
    private final Map<Key, Integer> first = new HashMap<>();
    private final boolean[] ambiguous;

    private record Key(String module, String file, String name) {}

    CallgrindNaming(FrameTable frames) {
        this.frames = frames;
        ambiguous = new boolean[frames.size()];
        for (int f = 0; f < ambiguous.length; f++) {
            Integer other = first.putIfAbsent(new Key(frames.module(f), frames.file(f), frames.name(f)), f);
            if (other == null) continue;
            ambiguous[f] = true;
            ambiguous[other] = true;
        }
        first.clear();
    }

    /// The function's name.
    String name(int function) {
        String name = clean(frames.name(function));
        int line = frames.line(function);
        // A name that ends like this by itself gets the line too, so that the reader may always take it off.
        return line > 0 && (ambiguous[function] || name.endsWith(suffix(line))) ? name + suffix(line) : name;
    }

    /// What is added to a name: the line of the definition.
    static String suffix(int line) {
        return ":" + line;
    }

    /// The function's file; `???` where none is known.
    String file(int function) {
        return known(frames.file(function));
    }

    /// The function's object file; `???` where none is known.
    String object(int function) {
        return known(frames.module(function));
    }

    /// The line of the definition; 0 where it is not known.
    int line(int function) {
        return Math.max(0, frames.line(function));
    }

    static String known(String text) {
        return text == null ? "???" : clean(text);
    }

    /// A text in one line that UTF-8 can hold.
    static String clean(String text) {
        var out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.appendCodePoint(Character.isISOControl(c) ? ' ' : c >= 0xd800 && c <= 0xdfff ? 0xfffd : c));
        String clean = out.toString().strip();
        return clean.isEmpty() ? "?" : clean;
    }
}
