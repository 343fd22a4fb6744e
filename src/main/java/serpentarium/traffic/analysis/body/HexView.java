package serpentarium.traffic.analysis.body;

import serpentarium.base.Bid;
import serpentarium.task.TaskContext;

/// The bytes, sixteen a line.
public final class HexView implements BodyView {
    private static final int WIDTH = 16;

    @Override public String id() {
        return "hex";
    }

    @Override public int limit() {
        return Integer.MAX_VALUE;
    }

    @Override public Bid bid(BodyInput in) {
        return new Bid.Yes(1);
    }

    @Override public BodyModel model(BodyInput in, TaskContext context) {
        return new BodyModel.Hex(in.bytes(), "");
    }

    /// How many lines a content has.
    public static int lines(byte[] bytes) {
        return bytes.length / WIDTH + (bytes.length % WIDTH == 0 ? 0 : 1);
    }

    /// One line as `xxd` writes it: place, sixteen bytes in two groups, and those of them that are ASCII.
    public static String line(byte[] bytes, int line) {
        int from = line * WIDTH;
        int to = Math.min(bytes.length, from + WIDTH);
        var out = new StringBuilder(80);
        for (int shift = 28; shift >= 0; shift -= 4) out.append(Character.forDigit(from >>> shift & 15, 16));
        out.append("  ");
        for (int i = from; i < from + WIDTH; i++) {
            if (i < to) out.append(Character.forDigit(bytes[i] >> 4 & 15, 16)).append(Character.forDigit(bytes[i] & 15, 16)).append(' ');
            else out.append("   ");
            if (i == from + WIDTH / 2 - 1) out.append(' ');
        }
        out.append(' ');
        for (int i = from; i < to; i++) out.append(bytes[i] >= ' ' && bytes[i] < 127 ? (char) bytes[i] : '·');
        return out.toString();
    }
}
