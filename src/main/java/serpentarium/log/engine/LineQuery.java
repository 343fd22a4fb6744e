package serpentarium.log.engine;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.log.TextEncoding;

/// What lines are searched for.
///
/// @param text       a text, or a regular expression of [Pattern]
/// @param expression whether it is one
/// @param ignoreCase whether upper and lower case are the same
public record LineQuery(String text, boolean expression, boolean ignoreCase) {
    private static final Strings STRINGS = Strings.of(LineQuery.class);
    private static final String ANY_CASE = "(?i)";

    /// @throws ProblemException where the expression is none, with the place of the fault, or the text is empty
    public LineQuery {
        if (text.isEmpty()) throw new ProblemException(Problem.of(STRINGS, "query.empty", Place.NOWHERE));
        try {
            Pattern.compile(text, expression ? 0 : Pattern.LITERAL);
        } catch (PatternSyntaxException e) {
            int index = Math.clamp(e.getIndex(), 0, text.length());
            throw new ProblemException(Problem.of(STRINGS, "query.pattern", Place.NOWHERE, e.getDescription(), text.substring(0, index), text.substring(index)));
        }
    }

    /// A text as it stands.
    public static LineQuery text(String text) {
        return new LineQuery(text, false, false);
    }

    /// A regular expression.
    public static LineQuery expression(String pattern) {
        return new LineQuery(pattern, true, false);
    }

    private boolean ascii() {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /// Whether case is of no meaning, by the switch or by how the expression begins.
    private boolean anyCase() {
        return ignoreCase || expression && text.startsWith(ANY_CASE);
    }

    private String bare() {
        return expression && text.startsWith(ANY_CASE) ? text.substring(ANY_CASE.length()) : text;
    }

    /// The expression that a line has to match; none where looking for the needle is enough.
    Optional<Pattern> pattern() {
        boolean enough = !expression && (ascii() || !ignoreCase);
        return enough ? Optional.empty() : Optional.of(compiled());
    }

    /// The expression, also for a plain text: for lines that are not searched as their bytes stand.
    Pattern compiled() {
        // Beyond ASCII, case costs a look into tables for each letter.
        int cases = !anyCase() ? 0 : ascii() ? Pattern.CASE_INSENSITIVE : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
        return Pattern.compile(bare(), cases | (expression ? 0 : Pattern.LITERAL));
    }

    /// The same taken apart; none where it is too much for that.
    Optional<Expression> parts() {
        return expression ? Expression.of(bare(), anyCase()) : Expression.text(text, anyCase());
    }

    /// Whether every match begins with the needle.
    boolean needleFirst() {
        return !expression || Expression.of(bare(), false).map(Expression::beginning).filter(text -> !text.isEmpty()).equals(RequiredText.of(bare()));
    }

    /// Bytes that every line with a match has; none where that is not certain.
    Optional<ByteNeedle> needle(TextEncoding encoding) {
        if (anyCase() && !ascii()) return Optional.empty();
        Optional<String> needed = expression ? RequiredText.of(bare()) : Optional.of(text);
        // A letter that the encoding does not have is searched as what replaces it, in the decoded line.
        return needed.filter(each -> each.indexOf('\n') < 0 && encoding.charset().newEncoder().canEncode(each))
                .filter(each -> encoding.unit() == 1 && !stateful(encoding) || encoding.unit() == 2)
                .map(each -> new ByteNeedle(each.getBytes(encoding.charset()), anyCase()));
    }

    /// Whether the bytes of ASCII letters may be parts of others: in the encodings of East Asia. There every line is decoded.
    static boolean stateful(TextEncoding encoding) {
        return !encoding.charset().equals(StandardCharsets.UTF_8) && encoding.charset().newEncoder().maxBytesPerChar() > 1;
    }
}
