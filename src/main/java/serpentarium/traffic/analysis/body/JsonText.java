package serpentarium.traffic.analysis.body;

import serpentarium.base.JsonEscapes;

/// JSON's tokens, one after the other, without recursion and without a value made of any: numbers and strings stay as they were written.
///
/// Source: RFC 8259. `NaN` and `Infinity` of Python's `json` are taken as words.
final class JsonText {
    /// What a token is.
    enum Token { OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY, COLON, COMMA, STRING, NUMBER, WORD, FAULT, END }

    private final String text;
    private int at;
    private int from;

    JsonText(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /// Where the token begins.
    int from() {
        return from;
    }

    /// One past its end.
    int to() {
        return at;
    }

    /// Goes to the next token.
    Token next() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n' || text.charAt(at) == '\r' || text.charAt(at) == '\t')) at++;
        from = at;
        if (at >= text.length()) return Token.END;
        char c = text.charAt(at++);
        return switch (c) {
            case '{' -> Token.OPEN_OBJECT;
            case '}' -> Token.CLOSE_OBJECT;
            case '[' -> Token.OPEN_ARRAY;
            case ']' -> Token.CLOSE_ARRAY;
            case ':' -> Token.COLON;
            case ',' -> Token.COMMA;
            case '"' -> string();
            default -> c == '-' || c >= '0' && c <= '9' ? number() : word();
        };
    }

    private Token string() {
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') at++;
            else if (c == '"') {
                at++;
                return Token.STRING;
            } else if (c == '\n') break;
        }
        at = Math.min(at, text.length());
        return Token.FAULT;
    }

    private Token number() {
        while (at < text.length() && ("+-.eE".indexOf(text.charAt(at)) >= 0 || digit(text.charAt(at)))) at++;
        String first = text.substring(from, Math.min(at, from + 3));
        if (first.equals("-") && text.startsWith("Infinity", at)) {
            at += 8;
            return Token.WORD;
        }
        boolean leading = first.matches("-?0\\d.*");
        return !leading && digit(text.charAt(at - 1)) && (first.charAt(0) != '-' || first.length() > 1 && digit(first.charAt(1))) ? Token.NUMBER : Token.FAULT;
    }

    private Token word() {
        at--;
        for (String word : new String[] {"true", "false", "null", "NaN", "Infinity"})
            if (text.startsWith(word, at) && !letter(at + word.length())) {
                at += word.length();
                return Token.WORD;
            }
        at++;
        while (letter(at)) at++;
        return Token.FAULT;
    }

    private boolean letter(int place) {
        return place < text.length() && (Character.isLetterOrDigit(text.charAt(place)) || text.charAt(place) == '_');
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    /// A string's value, of its text with quotes; escapes that are none stay as they are.
    static String unquoted(String written) {
        String inside = written.length() >= 2 && written.endsWith("\"") ? written.substring(1, written.length() - 1) : written.replaceFirst("^\"", "");
        return JsonEscapes.undone(inside, true);
    }
}
