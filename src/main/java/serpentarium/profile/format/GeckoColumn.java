package serpentarium.profile.format;

import java.io.IOException;
import java.util.Arrays;

import com.fasterxml.jackson.core.JsonToken;

/// A column of a table in a Firefox profile: grows while there is room, and drops what comes then.
sealed interface GeckoColumn {
    /// Appends the value at hand.
    void take(JsonInput in) throws IOException;

    /// Appends missing values until there are so many.
    void pad(int length);

    /// How many values there are.
    int size();

    /// The memory that all columns and texts of one profile may take together.
    final class Room {
        private long left = Runtime.getRuntime().maxMemory() / 5 * 2;
        private boolean full;

        /// Takes so many bytes; false when there are not so many.
        boolean take(long bytes) {
            if (bytes > left) {
                full = true;
                return false;
            }
            left -= bytes;
            return true;
        }

        /// Whether something did not fit.
        boolean full() {
            return full;
        }

        private int grown(int size, int width) {
            int more = size + (size >> 1) + 16;
            return more > size && take((long) (more - size) * width) ? more : size;
        }
    }

    /// Numbers of rows of other tables, from 0; -1 where there is none.
    final class Ints implements GeckoColumn {
        private final Room room;
        private int[] values = new int[0];
        private int size;

        /// An empty column.
        Ints(Room room) {
            this.room = room;
        }

        @Override public void take(JsonInput in) throws IOException {
            add(in.index(Integer.MAX_VALUE));
        }

        private void add(int value) {
            if (size == values.length) {
                int more = room.grown(size, Integer.BYTES);
                if (more == size) return;
                values = Arrays.copyOf(values, more);
            }
            values[size++] = value;
        }

        @Override public void pad(int length) {
            for (int before = -1; size < length && size > before; add(-1)) before = size;
        }

        @Override public int size() {
            return size;
        }

        /// The value of a row; -1 also where there is no such row.
        int get(int row) {
            return row >= 0 && row < size ? values[row] : -1;
        }
    }

    /// Times and weights; NaN where there is none.
    final class Doubles implements GeckoColumn {
        private final Room room;
        private double[] values = new double[0];
        private int size;

        /// An empty column.
        Doubles(Room room) {
            this.room = room;
        }

        @Override public void take(JsonInput in) throws IOException {
            JsonToken token = in.parser().currentToken();
            add(token == JsonToken.VALUE_NULL ? Double.NaN : in.number());
        }

        private void add(double value) {
            if (size == values.length) {
                int more = room.grown(size, Double.BYTES);
                if (more == size) return;
                values = Arrays.copyOf(values, more);
            }
            values[size++] = value;
        }

        @Override public void pad(int length) {
            for (int before = -1; size < length && size > before; add(Double.NaN)) before = size;
        }

        @Override public int size() {
            return size;
        }

        /// The value of a row; NaN also where there is no such row.
        double get(int row) {
            return row >= 0 && row < size ? values[row] : Double.NaN;
        }
    }
}
