package serpentarium.python.analysis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Rewrites a pin file: other words, and everything else as it was. Comments, blank lines and the line ends stay; a line whose version is
/// still wanted goes where its version goes, with what is written after it. A byte order mark is taken away, and the last line gets its end.
public final class PinEdit {
    private static final String BOM = "\u00ef\u00bb\u00bf";

    private PinEdit() {}

    /// A line in three parts; `word` is empty for a line that says nothing.
    private record Line(String before, String word, String after) {
        static Line of(String text) {
            int begin = 0;
            while (begin < text.length() && PinText.parts(text.charAt(begin))) begin++;
            int end = begin;
            while (end < text.length() && !PinText.parts(text.charAt(end))) end++;
            boolean says = end > begin && text.charAt(begin) != '#';
            return says ? new Line(text.substring(0, begin), text.substring(begin, end), text.substring(end)) : new Line(text, "", "");
        }

        String text() {
            return before + word + after;
        }
    }

    /// The file's new bytes.
    ///
    /// @param old   its bytes now; none for a new file
    /// @param words what it shall say, in order
    public static byte[] replace(byte[] old, List<String> words) {
        // Bytes as characters, so that a comment in any encoding comes through.
        String text = new String(old, StandardCharsets.ISO_8859_1);
        if (text.startsWith(BOM)) text = text.substring(BOM.length());
        String end = text.contains("\r\n") ? "\r\n" : "\n";
        List<Line> lines = text.isEmpty() ? List.of() : java.util.Arrays.stream(withoutLastEnd(text).split("\n", -1))
                .map(line -> Line.of(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line)).toList();
        List<String> wanted = words.stream().map(PinEdit::bytes).toList();
        var out = new StringBuilder();
        lines(lines, wanted).forEach(line -> out.append(line).append(end));
        return out.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<String> lines(List<Line> old, List<String> words) {
        Map<String, Line> kept = new HashMap<>();
        for (Line line : old) if (!line.word.isEmpty() && words.contains(line.word)) kept.putIfAbsent(line.word, line);
        Set<String> used = new HashSet<>();
        var out = new ArrayList<String>();
        int next = 0;
        int afterLast = -1;
        for (Line line : old) {
            if (line.word.isEmpty()) {
                out.add(line.text());
                continue;
            }
            if (next < words.size()) out.add(line(words.get(next++), line, kept, used));
            afterLast = out.size();
        }
        var rest = new ArrayList<String>();
        while (next < words.size()) rest.add(line(words.get(next++), new Line("", "", ""), kept, used));
        out.addAll(afterLast < 0 ? out.size() : afterLast, rest);
        return out;
    }

    private static String line(String word, Line slot, Map<String, Line> kept, Set<String> used) {
        Line own = kept.get(word);
        if (own != null && used.add(word)) return own.text();
        return kept.containsKey(slot.word) ? word : slot.before + word + slot.after;
    }

    private static String withoutLastEnd(String text) {
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    private static String bytes(String word) {
        return new String(word.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
