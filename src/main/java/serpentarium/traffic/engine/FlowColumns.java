package serpentarium.traffic.engine;

import java.util.Arrays;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSource;

/// The columns of a session's list, in blocks of rows that stay where they are while more are added: about 90 bytes a row.
final class FlowColumns {
    static final int BLOCK = 1 << 15;

    static final byte OPEN = 1;
    static final byte DELETED = 2;
    static final byte FAILED = 4;
    /// The flow's records were dropped with the oldest part of a ring.
    static final byte GONE = 8;

    static final FlowKind[] KINDS = FlowKind.values();
    static final FlowSource[] SOURCES = FlowSource.values();

    /// A run of rows.
    static final class Block {
        final long[] last = new long[BLOCK];
        final double[] started = new double[BLOCK];
        final float[] firstByte = filled(Float.NaN);
        final float[] duration = filled(Float.NaN);
        final short[] status = new short[BLOCK];
        final byte[] kind = new byte[BLOCK];
        final byte[] source = new byte[BLOCK];
        final byte[] flags = new byte[BLOCK];
        final int[] method = numbers();
        final int[] origin = numbers();
        final int[] contentType = numbers();
        final int[] connection = numbers();
        final int[] process = numbers();
        final int[] version = numbers();
        final long[] path = wide(-1);
        final long[] requestSize = new long[BLOCK];
        final long[] responseSize = new long[BLOCK];
        final int[] messages = new int[BLOCK];
        final int[] parent = numbers();

        private static int[] numbers() {
            int[] column = new int[BLOCK];
            Arrays.fill(column, -1);
            return column;
        }

        private static long[] wide(long value) {
            long[] column = new long[BLOCK];
            Arrays.fill(column, value);
            return column;
        }

        private static float[] filled(float value) {
            float[] column = new float[BLOCK];
            Arrays.fill(column, value);
            return column;
        }
    }

    private Block[] blocks = new Block[0];
    private int size;

    int size() {
        return size;
    }

    /// The blocks as they are; rows added later do not show in it.
    Block[] blocks() {
        return blocks;
    }

    /// Makes room for one more row.
    int add() {
        if (size == blocks.length * BLOCK) {
            blocks = Arrays.copyOf(blocks, blocks.length + 1);
            blocks[blocks.length - 1] = new Block();
        }
        return size++;
    }

    /// Makes room for a whole block of rows, or for the last part of one.
    void add(int rows) {
        if (size % BLOCK != 0) throw new IllegalStateException("a block is half full");
        add();
        size += rows - 1;
    }

    Block block(int row) {
        return blocks[row / BLOCK];
    }

    static int in(int row) {
        return row % BLOCK;
    }
}
