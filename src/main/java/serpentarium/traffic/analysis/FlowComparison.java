package serpentarium.traffic.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import serpentarium.traffic.Headers;
import serpentarium.traffic.WireText;

/// What is the same in two flows and what is not: fields by their names, JSON by its structure, other text by its lines.
public final class FlowComparison {
    /// Texts with more lines are compared line against line, without looking for what moved.
    private static final int LINES = 3000;

    private FlowComparison() {}

    /// Two headers, aligned by name; fields of one name in their order.
    public static List<ComparedLine> headers(Headers left, Headers right) {
        Set<String> names = new LinkedHashSet<>();
        for (Headers.Field field : left.fields()) names.add(field.name().toLowerCase(Locale.ROOT));
        for (Headers.Field field : right.fields()) names.add(field.name().toLowerCase(Locale.ROOT));
        var lines = new ArrayList<ComparedLine>();
        for (String name : names) {
            List<Headers.Field> a = left.fields().stream().filter(field -> field.name().equalsIgnoreCase(name)).toList();
            List<Headers.Field> b = right.fields().stream().filter(field -> field.name().equalsIgnoreCase(name)).toList();
            for (int i = 0; i < Math.max(a.size(), b.size()); i++)
                lines.add(new ComparedLine(i < a.size() ? a.get(i).name() : b.get(i).name(), i < a.size() ? a.get(i).value() : null, i < b.size() ? b.get(i).value() : null));
        }
        return lines;
    }

    /// Two bodies without their content encoding. JSON is compared place by place; what is no text gives no lines.
    public static List<ComparedLine> bodies(byte[] left, byte[] right) {
        Optional<Map<String, String>> a = JsonPaths.of(left);
        Optional<Map<String, String>> b = a.isEmpty() ? Optional.empty() : JsonPaths.of(right);
        if (b.isPresent()) return places(a.get(), b.get());
        if (!text(left) || !text(right)) return List.of();
        return lines(WireText.decode(left).split("\r?\n", -1), WireText.decode(right).split("\r?\n", -1));
    }

    private static boolean text(byte[] bytes) {
        for (int i = 0; i < Math.min(bytes.length, 4096); i++) if (bytes[i] >= 0 && bytes[i] < 9) return false;
        return true;
    }

    /// The places of both in the order of the first; those that only the second has come after the place before them.
    private static List<ComparedLine> places(Map<String, String> left, Map<String, String> right) {
        var order = new ArrayList<>(left.keySet());
        var at = new LinkedHashMap<String, Integer>();
        for (int i = 0; i < order.size(); i++) at.put(order.get(i), i);
        List<List<String>> after = new ArrayList<>();
        for (int i = 0; i <= order.size(); i++) after.add(new ArrayList<>());
        int last = 0;
        for (String path : right.keySet()) {
            if (at.containsKey(path)) last = at.get(path) + 1;
            else after.get(last).add(path);
        }
        var lines = new ArrayList<ComparedLine>();
        for (int i = 0; i <= order.size(); i++) {
            if (i > 0) lines.add(new ComparedLine(order.get(i - 1), left.get(order.get(i - 1)), right.get(order.get(i - 1))));
            for (String path : after.get(i)) lines.add(new ComparedLine(path, null, right.get(path)));
        }
        return lines;
    }

    /// Lines of text: a longest common subsequence, and what lies between its lines set side by side.
    static List<ComparedLine> lines(String[] a, String[] b) {
        var compared = new ArrayList<ComparedLine>();
        int from = 0;
        while (from < a.length && from < b.length && a[from].equals(b[from])) from++;
        int end = 0;
        while (end < a.length - from && end < b.length - from && a[a.length - 1 - end].equals(b[b.length - 1 - end])) end++;
        for (int i = 0; i < from; i++) compared.add(new ComparedLine(String.valueOf(i + 1), a[i], b[i]));
        int n = a.length - from - end;
        int m = b.length - from - end;
        if (n <= LINES && m <= LINES) aligned(a, b, from, n, m, compared);
        else aside(a, from, from + n, b, from, from + m, compared);
        for (int i = end; i > 0; i--) compared.add(new ComparedLine(String.valueOf(a.length - i + 1), a[a.length - i], b[b.length - i]));
        return compared;
    }

    private static void aligned(String[] a, String[] b, int from, int n, int m, List<ComparedLine> to) {
        var common = new short[n + 1][m + 1];
        for (int i = n - 1; i >= 0; i--)
            for (int j = m - 1; j >= 0; j--)
                common[i][j] = a[from + i].equals(b[from + j]) ? (short) (common[i + 1][j + 1] + 1) : (short) Math.max(common[i + 1][j], common[i][j + 1]);
        int i = 0;
        int j = 0;
        while (i < n || j < m) {
            int left = i;
            int right = j;
            while (i < n && j < m && !a[from + i].equals(b[from + j])) {
                if (common[i + 1][j] >= common[i][j + 1]) i++;
                else j++;
            }
            if (i == n || j == m) {
                i = n;
                j = m;
            }
            aside(a, from + left, from + i, b, from + right, from + j, to);
            while (i < n && j < m && a[from + i].equals(b[from + j])) to.add(new ComparedLine(String.valueOf(from + i + 1), a[from + i++], b[from + j++]));
        }
    }

    private static void aside(String[] a, int fromA, int toA, String[] b, int fromB, int toB, List<ComparedLine> to) {
        for (int i = 0; i < Math.max(toA - fromA, toB - fromB); i++) {
            String left = fromA + i < toA ? a[fromA + i] : null;
            String right = fromB + i < toB ? b[fromB + i] : null;
            to.add(new ComparedLine(String.valueOf((left != null ? fromA : fromB) + i + 1), left, right));
        }
    }
}
