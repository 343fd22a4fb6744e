package serpentarium.traffic.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the longest texts of which every match of a regular expression must hold one, as far as that can be seen without taking classes and any but
/// the plainest groups apart. Where it is not sure it finds none.
final class PatternText {
    private static final Pattern PLAIN = Pattern.compile("(?:\\?:)?([^\\\\^$.|?*+()\\[\\]{}]+(?:\\|[^\\\\^$.|?*+()\\[\\]{}]+)*)\\)");
    private final String pattern;
    private final int flags;
    /// More alternatives than this are not looked for one by one.
    private static final int MANY = 16;

    private final StringBuilder run = new StringBuilder();
    private List<String> best = List.of();
    private final List<String> alternatives = new ArrayList<>();
    private boolean whole = true;
    private int at;

    PatternText(Pattern pattern) {
        this.pattern = pattern.pattern();
        flags = pattern.flags();
    }

    Optional<Needle.PatternLiteral> literal() {
        if ((flags & (Pattern.COMMENTS | Pattern.CANON_EQ)) != 0 || pattern.isEmpty()) return Optional.empty();
        if ((flags & Pattern.LITERAL) != 0) return Optional.of(new Needle.PatternLiteral(List.of(pattern), true));
        while (at < pattern.length()) if (!next()) return Optional.empty();
        boolean all = whole;
        if (!alternative() || alternatives.size() > MANY) return Optional.empty();
        return Optional.of(new Needle.PatternLiteral(List.copyOf(alternatives), all));
    }

    /// One of the pattern's alternatives ends here.
    private boolean alternative() {
        end();
        alternatives.addAll(best);
        boolean some = !best.isEmpty();
        best = List.of();
        return some;
    }

    private static int shortest(List<String> texts) {
        return texts.stream().mapToInt(String::length).min().orElse(0);
    }

    private void end() {
        if (run.length() > shortest(best)) best = List.of(run.toString());
        run.setLength(0);
        whole = false;
    }

    private boolean next() {
        char c = pattern.charAt(at++);
        switch (c) {
            case '|' -> {
                return alternative();
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
        plain();
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

    /// `(tea|coffee)` with nothing else in it, which must be there.
    private void plain() {
        Matcher group = PLAIN.matcher(pattern).region(at, pattern.length());
        if (!group.lookingAt() || group.end() < pattern.length() && "?*{".indexOf(pattern.charAt(group.end())) >= 0) return;
        List<String> texts = List.of(group.group(1).split("\\|", -1));
        if (shortest(texts) > shortest(best)) best = texts;
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
