package serpentarium.log.engine;

/// A set of letters: any of ASCII, and all others or none of them.
///
/// @param low    those from 0 to 63
/// @param high   those from 64 to 127
/// @param others whether every letter beyond ASCII is in it
record Letters(long low, long high, boolean others) {
    static final Letters NONE = new Letters(0, 0, false);
    static final Letters DIGITS = NONE.with('0', '9');
    static final Letters WORD = DIGITS.with('a', 'z').with('A', 'Z').with('_', '_');
    static final Letters BLANKS = NONE.with('\t', '\r').with(' ', ' ');
    /// What a dot stands for.
    static final Letters ANY = NONE.with('\n', '\n').with('\r', '\r').not();

    static Letters of(char letter) {
        return NONE.with(letter, letter);
    }

    boolean has(int letter) {
        return ((letter < 64 ? low : high) >>> letter & 1) != 0;
    }

    Letters with(char first, char last) {
        long a = low;
        long b = high;
        for (char c = first; c <= last; c++) {
            if (c < 64) a |= 1L << c;
            else b |= 1L << c;
        }
        return new Letters(a, b, others);
    }

    Letters with(Letters more) {
        return new Letters(low | more.low, high | more.high, others || more.others);
    }

    Letters not() {
        return new Letters(~low, ~high, !others);
    }

    /// With every letter also in its other case.
    Letters anyCase() {
        long letters = 0x07fffffeL;
        long either = (high | high >>> 32) & letters;
        return new Letters(low, high | either | either << 32, others);
    }
}
