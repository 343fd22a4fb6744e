package serpentarium.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

/// What was packed comes out again.
class LineCallsTest {
    @Test void rowsComeBackWhateverTheirOrderAndNumbers() {
        var random = new Random(3);
        var builder = new LineCalls.Builder(2);
        var want = new TreeMap<String, Double>();
        for (int i = 0; i < 200_000; i++) {
            int caller = random.nextInt(40);
            int file = random.nextInt(3) - 1;
            int line = random.nextInt(4) == 0 ? Integer.MAX_VALUE - random.nextInt(9) : random.nextInt(900);
            int callee = random.nextInt(40);
            double[] costs = {random.nextInt(1000) * 1e6, random.nextInt(5) == 0 ? 0.5 : 3};
            builder.add(caller, file < 0 ? -1 : builder.file("f" + file), line, callee, i % 3 == 0 ? LineCalls.UNCOUNTED : i, costs);
            String key = caller + " " + (file < 0 ? null : "f" + file) + " " + line + " " + callee;
            want.merge(key + " calls", i % 3 == 0 ? -1.0 : i, Double::sum);
            want.merge(key + " 0", costs[0], Double::sum);
            want.merge(key + " 1", costs[1], Double::sum);
        }
        assertFalse(builder.full());
        LineCalls calls = builder.build(40, EventFormulas.NONE);
        var got = new TreeMap<String, Double>();
        for (int f = 0; f < 45; f++) {
            int caller = f;
            calls.visit(caller, (file, line, callee, count, cost) -> {
                String key = caller + " " + file + " " + line + " " + callee;
                got.merge(key + " calls", (double) count, Double::sum);
                got.merge(key + " 0", cost.applyAsDouble(0), Double::sum);
                got.merge(key + " 1", cost.applyAsDouble(1), Double::sum);
            });
        }
        assertEquals(want, got);
        calls.of(List.of(1)).visit(7, (_, _, _, _, cost) -> assertTrue(cost.applyAsDouble(0) == 0.5 || cost.applyAsDouble(0) == 3));
        assertSame(LineCalls.NONE, new LineCalls.Builder(1).build(3, EventFormulas.NONE));
    }

    @Test void rowsBeyondTheLimitAreLeftOut() {
        var builder = new LineCalls.Builder(1, 10_000);
        int added = 0;
        while (!builder.full()) builder.add(added >> 4, -1, added++ & 15, 1, 1, new double[] {7});
        assertTrue(added > 1000, added + " rows of five bytes");
        builder.add(0, -1, 1, 1, 1, new double[] {7});
        int[] rows = {0};
        LineCalls calls = builder.build((added >> 4) + 1, EventFormulas.NONE);
        for (int f = 0; f <= added >> 4; f++) calls.visit(f, (_, _, _, _, _) -> rows[0]++);
        assertTrue(rows[0] >= added - 1 && rows[0] <= added, rows[0] + " of " + added);
    }
}
