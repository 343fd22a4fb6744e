package serpentarium.python.engine.build;

import java.util.Comparator;

/// Compares names as a person orders versions: runs of digits by their number, a pre-release before what it precedes (`3.15.0b2`, `3.15.0rc1`, `3.15.0`).
final class NaturalOrder implements Comparator<String> {
    static final NaturalOrder ASCENDING = new NaturalOrder();

    private NaturalOrder() {}

    @Override public int compare(String left, String right) {
        int i = 0;
        int j = 0;
        while (i < left.length() && j < right.length()) {
            int iEnd = run(left, i);
            int jEnd = run(right, j);
            String a = left.substring(i, iEnd);
            String b = right.substring(j, jEnd);
            int order = digit(a.charAt(0)) && digit(b.charAt(0)) ? number(a, b) : Integer.compare(rank(a), rank(b)) != 0 ? Integer.compare(rank(a), rank(b)) : a.compareTo(b);
            if (order != 0) return order;
            i = iEnd;
            j = jEnd;
        }
        int leftRest = rest(left, i);
        int rightRest = rest(right, j);
        return leftRest != rightRest ? Integer.compare(leftRest, rightRest) : left.compareTo(right);
    }

    /// What comes after the end that the other name has reached: a pre-release is less than nothing.
    private static int rest(String text, int at) {
        return at == text.length() ? 0 : rank(text.substring(at, run(text, at))) < 0 ? -1 : 1;
    }

    private static int rank(String run) {
        return run.equals("a") || run.equals("b") || run.equals("rc") ? -1 : run.startsWith(".") ? 1 : 0;
    }

    private static int number(String a, String b) {
        String left = a.replaceFirst("^0+(?=.)", "");
        String right = b.replaceFirst("^0+(?=.)", "");
        return left.length() != right.length() ? Integer.compare(left.length(), right.length()) : left.compareTo(right);
    }

    private static int run(String text, int from) {
        int end = from + 1;
        while (end < text.length() && digit(text.charAt(end)) == digit(text.charAt(from))) end++;
        return end;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
