package serpentarium.python.analysis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A pin file as pyenv's `version-file-read` takes it apart: of each line the first word, unless it begins with `#`. Blank, tab and carriage
/// return part words; NUL is passed over; a line of more than 1,024 characters counts as several.
///
/// @param words     in order; a word may still hold several versions, parted by colons
/// @param bom       whether the file begins with a byte order mark, which is a part of the first word
/// @param longLines the lines, from 1, that count as several
public record PinText(List<Word> words, boolean bom, List<Integer> longLines) {
    /// What `read -n` takes at a time.
    static final int CHUNK = 1024;
    private static final char BOM = '\ufeff';

    /// Copies the lists.
    public PinText {
        words = List.copyOf(words);
        longLines = List.copyOf(longLines);
    }

    /// A word and its line, from 1.
    public record Word(String text, int line) {}

    /// Reads the bytes of a file; what is no UTF-8 is replaced, and is no version either way.
    public static PinText of(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8).replace("\0", "");
        var words = new ArrayList<Word>();
        var longLines = new ArrayList<Integer>();
        int line = 1;
        int at = 0;
        while (at < text.length()) {
            int newline = text.indexOf('\n', at);
            int end = newline < 0 ? text.length() : newline;
            if (end - at > CHUNK) {
                if (longLines.isEmpty() || longLines.getLast() != line) longLines.add(line);
                word(text.substring(at, at + CHUNK), line, words);
                at += CHUNK;
            } else {
                word(text.substring(at, end), line++, words);
                at = end + 1;
            }
        }
        return new PinText(words, !text.isEmpty() && text.charAt(0) == BOM, longLines);
    }

    private static void word(String chunk, int line, List<Word> words) {
        int begin = 0;
        while (begin < chunk.length() && parts(chunk.charAt(begin))) begin++;
        int end = begin;
        while (end < chunk.length() && !parts(chunk.charAt(end))) end++;
        if (end > begin && chunk.charAt(begin) != '#') words.add(new Word(chunk.substring(begin, end), line));
    }

    /// Whether a character parts words.
    static boolean parts(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }

    /// The versions of several words: joined by colons and parted at them again, as pyenv does, so that an empty one may come between. One
    /// colon at the end says nothing.
    public static List<Word> fields(List<Word> words) {
        var fields = new ArrayList<Word>();
        for (int i = 0; i < words.size(); i++) {
            Word word = words.get(i);
            boolean last = i == words.size() - 1;
            int begin = 0;
            for (int colon; (colon = word.text.indexOf(':', begin)) >= 0; begin = colon + 1) fields.add(new Word(word.text.substring(begin, colon), word.line));
            if (!last || begin < word.text.length()) fields.add(new Word(word.text.substring(begin), word.line));
        }
        return fields;
    }
}
