package serpentarium.traffic.engine.resend;

import java.util.ArrayList;
import java.util.List;

/// Takes a line apart into words as a shell does, without running any of it.
final class ShellWords {
    private final String line;
    private final StringBuilder word = new StringBuilder();
    private int at;

    private ShellWords(String line) {
        this.line = line;
    }

    /// The words of a line.
    static List<String> of(String line) {
        return new ShellWords(line).words();
    }

    private List<String> words() {
        var words = new ArrayList<String>();
        boolean any = false;
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (Character.isWhitespace(c)) {
                if (any) words.add(word.toString());
                word.setLength(0);
                any = false;
                continue;
            }
            if (c == '\\' && at < line.length() && (line.charAt(at) == '\n' || line.charAt(at) == '\r')) {
                at += line.startsWith("\r\n", at) ? 2 : 1;
                continue;
            }
            // What a shell would run or lead elsewhere is no part of a request.
            if (c == '|' || c == ';' || c == '&' || c == '<' || c == '>' || c == '`') throw Draft.problem("curl.shell", String.valueOf(c));
            any = true;
            if (c == '\'') quoted();
            else if (c == '"') doubled();
            else if (c == '$' && line.startsWith("'", at)) {
                at++;
                escaped();
            } else if (c == '$' && at < line.length() && (line.charAt(at) == '(' || line.charAt(at) == '{')) throw Draft.problem("curl.shell", "$" + line.charAt(at));
            else if (c == '\\' && at < line.length()) word.append(line.charAt(at++));
            else word.append(c);
        }
        if (any) words.add(word.toString());
        return words;
    }

    private void quoted() {
        int end = line.indexOf('\'', at);
        if (end < 0) throw Draft.problem("curl.quote");
        word.append(line, at, end);
        at = end + 1;
    }

    private void doubled() {
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c == '"') return;
            if (c == '`' || c == '$' && line.startsWith("(", at)) throw Draft.problem("curl.shell", c == '`' ? "`" : "$(");
            if (c == '\\' && at < line.length() && "\\\"$`\n".indexOf(line.charAt(at)) >= 0) {
                char next = line.charAt(at++);
                if (next != '\n') word.append(next);
            } else word.append(c);
        }
        throw Draft.problem("curl.quote");
    }

    /// Between `$'` and `'`, where a backslash says which character is meant.
    private void escaped() {
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c == '\'') return;
            if (c != '\\' || at >= line.length()) {
                word.append(c);
                continue;
            }
            char next = line.charAt(at++);
            switch (next) {
                case 'n' -> word.append('\n');
                case 'r' -> word.append('\r');
                case 't' -> word.append('\t');
                case 'u' -> number(4, 16);
                case 'x' -> number(2, 16);
                default -> word.append(next);
            }
        }
        throw Draft.problem("curl.quote");
    }

    private void number(int most, int radix) {
        int value = 0;
        int digits = 0;
        while (digits < most && at < line.length() && Character.digit(line.charAt(at), radix) >= 0) {
            value = value * radix + Character.digit(line.charAt(at++), radix);
            digits++;
        }
        word.append((char) value);
    }
}
