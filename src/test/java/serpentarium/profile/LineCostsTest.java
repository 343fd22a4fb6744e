package serpentarium.profile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

/// Rows are sorted and added up, whatever the order they come in.
class LineCostsTest {
    @Test void rowsAreSortedAndAddedUp() {
        var builder = new LineCosts.Builder(2);
        builder.add(3, null, 7, 0, 1);
        builder.add(1, "b.h", 2, 0, 2);
        builder.add(1, null, 9, 1, 4);
        builder.add(3, null, 7, 1, 8);
        builder.add(1, "b.h", 2, 0, 16);
        LineCosts lines = builder.build(5);
        assertEquals(3, lines.end(4));
        assertEquals(0, lines.begin(1));
        assertEquals(2, lines.end(1));
        assertNull(lines.file(0));
        assertEquals(9, lines.line(0));
        assertEquals("b.h", lines.file(1));
        assertEquals(18, lines.cost(0, 1));
        assertEquals(2, lines.begin(3));
        assertEquals(1, lines.cost(0, 2));
        assertEquals(8, lines.cost(1, 2));
        assertSame(LineCosts.NONE, new LineCosts.Builder(1).build(3));
    }

    @Test void aMillionRowsInRandomOrderAreMergedOnTheWay() {
        var random = new Random(5);
        var builder = new LineCosts.Builder(1);
        var want = new TreeMap<Long, Double>();
        for (int i = 0; i < 1_500_000; i++) {
            int function = random.nextInt(50);
            int file = random.nextInt(3) - 1;
            int line = 1 + random.nextInt(400);
            builder.add(function, file < 0 ? null : "f" + file, line, 0, i % 7);
            want.merge((long) function << 40 | file + 1L << 32 | line, (double) (i % 7), Double::sum);
        }
        LineCosts lines = builder.build(50);
        assertFalse(builder.full());
        assertEquals(want.size(), lines.end(49));
        double sum = 0;
        for (int row = 0; row < lines.end(49); row++) sum += lines.cost(0, row);
        assertEquals(want.values().stream().mapToDouble(Double::doubleValue).sum(), sum);
        for (int f = 0; f < 50; f++) {
            for (int row = lines.begin(f); row < lines.end(f); row++) {
                int file = lines.file(row) == null ? 0 : 1 + Integer.parseInt(lines.file(row).substring(1));
                boolean fileNumbersAgree = file == 0 || want.containsKey((long) f << 40 | (long) file << 32 | lines.line(row));
                assertTrue(fileNumbersAgree);
                assertEquals(want.get((long) f << 40 | (long) file << 32 | lines.line(row)), lines.cost(0, row));
            }
        }
    }

    @Test void rowsBeyondTheLimitAreLeftOut() {
        var builder = new LineCosts.Builder(2, 100_000);
        int packed = 0;
        for (; !builder.full(); packed++) builder.add(builder.row(packed >> 7, -1, packed & 127), 1, 1);
        assertTrue(packed > 10_000, packed + " rows of four bytes");
        int functions = packed;
        assertEquals(-1, builder.row(functions, -1, 1));
        builder.add(-1, 1, 100);
        LineCosts lines = builder.build(functions + 1);
        assertEquals(lines.begin(functions), lines.end(functions));
        double sum = 0;
        for (int row = 0; row < lines.end(functions); row++) sum += lines.cost(1, row);
        assertEquals(lines.end(functions), sum);
        assertTrue(sum >= packed - 128, sum + " of " + packed);
    }

    @Test void linesOfAFunctionThatComeAgainOutOfOrderAreFound() {
        var builder = new LineCosts.Builder(1);
        var random = new Random(8);
        double[][] want = new double[2][90_000];
        for (int i = 0; i < 400_000; i++) {
            int file = random.nextInt(2);
            int line = i < 80_000 ? 1 + i : random.nextInt(want[0].length);
            builder.add(0, file == 0 ? null : "other.c", line, 0, i % 5);
            want[file][line] += i % 5;
        }
        LineCosts lines = builder.build(1);
        assertTrue(lines.inOtherFiles(0));
        double[][] got = new double[2][want[0].length];
        int before = -1;
        for (int row = 0; row < lines.end(0); row++) {
            int file = lines.file(row) == null ? 0 : 1;
            got[file][lines.line(row)] += lines.cost(0, row);
            assertTrue(file * 100_000 + lines.line(row) > before, "ascending");
            before = file * 100_000 + lines.line(row);
        }
        assertArrayEquals(want[0], got[0]);
        assertArrayEquals(want[1], got[1]);
    }

    @Test void costsThatAreNoSmallWholeNumbersAreKeptToTheBit() {
        double[] costs = {0, -3, 0.1, 1e300, 1L << 53, (1L << 53) + 2, -0.0, 127, 128, 1e17, Double.MIN_VALUE};
        for (double odd : costs) {
            var builder = new LineCosts.Builder(2);
            for (int line = 0; line < 200; line++) {
                builder.add(0, null, line, 0, line == 150 ? odd : line);
                builder.add(0, null, line, 1, line);
            }
            LineCosts lines = builder.build(1);
            for (int line = 0; line < 200; line++) assertEquals(line == 150 ? 0 + odd : line, lines.cost(0, line));
            assertEquals(199, lines.cost(1, 199));
        }
    }

    @Test void eventsThatFollowFromOthersAreComputed() {
        var builder = new LineCosts.Builder(2);
        for (int line = 0; line < 100; line++) {
            builder.add(4, null, line, 0, line);
            builder.add(4, null, line, 1, 1000);
        }
        LineCosts lines = builder.build(5, new EventFormulas(List.of(new double[] {1, 10}, new double[] {0, -1})));
        assertEquals(42 + 10_000, lines.cost(2, 42));
        assertEquals(-1000, lines.cost(3, 99));
        assertFalse(lines.inOtherFiles(4));
        assertFalse(lines.inOtherFiles(3));
    }

    @Test void manyLinesAtOnceAreWhatTheyAreOneByOne() {
        var random = new Random(12);
        for (int round = 0; round < 40; round++) {
            var builder = new LineCosts.Builder(1);
            var want = new TreeMap<Long, Double>();
            for (int file = 0; file < 3; file++) assertEquals(file, builder.file("f" + file));
            int[] line = new int[256];
            long[] cost = new long[256];
            for (int visit = 0; visit < 60; visit++) {
                int function = random.nextInt(round < 20 ? 4 : 60);
                int file = random.nextInt(8) == 0 ? random.nextInt(3) : -1;
                int length = 1 + random.nextInt(256);
                int spread = random.nextBoolean() ? 3 : 100;
                int at = random.nextInt(1000);
                for (int i = 0; i < length; i++) {
                    at = random.nextInt(200) == 0 ? random.nextInt(2_000_000_000) : at + random.nextInt(spread);
                    line[i] = at;
                    cost[i] = random.nextInt(50) == 0 ? 9_999_999 : random.nextInt(200);
                    want.merge((long) function << 40 | file + 1L << 32 | at, (double) cost[i], Double::sum);
                }
                if (random.nextInt(5) == 0) {
                    double odd = random.nextBoolean() ? 0.5 : 1L << 40;
                    builder.add(function, file, line[0], new double[] {odd});
                    want.merge((long) function << 40 | file + 1L << 32 | line[0], odd, Double::sum);
                }
                builder.add(function, file, line, cost, length);
            }
            same(want, builder.build(60), 60);
        }
    }

    @Test void longRunsGoOnAndComeAgain() {
        var random = new Random(13);
        var builder = new LineCosts.Builder(1);
        var want = new TreeMap<Long, Double>();
        int[] line = new int[256];
        long[] cost = new long[256];
        for (int visit = 0; visit < 4; visit++) {
            for (int function = 0; function < 3; function++) {
                int rows = function == 0 ? 1_300_000 : function == 1 ? 6_000 : 900;
                for (int i = 0; i < rows; i++) {
                    line[i & 255] = 2 * i + visit + 1;
                    cost[i & 255] = i % 100_000;
                    want.merge((long) function << 40 | line[i & 255], (double) cost[i & 255], Double::sum);
                    if ((i & 255) == 255) builder.add(function, -1, line, cost, 256);
                }
                builder.add(function, -1, line, cost, rows & 255);
            }
            int early = 1 + random.nextInt(1000);
            builder.add(2, -1, early, new double[] {7});
            want.merge(2L << 40 | early, 7.0, Double::sum);
        }
        same(want, builder.build(3), 3);
        assertFalse(builder.full());
    }

    private static void same(TreeMap<Long, Double> want, LineCosts got, int functions) {
        assertEquals(want.size(), got.end(functions - 1));
        var keys = want.entrySet().iterator();
        for (int f = 0; f < functions; f++) {
            for (int row = got.begin(f); row < got.end(f); row++) {
                var next = keys.next();
                long file = got.file(row) == null ? 0 : 1 + Long.parseLong(got.file(row).substring(1));
                assertEquals(next.getKey(), (long) f << 40 | file << 32 | got.line(row));
                assertEquals(next.getValue(), got.cost(0, row));
            }
        }
    }
}
