package serpentarium.python.analysis;

import java.util.Comparator;

/// The order of `sort --version-sort`, in which `pyenv versions` lists: numbers by their value, `~` before everything, letters before other
/// characters, and what looks like the ending of a file's name (`.3rc`, `.tar.gz`) only when the rest is equal. After GNU coreutils'
/// description of `filevercmp`.
public final class VersionOrder implements Comparator<String> {
    /// The order; it holds nothing.
    public static final VersionOrder ORDER = new VersionOrder();

    private VersionOrder() {}

    @Override public int compare(String a, String b) {
        // pyenv sorts paths: a dot at the beginning of a name is no special case, since a slash comes before it.
        String left = "/" + a;
        String right = "/" + b;
        int leftEnd = withoutEnding(left);
        int rightEnd = withoutEnding(right);
        int order = parts(left.substring(0, leftEnd), right.substring(0, rightEnd));
        if (order == 0 && (leftEnd < left.length() || rightEnd < right.length())) order = parts(left, right);
        return order != 0 ? order : a.compareTo(b);
    }

    /// Where the longest end of the form `(\.[A-Za-z~][A-Za-z0-9~]*)*` begins.
    private static int withoutEnding(String text) {
        int prefix = 0;
        for (int i = 0; i < text.length();) {
            i++;
            prefix = i;
            while (i + 1 < text.length() && text.charAt(i) == '.' && (letter(text.charAt(i + 1)) || text.charAt(i + 1) == '~'))
                for (i += 2; i < text.length() && (letter(text.charAt(i)) || digit(text.charAt(i)) || text.charAt(i) == '~');) i++;
        }
        return prefix;
    }

    private static int parts(String a, String b) {
        int i = 0;
        int k = 0;
        while (i < a.length() || k < b.length()) {
            while (i < a.length() && !digit(a.charAt(i)) || k < b.length() && !digit(b.charAt(k))) {
                int order = weight(a, i) - weight(b, k);
                if (order != 0) return order;
                i++;
                k++;
            }
            while (i < a.length() && a.charAt(i) == '0') i++;
            while (k < b.length() && b.charAt(k) == '0') k++;
            int first = 0;
            while (i < a.length() && k < b.length() && digit(a.charAt(i)) && digit(b.charAt(k))) {
                if (first == 0) first = a.charAt(i) - b.charAt(k);
                i++;
                k++;
            }
            if (i < a.length() && digit(a.charAt(i))) return 1;
            if (k < b.length() && digit(b.charAt(k))) return -1;
            if (first != 0) return first;
        }
        return 0;
    }

    private static int weight(String text, int at) {
        if (at >= text.length()) return -1;
        char c = text.charAt(at);
        if (digit(c)) return 0;
        if (letter(c)) return c;
        return c == '~' ? -2 : c + 256;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean letter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
