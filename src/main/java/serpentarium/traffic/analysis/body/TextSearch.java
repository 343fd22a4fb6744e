package serpentarium.traffic.analysis.body;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;
import serpentarium.task.WatchedText;

/// Where something stands in a text.
///
/// @param from where matches begin, ascending
/// @param to   where they end
/// @param more whether there are more than were kept
public record TextSearch(int[] from, int[] to, boolean more) {
    /// More matches are not kept.
    public static final int MOST = 100_000;

    private static final Strings STRINGS = Strings.of(TextSearch.class);

    /// How many there are.
    public int size() {
        return from.length;
    }

    /// Looks for a text whatever its case, or for a regular expression.
    ///
    /// @throws ProblemException when the expression is none, or too much for this text
    public static TextSearch find(CharSequence text, String wanted, boolean regex, TaskContext context) {
        int flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.MULTILINE;
        int[] from = new int[64];
        int[] to = new int[64];
        int count = 0;
        try {
            Matcher matcher = Pattern.compile(wanted, regex ? flags : flags | Pattern.LITERAL).matcher(new WatchedText(text, context));
            while (matcher.find()) {
                context.checkpoint();
                if (matcher.end() == matcher.start()) continue;
                if (count == MOST) return new TextSearch(Arrays.copyOf(from, count), Arrays.copyOf(to, count), true);
                if (count == from.length) {
                    from = Arrays.copyOf(from, count * 2);
                    to = Arrays.copyOf(to, count * 2);
                }
                from[count] = matcher.start();
                to[count++] = matcher.end();
            }
        } catch (PatternSyntaxException e) {
            throw new ProblemException(Problem.of(STRINGS, "search.pattern", Place.NOWHERE, e.getDescription()));
        } catch (StackOverflowError e) {
            throw new ProblemException(Problem.of(STRINGS, "search.deep", Place.NOWHERE).causedBy(e));
        }
        return new TextSearch(Arrays.copyOf(from, count), Arrays.copyOf(to, count), false);
    }
}
