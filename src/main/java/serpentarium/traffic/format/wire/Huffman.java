package serpentarium.traffic.format.wire;

/// The Huffman code of HPACK. It is canonical: the lengths of the codes say all.
///
/// Source: RFC 7541, appendix B.
final class Huffman {
    private static final int LONGEST = 30;
    private static final int END = 256;
    /// The length of each symbol's code, 5 as `A`.
    private static final String LENGTHS = "ISXXXXXXXTZXXZXXXXXXXXZXXXXXXXXXBFFHIBDGFFDGDBBBAAABBBBBBBCDKBHFIBCCCCCCCCCCCCCCCCCCCCCCDCDIOIJBKABABABBBACCBBBABCBAABCCCCCKGJI"
            + "XPRPPRRRSRSSSSSTSTTRSTSSSSQRSRSSTRQPRRSSQSRRTQRSSQQRQSRSSPRRRSRSSVVPORSRUVVVWWVTUOQVWWVWTQQVVXWWWPTPQRQQSRRUUTTVSVWVVWWWWWXWWWWWVZ";
    private static final int[] FIRST_CODE = new int[LONGEST + 2];
    private static final int[] FIRST_INDEX = new int[LONGEST + 2];
    private static final short[] SYMBOLS = new short[END + 1];

    static {
        int index = 0;
        int code = 0;
        for (int length = 1; length <= LONGEST; length++) {
            code <<= 1;
            FIRST_CODE[length] = code;
            FIRST_INDEX[length] = index;
            for (int symbol = 0; symbol <= END; symbol++) {
                if (LENGTHS.charAt(symbol) - 'A' + 5 != length) continue;
                SYMBOLS[index++] = (short) symbol;
                code++;
            }
        }
        FIRST_INDEX[LONGEST + 1] = index;
    }

    private Huffman() {}

    /// Decodes bytes into `to`, which holds at least 8/5 of them.
    ///
    /// @return how many there are; -1 when it is no such code
    static int decode(byte[] from, int offset, int length, byte[] to) {
        int code = 0;
        int bits = 0;
        int count = 0;
        for (int i = offset; i < offset + length; i++) {
            for (int bit = 7; bit >= 0; bit--) {
                code = code << 1 | from[i] >> bit & 1;
                if (++bits > LONGEST) return -1;
                int in = code - FIRST_CODE[bits];
                if (in < 0 || in >= FIRST_INDEX[bits + 1] - FIRST_INDEX[bits]) continue;
                int symbol = SYMBOLS[FIRST_INDEX[bits] + in];
                if (symbol == END) return -1;
                to[count++] = (byte) symbol;
                code = 0;
                bits = 0;
            }
        }
        return bits > 7 || code != (1 << bits) - 1 ? -1 : count;
    }
}
