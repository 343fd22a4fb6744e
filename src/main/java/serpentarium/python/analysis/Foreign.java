package serpentarium.python.analysis;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A word that another tool understands and pyenv does not.
///
/// @param tool    which
/// @param instead what pyenv would call it, where that is clear
public record Foreign(String tool, Optional<String> instead) {
    private static final String UV = "uv";
    /// Group 1 is the version in pyenv's spelling, group 2 what makes it free-threaded, group `short` a version without its dot.
    private static final List<Spelling> SPELLINGS = List.of(
            new Spelling(UV, "(?:cpython|cp|python)@?([0-9]+\\.[0-9.]+(?:(?:a|b|rc)[0-9]+)?)(t|\\+freethreaded)?(?:-.*)?"),
            new Spelling(UV, "cpython-([0-9]+(?:\\.[0-9]+)*(?:(?:a|b|rc)[0-9]+)?)(t|\\+freethreaded)?(?:-.*)?"),
            new Spelling(UV, "([0-9]+(?:\\.[0-9]+)*)(\\+freethreaded)"),
            new Spelling(UV, "(?:cpython|cp|py|python)@?(?<short>[23][0-9]{1,2})(t)?"),
            new Spelling(UV, "pypy@(?<named>[0-9]+\\.[0-9]+).*"),
            new Spelling(UV, "(?:==|~=|>=)\\s*([0-9]+\\.[0-9]+)(?:\\.\\*|\\.[0-9]+)?(?:,<[0-9.]+)?"),
            new Spelling(UV, "(?:[<>=!~]+.*|cpython|cp|pypy@.*|.*\\+(?:debug|freethreaded).*)"),
            new Spelling("mise", "(?:latest|lts|prefix:([0-9.]+)|sub-[0-9.]+:.*|ref:.*|path:.*)"),
            new Spelling("", "[vV]\\.?([0-9]+(?:\\.[0-9]+)*)"),
            new Spelling("", "([0-9]+(?:\\.[0-9]+)*)\\.(?:x|\\*)"),
            new Spelling("", "([0-9]+(?:\\.[0-9]+)*)\\."));

    private record Spelling(String tool, Pattern pattern) {
        Spelling(String tool, String regex) {
            this(tool, Pattern.compile(regex, Pattern.CASE_INSENSITIVE));
        }
    }

    /// What a word that pyenv does not know is elsewhere; `tool` is empty where it is only misspelt.
    public static Optional<Foreign> of(String word) {
        for (Spelling spelling : SPELLINGS) {
            Matcher matcher = spelling.pattern.matcher(word);
            if (matcher.matches()) return Optional.of(new Foreign(spelling.tool, instead(matcher)));
        }
        return Optional.empty();
    }

    private static Optional<String> instead(Matcher matcher) {
        var names = matcher.namedGroups();
        if (names.containsKey("short")) {
            String digits = matcher.group("short");
            return Optional.of(digits.charAt(0) + "." + digits.substring(1) + (matcher.group(2) == null ? "" : "t"));
        }
        if (names.containsKey("named")) return Optional.of("pypy" + matcher.group("named"));
        if (matcher.groupCount() == 0 || matcher.group(1) == null) return Optional.empty();
        boolean threaded = matcher.groupCount() > 1 && matcher.group(2) != null;
        return Optional.of(matcher.group(1) + (threaded ? "t" : ""));
    }
}
