package serpentarium.log.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import serpentarium.log.Level;

/// A piece of a line's head, for finding out how lines are laid out.
///
/// @param kind `T` a time, `L` a level, `I` a whole number, `W` a word, `S` blanks, `[` and `(` something in brackets, else the character itself
/// @param text what stands there; of something in brackets what is inside
record Token(char kind, String text) {
    private static final int MOST = 24;
    private static final int LOOKED_AT = 240;
    private static final int LONGEST_BRACKET = 80;
    private static final String WORD = "._-/<>$@#";

    /// The first pieces of a line.
    static List<Token> of(byte[] b, int from, int to, TimeReader times) {
        var tokens = new ArrayList<Token>();
        int end = Math.min(to, from + LOOKED_AT);
        int at = from;
        boolean time = false;
        boolean level = false;
        while (at < end && tokens.size() < MOST) {
            int c = b[at];
            int next = time ? -1 : times.read(b, at, end);
            if (next > at) {
                time = true;
                tokens.add(new Token('T', text(b, at, next)));
            } else if (c == ' ' || c == '\t') {
                next = at;
                while (next < end && (b[next] == ' ' || b[next] == '\t')) next++;
                tokens.add(new Token('S', " "));
            } else if (c >= '0' && c <= '9') {
                next = at + TimeReader.run(b, at, end);
                tokens.add(new Token('I', text(b, at, next)));
            } else if (letter(c)) {
                next = word(b, at, end);
                int known = level ? 0 : level(b, at, next, end, tokens);
                if (known > 0) {
                    level = true;
                    next = known;
                }
                tokens.add(new Token(known > 0 ? 'L' : 'W', text(b, at, next)));
                // A level that is filled up with blanks.
                int close = next;
                while (known > 0 && close < end && b[close] == ' ') close++;
                if (close < end && (b[close] == ']' || b[close] == ')')) next = close;
            } else if ((c == '[' || c == '(') && bracket(b, at, end, times, time, level) > 0) {
                next = bracket(b, at, end, times, time, level);
                tokens.add(new Token((char) c, text(b, at + 1, next - 1)));
            } else {
                next = at + 1;
                tokens.add(new Token((char) (c & 0xff), text(b, at, next)));
            }
            at = next;
        }
        return tokens;
    }

    private static String text(byte[] b, int from, int to) {
        return new String(b, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static boolean letter(int c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' || c == '_' || c < 0 || c == '<';
    }

    private static int word(byte[] b, int from, int end) {
        int at = from;
        while (at < end && (letter(b[at]) || b[at] >= '0' && b[at] <= '9' || WORD.indexOf(b[at]) >= 0)) at++;
        // A mark at the end separates.
        while (at > from + 1 && (b[at - 1] == '-' || b[at - 1] == '.' || b[at - 1] == '/')) at--;
        return at;
    }

    /// Where the level that begins here ends, or 0.
    private static int level(byte[] b, int from, int to, int end, List<Token> before) {
        int past = to;
        if (to - from == 5 && b[from] == 'L' && to + 1 < end && b[to] == ' ' && TimeReader.run(b, to + 1, end) > 0) past = to + 1 + TimeReader.run(b, to + 1, end);
        if (Level.number(b, from, past) == Level.UNKNOWN) return 0;
        boolean capital = b[from] < 'a';
        boolean all = capital && (past - from == 1 || b[from + 1] < 'a' || past > to);
        char prior = before.isEmpty() ? 0 : before.getLast().kind;
        boolean enclosed = prior == '[' || prior == '(' || prior == '|' || prior == '<' || past < end && (b[past] == ':' || b[past] == ']' || b[past] == '|');
        if (past - from == 1 && !all) return 0;
        return all || enclosed ? past : 0;
    }

    /// One past the bracket that closes what opens here, where neither a time nor a level is inside; else 0.
    private static int bracket(byte[] b, int from, int end, TimeReader times, boolean time, boolean level) {
        int close = b[from] == '[' ? ']' : ')';
        int most = Math.min(end, from + LONGEST_BRACKET);
        int inside = from + 1;
        while (inside < most && b[inside] == ' ') inside++;
        if (!time && times.read(b, inside, end) > 0) return 0;
        int wordEnd = inside;
        while (wordEnd < most && letter(b[wordEnd])) wordEnd++;
        if (!level && wordEnd > inside && Level.number(b, inside, wordEnd) != Level.UNKNOWN) return 0;
        if (!level && wordEnd - inside == 5 && wordEnd + 1 < most && Level.number(b, inside, wordEnd + 1 + TimeReader.run(b, wordEnd + 1, most)) != Level.UNKNOWN) return 0;
        int depth = 0;
        for (int at = from; at < most; at++) {
            if (b[at] == b[from]) depth++;
            else if (b[at] == close && --depth == 0) return at + 1;
        }
        return 0;
    }
}
