package serpentarium.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({"0, 0 s", "1.234, 1.23 s", "0.0456, 45.6 ms", "0.000789, 789 µs", "1.2e-8, 12.0 ns", "-2.5, −2.50 s", "0.9996, 1.00 s",
        "123, 2 min 03 s", "7500, 2 h 05 min", "NaN, –", "Infinity, ∞", "1e-30, <0.001 ns"})
    void times(double seconds, String expected) {
        assertEquals(expected, Quantity.time(seconds));
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "512, 512 B", "1536, 1.50 KiB", "2147483648, 2.00 GiB", "-1024, −1.00 KiB", "NaN, –", "-Infinity, −∞"})
    void sizes(double bytes, String expected) {
        assertEquals(expected, Quantity.size(bytes));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"1234567;1,234,567", "-5;−5", "0.5;0.500", "2.25;2.25", "NaN;–", "Infinity;∞"})
    void counts(double value, String expected) {
        assertEquals(expected, Quantity.count(value));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0 %", "0.125, 12.5 %", "0.0001, <0.1 %", "-0.0001, >−0.1 %", "-0.5, −50.0 %", "1, 100.0 %", "NaN, –", "Infinity, –"})
    void shares(double share, String expected) {
        assertEquals(expected, Quantity.share(share));
    }

    @Test void numbersAreRoundedAsFormatStringsDo() {
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            double value = i % 3 == 0 ? random.nextInt(1000, 999_499) / 1000.0 : i % 3 == 1 ? random.nextInt(100_000, 99_949_999) / 100_000.0 : 1 + random.nextDouble(998);
            int places = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
            assertEquals(String.format(Locale.ROOT, "%." + places + "f s", value), value < 120 ? Quantity.time(value) : Quantity.size(value).replace('B', 's'), () -> value + "");
            long whole = random.nextLong() >> random.nextInt(64);
            assertEquals(String.format(Locale.ROOT, "%,d", whole).replace('-', '−'), Quantity.count(whole));
        }
        assertEquals("−9,223,372,036,854,775,808", Quantity.count(Long.MIN_VALUE));
    }

    @Test void sortingRowsIsStableAndTouchesOnlyItsPart() {
        var random = new Random(1);
        for (int size : new int[] {0, 1, 2, 15, 16, 17, 33, 100, 1000, 4097}) {
            int[] keys = random.ints(size, 0, 20).toArray();
            Integer[] expected = new Integer[size];
            Arrays.setAll(expected, i -> i);
            Arrays.sort(expected, (a, b) -> Integer.compare(keys[a], keys[b]));
            int[] rows = IntSort.rows(size, (a, b) -> Integer.compare(keys[a], keys[b]));
            assertArrayEquals(Arrays.stream(expected).mapToInt(Integer::intValue).toArray(), rows);
            int[] part = new int[size + 10];
            Arrays.setAll(part, i -> i < 5 || i >= size + 5 ? -i : i - 5);
            IntSort.sort(part, 5, size + 5, (a, b) -> Integer.compare(keys[a], keys[b]));
            assertArrayEquals(rows, Arrays.copyOfRange(part, 5, size + 5));
            assertEquals(-1, part[1]);
            assertEquals(-(size + 6), part[size + 6]);
        }
    }
}
