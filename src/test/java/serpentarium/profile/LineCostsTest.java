package serpentarium.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        var builder = new LineCosts.Builder(16);
        int limit = LineCosts.Builder.MAX_CELLS / 16;
        for (int i = 0; i < limit; i++) builder.add(builder.row(i >> 10, -1, i & 1023), 3, 1);
        assertFalse(builder.full());
        assertEquals(-1, builder.row(5_000, -1, 1));
        assertTrue(builder.full());
        builder.add(-1, 3, 100);
        LineCosts lines = builder.build(5_001);
        assertEquals(limit, lines.end(5_000));
        assertEquals(lines.begin(5_000), lines.end(5_000));
    }
}
