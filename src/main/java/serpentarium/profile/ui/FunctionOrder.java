package serpentarium.profile.ui;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import serpentarium.base.IntSort;
import serpentarium.profile.FrameTable;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.FunctionTable;

/// Which functions the function table shows, and in which order. Pure: work for any thread.
final class FunctionOrder {
    private static final int DIGIT = 16;
    /// So many bits of a key say which of the rows it is of: the room of two characters.
    private static final int INDEX = 16;
    /// So few rows are compared as texts at once.
    private static final int FEW = 8;

    private FunctionOrder() {}

    /// One column to sort by.
    ///
    /// @param column     the column
    /// @param of         where its numbers are; null for those of the slice
    /// @param descending the greatest first
    record Key(FunctionColumn column, FunctionTable of, boolean descending) {
        /// By a column of the slice itself.
        Key(FunctionColumn column, boolean descending) {
            this(column, null, descending);
        }
    }

    /// The functions of a slice in an order; what has no value comes last either way, equals by their number.
    ///
    /// @param shown the functions to keep, or null for all
    /// @param keys  the first matters most
    static int[] of(Analysis analysis, BitSet shown, List<Key> keys) {
        int[] functions = analysis.functions().functions();
        int[] kept = new int[functions.length];
        int n = 0;
        for (int function : functions) if (shown == null || shown.get(function)) kept[n++] = function;
        int[] rows = Arrays.copyOf(kept, n);
        // Stable, so that sorting by the last key first gives the order by all of them.
        for (Key key : keys.reversed()) {
            if (key.column.number()) byNumber(rows, key.of == null ? analysis.functions() : key.of, key);
            else if (key.column == FunctionColumn.PLACE) byPlace(rows, analysis.frames(), key.descending);
            else byText(rows, analysis, key);
        }
        return rows;
    }

    private static void byNumber(int[] rows, FunctionTable table, Key key) {
        long[] bits = new long[rows.length];
        for (int i = 0; i < rows.length; i++) bits[i] = sortable(key.column.number(table, rows[i]), key.descending);
        radix(rows, bits);
    }

    /// Sorts rows by unsigned numbers, one a row, and gives these in their new order. Stable, in a fixed number of passes: a million rows in some
    /// tens of milliseconds.
    private static long[] radix(int[] rows, long[] numbers) {
        int n = rows.length;
        int[] from = rows;
        long[] bits = numbers;
        int[] to = new int[n];
        long[] toBits = new long[n];
        int[] count = new int[(1 << DIGIT) + 1];
        for (int shift = 0; shift < Long.SIZE; shift += DIGIT) {
            Arrays.fill(count, 0);
            for (int i = 0; i < n; i++) count[digit(bits[i], shift) + 1]++;
            if (n > 0 && count[digit(bits[0], shift) + 1] == n) continue;
            for (int i = 0; i < 1 << DIGIT; i++) count[i + 1] += count[i];
            for (int i = 0; i < n; i++) {
                int at = count[digit(bits[i], shift)]++;
                to[at] = from[i];
                toBits[at] = bits[i];
            }
            int[] swap = from;
            from = to;
            to = swap;
            long[] swapBits = bits;
            bits = toBits;
            toBits = swapBits;
        }
        if (from != rows) System.arraycopy(from, 0, rows, 0, n);
        return bits;
    }

    private static int digit(long bits, int shift) {
        return (int) (bits >>> shift) & (1 << DIGIT) - 1;
    }

    /// A number whose unsigned order is the one that is wanted; what is no number comes last either way.
    private static long sortable(double value, boolean descending) {
        if (Double.isNaN(value)) return -1L;
        long bits = Double.doubleToRawLongBits(value + 0.0);
        long ascending = bits ^ (bits >> 63 | Long.MIN_VALUE);
        return descending ? ~ascending : ascending;
    }

    /// By the first characters that are not the same in all texts; rows that these do not tell apart, by the next ones.
    private static void byText(int[] rows, Analysis analysis, Key key) {
        String[] texts = texts(rows, analysis, key.column);
        int skip = sameBeginning(rows, texts);
        long[] bits = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            String text = texts[rows[i]];
            bits[i] = text.isEmpty() ? -1L : key.descending ? ~beginning(text, skip) : beginning(text, skip);
        }
        bits = radix(rows, bits);
        for (int from = 0, to; from < rows.length; from = to) {
            for (to = from + 1; to < rows.length && bits[to] == bits[from]; to++) { }
            if (to - from < 2 || bits[from] == -1L && !key.descending) continue;
            if (bits[from] == -1L) IntSort.sort(rows, from, to, (a, b) -> Boolean.compare(texts[a].isEmpty(), texts[b].isEmpty()));
            else further(rows, from, to, texts, key.descending ? ~bits[from] : bits[from], skip + Long.BYTES, key.descending);
        }
    }

    /// Sorts rows whose texts have these characters in common.
    ///
    /// @param same the last characters that were looked at
    /// @param next where the next ones stand
    private static void further(int[] rows, int from, int to, String[] texts, long same, int next, boolean descending) {
        boolean fit = allFit(same);
        if (fit && (same & 0xff) == 0 || oneText(rows, from, to, texts)) return;
        int n = to - from;
        if (n < FEW || n > 1 << INDEX || !fit) {
            IntSort.sort(rows, from, to, (a, b) -> compare(texts[a], texts[b], descending));
            return;
        }
        int[] old = Arrays.copyOfRange(rows, from, to);
        int skip = sameFrom(old, texts, next);
        long[] keys = new long[n];
        for (int i = 0; i < n; i++) {
            long characters = beginning(texts[old[i]], skip) >>> INDEX;
            keys[i] = ((descending ? ~characters : characters) << INDEX | i) ^ Long.MIN_VALUE;
        }
        Arrays.sort(keys);
        int mask = (1 << INDEX) - 1;
        for (int i = 0; i < n; i++) rows[from + i] = old[(int) keys[i] & mask];
        for (int start = 0, end; start < n; start = end) {
            long found = (keys[start] ^ Long.MIN_VALUE) >>> INDEX;
            for (end = start + 1; end < n && keys[end] >>> INDEX == keys[start] >>> INDEX; end++) { }
            long characters = (descending ? ~found : found) << INDEX >>> INDEX;
            if (end - start > 1) further(rows, from + start, from + end, texts, characters, skip + Long.BYTES - INDEX / Byte.SIZE, descending);
        }
    }

    /// Where the first characters after `next` stand that are not the same in all texts.
    private static int sameFrom(int[] rows, String[] texts, int next) {
        String first = texts[rows[0]];
        int same = first.length();
        for (int row : rows) {
            String text = texts[row];
            int i = next;
            while (i < same && i < text.length() && text.charAt(i) == first.charAt(i)) i++;
            same = i;
        }
        return same;
    }

    private static boolean oneText(int[] rows, int from, int to, String[] texts) {
        String first = texts[rows[from]];
        for (int i = from + 1; i < to; i++) if (texts[rows[i]] != first) return false;
        return true;
    }

    private static boolean allFit(long characters) {
        for (long left = characters; left != 0; left >>>= 8) if ((left & 0xff) == 0xff) return false;
        return true;
    }

    /// The texts by function. A file is that of many functions: what is said of it is said once.
    private static String[] texts(int[] rows, Analysis analysis, FunctionColumn column) {
        FrameTable frames = analysis.frames();
        String[] texts = new String[frames.size()];
        String[] ofFile = new String[frames.texts()];
        for (int function : rows) {
            int file = column == FunctionColumn.MODULE && frames.module(function) == null ? frames.fileNumber(function) : -1;
            if (file < 0) texts[function] = text(analysis, column, function);
            else {
                if (ofFile[file] == null) ofFile[file] = text(analysis, column, function);
                texts[function] = ofFile[file];
            }
        }
        return texts;
    }

    /// By the files' places among all files, then by the line.
    private static void byPlace(int[] rows, FrameTable frames, boolean descending) {
        String[] files = new String[frames.texts()];
        int[] numbers = new int[frames.texts()];
        int n = 0;
        for (int function : rows) {
            int file = frames.fileNumber(function);
            if (file < 0 || files[file] != null) continue;
            files[file] = FunctionText.line(frames.file(function)) + ":";
            numbers[n++] = file;
        }
        IntSort.sort(numbers, 0, n, (a, b) -> String.CASE_INSENSITIVE_ORDER.compare(files[a], files[b]));
        long[] rank = new long[files.length];
        for (int i = 0; i < n; i++) {
            boolean same = i > 0 && files[numbers[i]].equalsIgnoreCase(files[numbers[i - 1]]);
            rank[numbers[i]] = same ? rank[numbers[i - 1]] : i + 1;
        }
        long[] bits = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            int file = frames.fileNumber(rows[i]);
            long place = file < 0 ? 0 : rank[file] << Integer.SIZE | Math.max(0, frames.line(rows[i]));
            bits[i] = file < 0 ? -1L : descending ? ~place : place;
        }
        radix(rows, bits);
    }

    /// Eight characters as a number. One that does not fit into its byte ends it: what comes after must not decide before it.
    private static long beginning(String text, int skip) {
        long number = 0;
        boolean fits = true;
        for (int c = skip; c < skip + Long.BYTES; c++) {
            int next = fits && c < text.length() ? Math.min(0xff, folded(text.charAt(c))) : 0;
            fits &= next != 0xff;
            number = number << 8 | next;
        }
        return number;
    }

    /// A character as [String#CASE_INSENSITIVE_ORDER] compares it.
    private static char folded(char c) {
        return Character.toLowerCase(Character.toUpperCase(c));
    }

    private static int sameBeginning(int[] rows, String[] texts) {
        String first = null;
        int same = 0;
        for (int row : rows) {
            String text = texts[row];
            if (text.isEmpty()) continue;
            if (first == null) {
                first = text;
                same = text.length();
            }
            int i = 0;
            while (i < same && i < text.length() && text.charAt(i) == first.charAt(i)) i++;
            same = i;
        }
        return same;
    }

    private static String text(Analysis analysis, FunctionColumn column, int function) {
        return switch (column) {
            case FUNCTION -> FunctionText.name(analysis.frames(), function);
            case MODULE -> FunctionText.module(analysis.frames(), function);
            case PLACE, SELF, TOTAL, CALLS, SELF_PER_CALL, TOTAL_PER_CALL -> "";
        };
    }

    private static int compare(String a, String b, boolean descending) {
        if (a.isEmpty() || b.isEmpty()) return Boolean.compare(a.isEmpty(), b.isEmpty());
        int order = String.CASE_INSENSITIVE_ORDER.compare(a, b);
        return descending ? -order : order;
    }
}
