package serpentarium.profile.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The lines of numbers in a callgrind file: positions, each relative to that of the line before where it has a sign, then costs.
///
/// Nearly all bytes of a large file are in such lines, so those of the usual shape are read in one go over their bytes; all others are read
/// with care.
final class CostLine {
    private static final int MOST_DIGITS = 18;
    private static final int RUN = 256;
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long[] position = new long[3];
    private final long[] moved = new long[3];
    private final PositionCursor cursor = new PositionCursor();
    private int positions = 1;
    private int linePosition;
    private int[] columns = {};
    private boolean inOrder;
    private double[] costs = {};
    private int count;
    private final int[] runLine = new int[RUN];
    private final long[] runCost = new long[RUN];
    private int runLength;

    /// Says what lines look like from here on.
    ///
    /// @param positions    how many positions stand before the costs
    /// @param linePosition which of them is the source line, or -1
    /// @param columns      for each column its event, or -1
    /// @param events       how many events there are
    void shape(int positions, int linePosition, int[] columns, int events) {
        this.positions = positions;
        this.linePosition = linePosition;
        this.columns = columns;
        inOrder = true;
        for (int i = 0; i < columns.length; i++) inOrder &= columns[i] == i;
        costs = new double[events];
    }

    /// Positions are relative to nothing again.
    void restart() {
        Arrays.fill(position, 0);
    }

    /// The costs of the line that was read, by event.
    double[] costs() {
        return costs;
    }

    /// How many costs the line had.
    int count() {
        return count;
    }

    /// Whether it had more costs than there are columns.
    boolean tooMany() {
        return count > columns.length;
    }

    /// The source line, 0 where there is none.
    int line() {
        long at = linePosition < 0 ? 0 : position[linePosition];
        return at < 0 || at > Integer.MAX_VALUE ? 0 : (int) at;
    }

    /// Reads the line at `from` if it has the usual shape: numbers with one blank between.
    ///
    /// @param b bytes in which an LF follows somewhere, and [LineRuns#SPARE] bytes after it
    /// @return where the next line starts; -1 where the line has another shape, and then nothing is changed but the costs
    int usual(byte[] b, int from) {
        int i = from;
        for (int p = 0; p < positions; p++) {
            int sign = b[i];
            if (sign == '+' && b[i + 2] == ' ' && b[i + 1] >= '0' && b[i + 1] <= '9') {
                moved[p] = position[p] + b[i + 1] - '0';
                i += 3;
                continue;
            }
            if (sign == '*') {
                moved[p] = position[p];
                i++;
            } else {
                if (sign == '+' || sign == '-') i++;
                int first = i;
                long value = 0;
                int digit = b[i] - '0';
                if (digit == 0 && b[i + 1] == 'x') {
                    first = i += 2;
                    while ((digit = hex(b[i])) >= 0) {
                        value = value << 4 | digit;
                        i++;
                    }
                } else {
                    long text = (long) EIGHT.get(b, i);
                    int digits = digits(text);
                    value = digits == 0 ? 0 : number(text, digits);
                    i += digits;
                    if (digits == 8) for (; (digit = b[i] - '0') >= 0 && digit <= 9; i++) value = value * 10 + digit;
                }
                if (i == first || i - first > MOST_DIGITS) return -1;
                moved[p] = sign == '+' ? position[p] + value : sign == '-' ? position[p] - value : value;
            }
            if (b[i] != ' ') return -1;
            i++;
        }
        int n = 0;
        while (b[i] != '\n') {
            int first = i;
            long text = (long) EIGHT.get(b, i);
            int digits = digits(text);
            long value = number(text, digits);
            i += digits;
            if (digits == 8) for (int digit; (digit = b[i] - '0') >= 0 && digit <= 9; i++) value = value * 10 + digit;
            if (i == first || i - first > MOST_DIGITS || n == columns.length) return -1;
            if (b[i] == ' ') i++;
            else if (b[i] != '\n') return -1;
            if (inOrder) costs[n] = value;
            else {
                if (n == 0) Arrays.fill(costs, 0);
                if (columns[n] >= 0) costs[columns[n]] += value;
            }
            n++;
        }
        if (inOrder || n == 0) for (int e = n; e < costs.length; e++) costs[e] = 0;
        for (int p = 0; p < positions; p++) position[p] = moved[p];
        count = n;
        return i + 1;
    }

    /// Reads as many lines as there are of the shape that most lines of large files have: one position and one cost.
    /// None where lines have another shape here, or more columns.
    ///
    /// @param b  as for [#usual(byte[], int)]
    /// @param to behind an LF
    /// @return where the next line starts
    int run(byte[] b, int from, int to) {
        runLength = 0;
        if (positions != 1 || linePosition != 0 || columns.length != 1 || !inOrder || costs.length != 1) return from;
        int i = from;
        int n = 0;
        long at = position[0];
        while (n < RUN && i < to) {
            // 0 for *, 1 for +. No branch between them: which comes next is what the processor cannot predict.
            int plus = b[i] - '*';
            int step = b[i + 1] - '0' & -plus;
            int start = i + 2 + plus;
            long next;
            long text;
            if ((plus & ~1) == 0 && b[start - 1] == ' ' && step >= 0 && step <= 9) {
                next = at + step;
                text = (long) EIGHT.get(b, i + 2) & plus - 1L | (long) EIGHT.get(b, i + 3) & -(long) plus;
            } else {
                int sign = b[i] == '+' || b[i] == '-' ? 1 : 0;
                text = (long) EIGHT.get(b, i + sign);
                int digits = digits(text);
                start = i + sign + digits + 1;
                if (digits == 0 || digits == 8 || b[start - 1] != ' ') break;
                next = number(text, digits);
                if (sign != 0) next = b[i] == '+' ? at + next : at - next;
                text = (long) EIGHT.get(b, start);
            }
            int digits = digits(text);
            if (digits == 0 || digits == 8 || b[start + digits] != '\n') break;
            long cost = number(text, digits);
            at = next;
            runLine[n] = at < 0 || at > Integer.MAX_VALUE ? 0 : (int) at;
            runCost[n++] = cost;
            i = start + digits + 1;
        }
        position[0] = at;
        runLength = n;
        return i;
    }

    /// How many lines were read at once.
    int runLength() {
        return runLength;
    }

    /// Their source lines, 0 where there is none.
    int[] runLines() {
        return runLine;
    }

    /// Their costs.
    long[] runCosts() {
        return runCost;
    }

    /// How many decimal digits eight bytes begin with. Where numbers end is what the processor cannot predict, and what the next bytes wait
    /// for: so without a branch, and apart from the number.
    private static int digits(long text) {
        long values = text ^ 0x3030303030303030L;
        return Long.numberOfTrailingZeros((values + 0x7676767676767676L | values) & 0x8080808080808080L) >>> 3;
    }

    /// The number that eight bytes begin with.
    ///
    /// @param digits how many they are, at least one
    private static long number(long text, int digits) {
        long tens = (text ^ 0x3030303030303030L) << 64 - 8 * digits;
        tens = tens * 10 + (tens >>> 8);
        return (tens & 0xFF000000FFL) * 0xF424000000064L + (tens >>> 16 & 0xFF000000FFL) * 0x271000000001L >>> 32;
    }

    private static int hex(int c) {
        if (c >= '0' && c <= '9') return c - '0';
        int letter = (c | 0x20) - 'a';
        return letter >= 0 && letter < 6 ? letter + 10 : -1;
    }

    /// Reads a line of any shape; false when it is none of numbers.
    boolean read(byte[] b, int from, int to) {
        cursor.start(b, from, to);
        for (int p = 0; p < positions; p++) {
            if (cursor.atEnd()) break;
            long at = cursor.position(position[p]);
            if (cursor.failed()) return false;
            position[p] = at;
        }
        return numbers(b, cursor.at(), to);
    }

    private boolean numbers(byte[] b, int from, int to) {
        Arrays.fill(costs, 0);
        count = 0;
        for (int i = from;;) {
            while (i < to && AsciiNumber.blank(b[i])) i++;
            if (i == to) return true;
            int first = i;
            while (i < to && !AsciiNumber.blank(b[i])) i++;
            double cost = AsciiNumber.parse(b, first, i);
            if (Double.isNaN(cost)) return false;
            if (count < columns.length && columns[count] >= 0) costs[columns[count]] += cost;
            count++;
        }
    }

    /// The source line that the positions in `[from, to)` of a `calls=` line name, which the line before is not moved by; 0 where there is none.
    long target(byte[] b, int from, int to) {
        cursor.start(b, from, to);
        long target = 0;
        for (int p = 0; p < positions && p <= linePosition; p++) {
            if (cursor.atEnd()) return 0;
            target = cursor.position(position[p]);
            if (cursor.failed()) return 0;
        }
        return linePosition < 0 ? 0 : target;
    }
}
