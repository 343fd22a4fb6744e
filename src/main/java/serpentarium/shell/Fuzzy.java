package serpentarium.shell;

import java.util.Arrays;
import java.util.Optional;

/// Finds texts by a few of their letters in order. The best placement of the letters is searched by dynamic programming over query and
/// text (after the scoring of fzf: matches at the beginning of a word and runs of neighbours count more, gaps count less).
public final class Fuzzy {
    private static final int MATCH = 16;
    private static final int WORD = 10;
    private static final int RUN = 12;
    private static final int NEVER = Integer.MIN_VALUE / 2;
    private static final int LONGEST = 300;

    private Fuzzy() {}

    /// Matches a query against a text, without regard to case and to spaces in the query.
    ///
    /// @return the best match, or nothing when the letters do not occur in this order; an empty query matches with score 0
    public static Optional<Match> match(String query, String text) {
        String letters = low(query.replaceAll("\\s+", ""));
        String low = low(text);
        int rows = letters.length();
        int columns = low.length();
        if (rows == 0) return Optional.of(new Match(0, new int[0]));
        if (rows > columns) return Optional.empty();
        var score = new int[rows][columns];
        var from = new int[rows][columns];
        for (int i = 0; i < rows; i++) {
            int bestBefore = NEVER;
            int bestAt = -1;
            for (int j = 0; j < columns; j++) {
                if (i > 0 && j > 0 && score[i - 1][j - 1] > NEVER && score[i - 1][j - 1] + j - 1 >= bestBefore) {
                    bestBefore = score[i - 1][j - 1] + j - 1;
                    bestAt = j - 1;
                }
                score[i][j] = NEVER;
                if (letters.charAt(i) != low.charAt(j)) continue;
                int own = MATCH + (startsWord(text, j) ? WORD : 0);
                if (i == 0) {
                    score[i][j] = own - Math.min(j, 8);
                    from[i][j] = -1;
                    continue;
                }
                int jump = bestAt < 0 ? NEVER : bestBefore - (j - 1) + own;
                int run = j > 0 && score[i - 1][j - 1] > NEVER ? score[i - 1][j - 1] + own + RUN : NEVER;
                if (Math.max(jump, run) <= NEVER / 2) continue;
                score[i][j] = Math.max(jump, run);
                from[i][j] = run >= jump ? j - 1 : bestAt;
            }
        }
        int end = -1;
        for (int j = 0; j < columns; j++) if (score[rows - 1][j] > NEVER && (end < 0 || score[rows - 1][j] > score[rows - 1][end])) end = j;
        if (end < 0) return Optional.empty();
        var places = new int[rows];
        for (int i = rows - 1, j = end; i >= 0; j = from[i][j], i--) places[i] = j;
        return Optional.of(new Match(score[rows - 1][end], places));
    }

    /// Lower case character by character, so that indices stay those of the text whatever its language.
    private static String low(String text) {
        var out = new StringBuilder(text.substring(0, Math.min(LONGEST, text.length())));
        for (int i = 0; i < out.length(); i++) out.setCharAt(i, Character.toLowerCase(out.charAt(i)));
        return out.toString();
    }

    private static boolean startsWord(String text, int at) {
        if (at == 0) return true;
        char before = text.charAt(at - 1);
        return !Character.isLetterOrDigit(before) || Character.isLowerCase(before) && Character.isUpperCase(text.charAt(at));
    }

    /// A match.
    ///
    /// @param score  higher is better
    /// @param places the indices of the matched characters in the text, ascending; not copied
    public record Match(int score, int[] places) {
        @Override public boolean equals(Object other) {
            return other instanceof Match match && match.score == score && Arrays.equals(match.places, places);
        }

        @Override public int hashCode() {
            return 31 * score + Arrays.hashCode(places);
        }

        @Override public String toString() {
            return score + " " + Arrays.toString(places);
        }
    }
}
