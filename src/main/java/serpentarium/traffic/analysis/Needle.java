package serpentarium.traffic.analysis;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Bytes that must be there for a text or a pattern to be found, whatever the case: looked for in raw bytes, so that only few texts are decoded and
/// tried. At each place one of several bytes may stand, those of a letter's cases in UTF-8. Where one case takes more bytes than the other (`s` is also
/// `ſ`), its bytes anywhere count as found. Safe to use from several threads.
public final class Needle {
    private static final int LONGEST = 31;
    private static final int LAST_WITH_CASE = 0x1ffff;

    /// Of each byte the places where it may stand, as bits.
    private final int[] places = new int[256];
    private final int[] skip = new int[256];
    private final int length;
    private final byte[][] odd;
    private final boolean exact;
    /// What may be found instead.
    private final List<Needle> others;

    private Needle(List<boolean[]> classes, List<byte[]> odd, boolean exact, List<Needle> others) {
        this.others = others;
        length = Math.min(LONGEST, classes.size());
        this.odd = odd.toArray(byte[][]::new);
        this.exact = exact && odd.isEmpty() && length == classes.size();
        for (int b = 0; b < 256; b++) {
            skip[b] = length;
            for (int i = 0; i < length; i++) {
                if (!classes.get(i)[b]) continue;
                places[b] |= 1 << i;
                skip[b] = length - 1 - i;
            }
        }
    }

    /// For a text as UTF-8 with ASCII letters of any case; empty for no text.
    public static Optional<Needle> ofBytes(String text) {
        if (text.isEmpty()) return Optional.empty();
        var classes = new ArrayList<boolean[]>();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean[] one = new boolean[256];
            one[b & 0xff] = true;
            if (b >= 'a' && b <= 'z') one[b - 32] = true;
            if (b >= 'A' && b <= 'Z') one[b + 32] = true;
            classes.add(one);
        }
        return Optional.of(new Needle(classes, List.of(), true, List.of()));
    }

    /// For a text whatever its case, as [String#equalsIgnoreCase(String)] has it; empty where there is nothing to look for.
    public static Optional<Needle> ofText(String text) {
        return of(new PatternLiteral(List.of(text), true), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /// For a pattern; empty where it names no text that every match holds.
    public static Optional<Needle> of(Pattern pattern) {
        return PatternLiteral.of(pattern).flatMap(literal -> of(literal, pattern.flags()));
    }

    private static Optional<Needle> of(PatternLiteral literal, int flags) {
        var needles = new ArrayList<Needle>();
        for (String text : literal.texts()) {
            Optional<Needle> one = of(text, literal.whole(), flags, List.copyOf(needles));
            if (one.isEmpty()) return one;
            if (needles.size() + 1 == literal.texts().size()) return one;
            needles.add(of(text, false, flags, List.of()).orElseThrow());
        }
        return Optional.empty();
    }

    private static Optional<Needle> of(String text, boolean whole, int flags, List<Needle> others) {
        List<List<Integer>> cases = cases(text, flags);
        int bestFrom = 0;
        int best = 0;
        for (int i = 0, from = 0; i <= text.length(); i++) {
            if (i < text.length() && !cases.get(i).isEmpty()) continue;
            if (i - from > best) {
                best = i - from;
                bestFrom = from;
            }
            from = i + 1;
        }
        if (best == 0) return Optional.empty();
        var classes = new ArrayList<boolean[]>();
        var odd = new ArrayList<byte[]>();
        boolean ascii = true;
        for (int i = bestFrom; i < bestFrom + best && classes.size() < LONGEST; i++) {
            int own = utf8(text.charAt(i)).length;
            ascii &= own == 1;
            int at = classes.size();
            for (int k = 0; k < own; k++) classes.add(new boolean[256]);
            for (int point : cases.get(i)) {
                byte[] bytes = utf8(point);
                if (bytes.length == own) for (int k = 0; k < own; k++) classes.get(at + k)[bytes[k] & 0xff] = true;
                else odd.add(bytes);
            }
        }
        boolean all = whole && best == text.length() && ascii && classes.size() == best;
        return Optional.of(new Needle(classes, odd, all, others));
    }

    private static byte[] utf8(int point) {
        return Character.toString(point).getBytes(StandardCharsets.UTF_8);
    }

    /// For each character of a text those that count as equal to it; none for what has no bytes of its own.
    private static List<List<Integer>> cases(String text, int flags) {
        boolean any = (flags & Pattern.CASE_INSENSITIVE) != 0;
        boolean unicode = any && (flags & Pattern.UNICODE_CASE) != 0;
        var cases = new ArrayList<List<Integer>>();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            var own = new ArrayList<Integer>();
            cases.add(own);
            if (Character.isSurrogate(c) || c == '\ufffd') continue;
            own.add((int) c);
            if (any && !unicode && c < 128 && Character.isLetter(c)) own.add(c ^ 32);
        }
        if (!unicode) return cases;
        for (int point = 0; point <= LAST_WITH_CASE; point++) {
            int folded = fold(point);
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE || folded == point && Character.toUpperCase(point) == point) continue;
            for (int i = 0; i < text.length(); i++) {
                int c = text.charAt(i);
                if (!cases.get(i).isEmpty() && point != c && fold(c) == folded) cases.get(i).add(point);
            }
        }
        // The long s also stands for an s, which is everywhere.
        for (int i = 0; i < text.length(); i++) if (text.charAt(i) >= 128 && cases.get(i).stream().anyMatch(point -> point < 128)) cases.get(i).clear();
        return cases;
    }

    private static int fold(int point) {
        return Character.toLowerCase(Character.toUpperCase(point));
    }

    /// How many bytes a find has at most.
    public int length() {
        int most = length;
        for (byte[] one : odd) most = Math.max(most, one.length);
        for (Needle other : others) most = Math.max(most, other.length());
        return most;
    }

    /// Whether what it finds is a match for sure, in text.
    public boolean exact() {
        return exact;
    }

    /// Whether there may be a match in `bytes[from…to - 1]`; where this says no there is none.
    public boolean in(byte[] bytes, int from, int to) {
        int last = length - 1;
        for (int at = from + last; at < to; ) {
            int step = skip[bytes[at] & 0xff];
            if (step > 0) {
                at += step;
                continue;
            }
            int i = last - 1;
            while (i >= 0 && (places[bytes[at - last + i] & 0xff] >>> i & 1) != 0) i--;
            if (i < 0) return true;
            at++;
        }
        if (odd.length > 0 && odd(bytes, from, to)) return true;
        for (int i = 0; i < others.size(); i++) if (others.get(i).in(bytes, from, to)) return true;
        return false;
    }

    private boolean odd(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] >= 0) continue;
            for (byte[] one : odd) {
                int i = 0;
                while (i < one.length && at + i < to && bytes[at + i] == one[i]) i++;
                if (i == one.length) return true;
            }
        }
        return false;
    }

    /// Looks for it in bytes that come in pieces; a find may lie across several.
    public final class Pieces {
        private final byte[] joined = new byte[2 * (LONGEST + 1)];
        private int kept;

        /// Begins anew.
        public void reset() {
            kept = 0;
        }

        /// Whether there may be a match in this piece, or in the end of those before it and the beginning of this one.
        public boolean in(byte[] bytes, int from, int to) {
            if (Needle.this.in(bytes, from, to)) return true;
            int most = length() - 1;
            int begin = Math.min(most, to - from);
            System.arraycopy(bytes, from, joined, kept, begin);
            if (kept > 0 && Needle.this.in(joined, 0, kept + begin)) return true;
            if (to - from >= most) {
                System.arraycopy(bytes, to - most, joined, 0, most);
                kept = most;
            } else {
                int all = kept + begin;
                kept = Math.min(most, all);
                System.arraycopy(joined, all - kept, joined, 0, kept);
            }
            return false;
        }
    }

    /// Texts of which every match of a pattern holds one.
    ///
    /// @param texts none of them empty
    /// @param whole whether the pattern asks for just this one text
    record PatternLiteral(List<String> texts, boolean whole) {
        static Optional<PatternLiteral> of(Pattern pattern) {
            return new PatternText(pattern).literal();
        }
    }
}
