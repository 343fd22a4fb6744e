package serpentarium.log.engine;

import java.util.Optional;

/// Finds in a regular expression the longest text that must be in whatever it matches, so that only lines with this text need be looked at. Where it is
/// not certain, there is none.
final class RequiredText {
    private final String pattern;
    private int at;

    private RequiredText(String pattern) {
        this.pattern = pattern;
    }

    /// @param pattern a pattern that [java.util.regex.Pattern] compiles, without flags of its own
    static Optional<String> of(String pattern) {
        // Flags in the midst, comments, and letters by their number are left to the engine.
        if (pattern.matches("(?s).*(?:\\(\\?[a-zA-Z]|\\\\[Q0xuNckpP]).*")) return Optional.empty();
        var parser = new RequiredText(pattern);
        String best = parser.alternatives();
        return parser.at < pattern.length() || best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /// The text that an expression needs up to its `)` or the end; empty where there are alternatives.
    private String alternatives() {
        String best = sequence();
        boolean several = false;
        while (at < pattern.length() && pattern.charAt(at) == '|') {
            at++;
            several = true;
            sequence();
        }
        return several ? "" : best;
    }

    private String sequence() {
        String best = "";
        var run = new StringBuilder();
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            if (c == '|' || c == ')') break;
            String inner = "";
            boolean literal = false;
            switch (c) {
                case '(' -> {
                    at++;
                    boolean plain = head();
                    inner = alternatives();
                    if (!plain) inner = "";
                    at++;
                }
                case '[' -> letters();
                case '.', '^', '$' -> at++;
                case '\\' -> {
                    char next = at + 1 < pattern.length() ? pattern.charAt(at + 1) : 0;
                    literal = !(next >= '0' && next <= '9' || next >= 'a' && next <= 'z' || next >= 'A' && next <= 'Z');
                    if (literal) c = next;
                    at += 2;
                }
                default -> {
                    literal = true;
                    at++;
                }
            }
            int least = least();
            if (least != 0 && literal) run.append(c);
            if (least != 0 && inner.length() > best.length()) best = inner;
            // What is repeated stands once beside what comes before it; what follows need not stand beside that.
            if (!literal || least != 1) {
                if (run.length() > best.length()) best = run.toString();
                run.setLength(0);
            }
        }
        return run.length() > best.length() ? run.toString() : best;
    }

    /// The head of a group; whether what is in the group is part of what is matched.
    private boolean head() {
        if (at >= pattern.length() || pattern.charAt(at) != '?') return true;
        at++;
        char kind = at < pattern.length() ? pattern.charAt(at) : 0;
        at++;
        if (kind == ':' || kind == '>') return true;
        boolean named = kind == '<' && at < pattern.length() && pattern.charAt(at) != '=' && pattern.charAt(at) != '!';
        if (named) at = pattern.indexOf('>', at) + 1;
        else if (kind == '<') at++;
        return named;
    }

    private void letters() {
        int depth = 0;
        do {
            char c = pattern.charAt(at++);
            if (c == '\\') at++;
            else if (c == '[') {
                depth++;
                if (at < pattern.length() && pattern.charAt(at) == '^') at++;
                if (at < pattern.length() && pattern.charAt(at) == ']') at++;
            } else if (c == ']') depth--;
        } while (depth > 0 && at < pattern.length());
    }

    /// How often the last piece comes at least: 0, 1 where nothing is said, 2 for once or more.
    private int least() {
        if (at >= pattern.length()) return 1;
        char c = pattern.charAt(at);
        int least = switch (c) {
            case '?', '*' -> 0;
            case '+' -> 2;
            case '{' -> pattern.startsWith("{0", at) ? 0 : 2;
            default -> 1;
        };
        if (least == 1) return 1;
        at = c == '{' ? pattern.indexOf('}', at) + 1 : at + 1;
        if (at < pattern.length() && (pattern.charAt(at) == '?' || pattern.charAt(at) == '+')) at++;
        return least;
    }
}
