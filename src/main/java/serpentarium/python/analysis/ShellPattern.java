package serpentarium.python.analysis;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A word with `*`, `?` or `[…]`, which the shell takes for the names of files in the current folder: pyenv does not keep it from doing so.
public final class ShellPattern {
    private final Pattern pattern;
    private final boolean hidden;

    private ShellPattern(Pattern pattern, boolean hidden) {
        this.pattern = pattern;
        this.hidden = hidden;
    }

    /// The pattern of a word; empty when it is none, or one of paths.
    public static Optional<ShellPattern> of(String word) {
        if (word.indexOf('/') >= 0) return Optional.empty();
        var regex = new StringBuilder();
        boolean wild = false;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            int end = c == '[' ? bracketEnd(word, i) : -1;
            if (end > 0) {
                bracket(word.substring(i + 1, end), regex);
                i = end;
                wild = true;
            } else if (c == '*' || c == '?') {
                regex.append(c == '*' ? ".*" : ".");
                wild = true;
            } else {
                if (c == '\\' && i + 1 < word.length()) c = word.charAt(++i);
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        if (!wild) return Optional.empty();
        try {
            return Optional.of(new ShellPattern(Pattern.compile(regex.toString(), Pattern.DOTALL), word.startsWith(".")));
        } catch (PatternSyntaxException _) {
            return Optional.empty();
        }
    }

    private static int bracketEnd(String word, int open) {
        int at = open + 1;
        if (at < word.length() && (word.charAt(at) == '!' || word.charAt(at) == '^')) at++;
        if (at < word.length() && word.charAt(at) == ']') at++;
        return word.indexOf(']', at);
    }

    private static void bracket(String inner, StringBuilder regex) {
        regex.append('[');
        int at = 0;
        if (inner.startsWith("!") || inner.startsWith("^")) {
            regex.append('^');
            at++;
        }
        for (; at < inner.length(); at++) {
            char c = inner.charAt(at);
            boolean range = c == '-' && at > 0 && at < inner.length() - 1;
            if (!range && !Character.isLetterOrDigit(c)) regex.append('\\');
            regex.append(c);
        }
        regex.append(']');
    }

    /// Those of `names` that it matches, in order; names that begin with a dot only when it does.
    public List<String> among(List<String> names) {
        return names.stream().filter(name -> (hidden || !name.startsWith(".")) && pattern.matcher(name).matches()).sorted().toList();
    }
}
