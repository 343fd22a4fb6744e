package serpentarium.log.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuantilesTest {
    @Test void withinOnePercentWhateverTheOrder() {
        var random = new Random(3);
        for (int count : new int[] {1, 2, 255, 256, 257, 10_000}) {
            double[] values = random.doubles(count).map(each -> Math.exp(each * 20 - 8) * (random.nextInt(4) == 0 ? -1 : 1)).toArray();
            var all = new Quantiles();
            Quantiles[] parts = {new Quantiles(), new Quantiles(), new Quantiles()};
            for (double value : values) {
                all.add(value);
                parts[random.nextInt(3)].add(value);
            }
            parts[0].add(parts[1]);
            parts[0].add(parts[2]);
            Arrays.sort(values);
            for (double share : new double[] {0.01, 0.5, 0.9, 0.95, 0.99}) {
                double exact = values[(int) Math.max(1, Math.ceil(share * count)) - 1];
                assertTrue(Math.abs(all.of(share) - exact) <= Math.abs(exact) * (count <= 256 ? 0 : 0.01), count + " " + share + ": " + all.of(share) + " for " + exact);
                assertEquals(all.of(share), parts[0].of(share));
            }
        }
    }

    @Test void zerosAndNothing() {
        var zeros = new Quantiles();
        assertTrue(Double.isNaN(zeros.of(0.5)));
        for (int i = 0; i < 1000; i++) zeros.add(i % 2 == 0 ? 0.0 : -0.0);
        assertEquals(0, zeros.of(0.5));
    }
}
