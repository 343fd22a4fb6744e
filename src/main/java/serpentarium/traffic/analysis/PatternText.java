package serpentarium.traffic.analysis;

import java.util.Optional;
import java.util.regex.Pattern;

/// Finds the longest text that every match of a regular expression must hold, as far as that can be seen without taking groups, classes and
/// alternatives apart. Where it is not sure it finds none.
final class PatternText {
    private final String pattern;
    private final int flags;
    private final StringBuilder run = new StringBuilder();
    private String best = "";
    private boolean whole = true;
    private int at;

    PatternText(Pattern pattern) {
        this.pattern = pattern.pattern();
        flags = pattern.flags();
    }

    Optional<Needle.PatternLiteral> literal() {
        if ((flags & (Pattern.COMMENTS | Pattern.CANON_EQ)) != 0 || pattern.isEmpty()) return Optional.empty();
        if ((flags & Pattern.LITERAL) != 0) return Optional.of(new Needle.PatternLiteral(pattern, true));
        while (at < pattern.length()) if (!next()) return Optional.empty();
        boolean all = whole;
        end();
        return best.isEmpty() ? Optional.empty() : Optional.of(new Needle.PatternLiteral(best, all));
    }

    private void end() {
        if (run.length() > best.length()) best = run.toString();
        run.setLength(0);
        whole = false;
    }

    private boolean next() {
        char c = pattern.charAt(at++);
        switch (c) {
            case '|' -> {
                return false;
            }
            case '.', '^', '$' -> end();
            case '?', '*' -> optional();
            case '+' -> end();
            case '{' -> {
                optional();
                at = pattern.indexOf('}', at) + 1;
                return at > 0;
            }
            case '(' -> {
                end();
                return group();
            }
            case '[' -> {
                end();
                return type();
            }
            case '\\' -> {
                return escape();
            }
            default -> run.append(c);
        }
        return true;
    }

    /// What stands before need not be there.
    private void optional() {
        if (!run.isEmpty()) run.setLength(run.length() - 1);
        end();
    }

    private boolean group() {
        if (pattern.startsWith("?", at) && at + 1 < pattern.length() && (Character.isLetter(pattern.charAt(at + 1)) || pattern.charAt(at + 1) == '-')) return false;
        for (int depth = 1; depth > 0; ) {
            if (at >= pattern.length()) return false;
            switch (pattern.charAt(at++)) {
                case '(' -> depth++;
                case ')' -> depth--;
                case '[' -> {
                    if (!type()) return false;
                }
                case '\\' -> {
                    if (at >= pattern.length() || pattern.charAt(at++) == 'Q') return false;
                }
                default -> { }
            }
        }
        return true;
    }

    private boolean type() {
        if (pattern.startsWith("]", at) || pattern.startsWith("^]", at)) return false;
        for (int depth = 1; depth > 0; ) {
            if (at >= pattern.length()) return false;
            switch (pattern.charAt(at++)) {
                case '[' -> depth++;
                case ']' -> depth--;
                case '\\' -> {
                    if (at >= pattern.length() || pattern.charAt(at++) == 'Q') return false;
                }
                default -> { }
            }
        }
        return true;
    }

    private boolean escape() {
        if (at >= pattern.length()) return false;
        char c = pattern.charAt(at++);
        if (c == 'Q') {
            int to = pattern.indexOf("\\E", at);
            if (to < 0) to = pattern.length();
            run.append(pattern, at, to);
            at = Math.min(pattern.length(), to + 2);
            return true;
        }
        if (c < 128 && !Character.isLetterOrDigit(c)) {
            run.append(c);
            return true;
        }
        end();
        return "dwsDWSbBAzZGRhHvVtnrfae".indexOf(c) >= 0;
    }
}
