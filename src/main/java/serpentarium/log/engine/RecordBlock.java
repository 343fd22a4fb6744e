package serpentarium.log.engine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import serpentarium.log.RecordView;

/// The kinds of up to 65,536 lines that follow one another, in about two bits a line, and the time range of each 512 of them. Never changes.
///
/// The kinds are a tree of bits, as Huffman's code has it: each node has a bit for each of its lines that says which of its two halves the line's kind is
/// in. So the frequent ones take one or two bits, and all lines of some kinds are found a word at a time. A time is a fraction of the block's range in
/// 16 bits, rounded so that the range of each group holds all of its times.
final class RecordBlock {
    static final int BITS = 16;
    /// How many lines a block has.
    static final int LINES = 1 << BITS;
    /// How many lines have one time range.
    static final int GROUP = 512;
    static final int GROUPS = LINES / GROUP;
    static final int WORDS = LINES / 64;
    private static final int STEPS = 0xffff;

    private final int[] counts;
    private final int lines;
    private final boolean timed;
    private final long[] bits;
    private final long from;
    private final long to;
    private final char[] times;
    private final Node root;

    /// A node of the tree.
    ///
    /// @param kinds below it
    /// @param count how many lines are below it
    /// @param zero  the half that a bit of 0 stands for; null where there is only one kind
    private record Node(int kinds, int count, Node zero, Node one) {}

    private RecordBlock(int[] counts, boolean timed, long[] bits, long from, long to, char[] times) {
        this.counts = counts;
        lines = Arrays.stream(counts).sum();
        this.timed = timed;
        this.bits = bits;
        this.from = from;
        this.to = to;
        this.times = times;
        root = tree(counts);
    }

    /// @param kinds  of each line
    /// @param first  the earliest time of each group, or [RecordView#NO_TIME]
    /// @param last   the latest
    /// @param timed  whether every record has a time
    static RecordBlock of(byte[] kinds, int lines, long[] first, long[] last, boolean timed) {
        int[] counts = new int[RecordKinds.MOST];
        long[][] planes = new long[RecordKinds.MOST][];
        for (int i = 0; i < lines; i++) {
            int kind = kinds[i];
            if (counts[kind]++ == 0) planes[kind] = new long[WORDS];
            planes[kind][i >> 6] |= 1L << i;
        }
        var out = new Bits();
        Node root = tree(counts);
        if (root != null) write(root, lines(lines), planes, out);
        int groups = (lines + GROUP - 1) / GROUP;
        long from = Long.MAX_VALUE;
        long to = RecordView.NO_TIME;
        for (int i = 0; i < groups; i++) {
            if (first[i] == RecordView.NO_TIME) continue;
            from = Math.min(from, first[i]);
            to = Math.max(to, last[i]);
        }
        if (to == RecordView.NO_TIME) from = to;
        char[] times = new char[from == RecordView.NO_TIME ? 0 : 2 * groups];
        for (int i = 0; i < times.length; i += 2) {
            boolean none = first[i / 2] == RecordView.NO_TIME;
            times[i] = none ? STEPS : fraction(first[i / 2], from, to, false);
            times[i + 1] = none ? 0 : fraction(last[i / 2], from, to, true);
        }
        return new RecordBlock(counts, timed, out.all(), from, to, times);
    }

    private static char fraction(long time, long from, long to, boolean up) {
        if (from == to) return 0;
        double share = span(from, time) / span(from, to) * STEPS;
        int step = Math.clamp((long) (up ? Math.ceil(share) : Math.floor(share)), 0, STEPS);
        // What a double cannot tell apart is put right here.
        while (up ? step < STEPS && time(step, from, to) < time : step > 0 && time(step, from, to) > time) step += up ? 1 : -1;
        return (char) step;
    }

    private static double span(long from, long to) {
        long span = to - from;
        return span >= 0 ? span : (span >>> 1) * 2.0;
    }

    private static long time(int step, long from, long to) {
        if (step == 0) return from;
        return step == STEPS ? to : from + Math.round(span(from, to) / STEPS * step);
    }

    private static Node tree(int[] counts) {
        Node[] nodes = new Node[counts.length];
        int size = 0;
        for (int kind = 0; kind < counts.length; kind++) if (counts[kind] > 0) nodes[size++] = new Node(1 << kind, counts[kind], null, null);
        if (size == 0) return null;
        while (size > 1) {
            Node one = least(nodes, size--);
            Node zero = least(nodes, size--);
            nodes[size++] = new Node(zero.kinds | one.kinds, zero.count + one.count, zero, one);
        }
        return nodes[0];
    }

    /// Takes out the node with the fewest lines.
    private static Node least(Node[] nodes, int size) {
        int at = 0;
        for (int i = 1; i < size; i++) if (nodes[i].count < nodes[at].count || nodes[i].count == nodes[at].count && nodes[i].kinds < nodes[at].kinds) at = i;
        Node least = nodes[at];
        nodes[at] = nodes[size - 1];
        return least;
    }

    private static void write(Node node, long[] of, long[][] planes, Bits out) {
        if (node.zero == null) return;
        long[] ones = new long[WORDS];
        for (int kind = 0; kind < planes.length; kind++) {
            if ((node.one.kinds >>> kind & 1) == 0) continue;
            for (int w = 0; w < WORDS; w++) ones[w] |= planes[kind][w];
        }
        for (int w = 0; w < WORDS; w++) if (of[w] != 0) out.add(Long.compress(ones[w], of[w]), Long.bitCount(of[w]));
        long[] zeros = new long[WORDS];
        for (int w = 0; w < WORDS; w++) zeros[w] = of[w] & ~ones[w];
        write(node.zero, zeros, planes, out);
        write(node.one, ones, planes, out);
    }

    private static long[] lines(int count) {
        long[] words = new long[WORDS];
        Arrays.fill(words, 0, count >> 6, -1L);
        if ((count & 63) != 0) words[count >> 6] = (1L << count) - 1;
        return words;
    }

    /// How many lines it has.
    int lines() {
        return lines;
    }

    /// How many lines are of some kinds.
    int count(RecordKinds kinds) {
        int count = 0;
        for (int kind = 0; kind < counts.length; kind++) if (kinds.has(kind)) count += counts[kind];
        return count;
    }

    /// Whether every record has a time.
    boolean timed() {
        return timed;
    }

    /// The earliest time, or [RecordView#NO_TIME].
    long from() {
        return from;
    }

    /// The latest time, or [RecordView#NO_TIME].
    long to() {
        return to;
    }

    /// A time that no record of a group is before; [RecordView#NO_TIME] where none has a time.
    long from(int group) {
        return none(group) ? RecordView.NO_TIME : time(times[2 * group], from, to);
    }

    /// A time that no record of a group is after; [RecordView#NO_TIME] where none has a time.
    long to(int group) {
        return none(group) ? RecordView.NO_TIME : time(times[2 * group + 1], from, to);
    }

    private boolean none(int group) {
        return times.length == 0 || times[2 * group] > times[2 * group + 1];
    }

    /// The lines of some kinds, as bits.
    long[] words(RecordKinds kinds) {
        long[] found = new long[WORDS];
        if (root != null) read(root, lines(lines), 0, kinds, found);
        return found;
    }

    /// Reads a node, which begins at a bit; gives where it ends.
    private int read(Node node, long[] of, int at, RecordKinds kinds, long[] found) {
        if ((node.kinds & ~kinds.bits()) == 0) {
            for (int w = 0; w < WORDS; w++) found[w] |= of[w];
            return at + size(node);
        }
        if ((node.kinds & kinds.bits()) == 0) return at + size(node);
        long[] zeros = new long[WORDS];
        long[] ones = new long[WORDS];
        int bit = at;
        for (int w = 0; w < WORDS; w++) {
            if (of[w] == 0) continue;
            int count = Long.bitCount(of[w]);
            ones[w] = Long.expand(Bits.get(bits, bit, count), of[w]);
            zeros[w] = of[w] & ~ones[w];
            bit += count;
        }
        return read(node.one, ones, read(node.zero, zeros, bit, kinds, found), kinds, found);
    }

    /// How many bits a node has with those below it.
    private static int size(Node node) {
        return node.zero == null ? 0 : node.count + size(node.zero) + size(node.one);
    }

    /// The kind of each line.
    byte[] kinds() {
        byte[] all = new byte[LINES];
        for (int kind = 0; kind < counts.length; kind++) {
            if (counts[kind] == 0) continue;
            long[] words = words(new RecordKinds(1 << kind));
            for (int w = 0; w < WORDS; w++) for (long word = words[w]; word != 0; word &= word - 1) all[(w << 6) + Long.numberOfTrailingZeros(word)] = (byte) kind;
        }
        return all;
    }

    /// How much memory it takes, about.
    long footprint() {
        return 8L * bits.length + 2L * times.length + 4L * counts.length + 160;
    }

    void write(DataOutput out) throws IOException {
        for (int count : counts) out.writeInt(count);
        out.writeBoolean(timed);
        out.writeLong(from);
        out.writeLong(to);
        for (char time : times) out.writeChar(time);
        for (long word : bits) out.writeLong(word);
    }

    /// Reads what [#write(DataOutput)] wrote.
    static RecordBlock read(DataInput in) throws IOException {
        int[] counts = new int[RecordKinds.MOST];
        int lines = 0;
        for (int i = 0; i < counts.length; i++) {
            counts[i] = in.readInt();
            lines += counts[i];
            if (counts[i] < 0 || counts[i] > LINES || lines > LINES) throw new IOException("a block of " + lines + " lines");
        }
        boolean timed = in.readBoolean();
        long from = in.readLong();
        long to = in.readLong();
        char[] times = new char[from == RecordView.NO_TIME ? 0 : 2 * ((lines + GROUP - 1) / GROUP)];
        for (int i = 0; i < times.length; i++) times[i] = in.readChar();
        Node root = tree(counts);
        long[] bits = new long[root == null ? 0 : size(root) + 63 >> 6];
        for (int i = 0; i < bits.length; i++) bits[i] = in.readLong();
        return new RecordBlock(counts, timed, bits, from, to, times);
    }

    /// Bits that follow one another.
    private static final class Bits {
        private long[] words = new long[WORDS];
        private int size;

        /// @param count of the lowest bits, 1…64
        void add(long some, int count) {
            int word = size >> 6;
            if (word + 1 >= words.length) words = Arrays.copyOf(words, words.length * 2);
            int shift = size & 63;
            words[word] |= some << shift;
            if (shift + count > 64) words[word + 1] = some >>> 64 - shift;
            size += count;
        }

        static long get(long[] words, int at, int count) {
            int shift = at & 63;
            long low = words[at >> 6] >>> shift;
            if (shift + count > 64) low |= words[(at >> 6) + 1] << 64 - shift;
            return count == 64 ? low : low & (1L << count) - 1;
        }

        long[] all() {
            return Arrays.copyOf(words, size + 63 >> 6);
        }
    }
}
