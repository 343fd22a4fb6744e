package serpentarium.profile.format;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.pickle.BoundedInput;
import serpentarium.task.TaskContext;

/// Reads CPython's marshal format, versions 0 to 5, as a stream of tokens. Data only: nothing is executed, no object is built, and a
/// reference to a container is never expanded.
///
/// [#next()] gives the token of one object. A container's token is followed by those of its children: [#count()] of them for a tuple,
/// list, set or slice; keys and values up to a [Token#NULL] for a dict; a code object is read with [#code()]. [#skip(Token)] reads what
/// belongs to a token that nobody wants.
///
/// What is not marshal throws a [serpentarium.base.ProblemException] whose id begins with `marshal.`. Format: CPython's `Python/marshal.c`.
final class MarshalReader {
    /// What kind of object comes next.
    enum Token {
        /// The end of a dict.
        NULL,
        /// `None`.
        NONE,
        /// A whole number or a truth value in [MarshalReader#integer()].
        INT,
        /// A whole number beyond 64 bits in [MarshalReader#big()].
        BIG,
        /// A number in [MarshalReader#real()].
        FLOAT,
        /// Text or bytes, numbered in [MarshalReader#text()].
        TEXT,
        /// A tuple.
        TUPLE,
        /// A list, set, frozen set or slice: a container without a meaning in a profile.
        ITEMS,
        /// A dict.
        DICT,
        /// A code object.
        CODE,
        /// A reference to an object that was given a meaning with [MarshalReader#mark(int, int)]; the meaning is in
        /// [MarshalReader#integer()].
        MARKED,
        /// A reference to a container without a meaning.
        SHARED,
        /// Any other object without children, or one too large to be kept.
        OTHER
    }

    /// How deep objects may lie in one another.
    static final int DEPTH_LIMIT = 200;
    private static final int FLAG_REF = 0x80;
    private static final int TEXT_LIMIT = 1 << 20;
    private static final int DIGIT_LIMIT = 4096;

    private static final BoundedInput.Wording WORDING = new BoundedInput.Wording(Strings.of(MarshalReader.class), "marshal.truncated", "marshal.length");

    private final BoundedInput in;
    private final MarshalTexts texts = new MarshalTexts();
    private final List<BigInteger> bigs = new ArrayList<>();
    private Token[] refToken = new Token[256];
    private long[] refValue = new long[256];
    private int refs;
    private int[] stringRefs = new int[64];
    private int stringRefCount;

    private long integer;
    private double real;
    private int text;
    private int count;
    private int slot;
    private int codeName;
    private int codeFile;
    private int codeLine;

    /// The bytes of a source.
    static BoundedInput input(Source source, TaskContext context) throws IOException {
        return new BoundedInput(source, context, WORDING);
    }

    /// A reader of what `in` holds from its position on.
    MarshalReader(BoundedInput in) {
        this.in = in;
    }

    /// The texts seen so far.
    MarshalTexts texts() {
        return texts;
    }

    /// The last whole number, or the meaning of the last [Token#MARKED].
    long integer() {
        return integer;
    }

    /// The last whole number beyond 64 bits.
    BigInteger big() {
        return bigs.get((int) integer);
    }

    /// The last floating-point number.
    double real() {
        return real;
    }

    /// The number of the last text in [#texts()].
    int text() {
        return text;
    }

    /// How many children the last container has.
    int count() {
        return count;
    }

    /// The last object's place among those that may be referred to later, or -1.
    int slot() {
        return slot;
    }

    /// Gives a meaning to what lies at a place of [#slot()]; nothing happens at -1.
    void mark(int at, int meaning) {
        if (at < 0) return;
        refToken[at] = Token.MARKED;
        refValue[at] = meaning;
    }

    /// The next object's token.
    Token next() throws IOException {
        return next(true);
    }

    private Token next(boolean wanted) throws IOException {
        long at = in.position();
        int code = in.u8();
        // The place is reserved before the children are read: theirs come after it.
        slot = -1;
        boolean flagged = (code & FLAG_REF) != 0;
        return switch (code & ~FLAG_REF) {
            case 'r' -> reference(at);
            case ')' -> container(Token.TUPLE, flagged, in.u8());
            case '(' -> container(Token.TUPLE, flagged, in.i32());
            case 'i' -> integer(flagged, in.i32());
            case 'g' -> real(flagged, Double.longBitsToDouble(in.i64()));
            case '{' -> container(Token.DICT, flagged, 0);
            case '0' -> Token.NULL;
            case 'z', 'Z' -> text(flagged, in.u8(), false, wanted);
            case 'u', 'a', 'A' -> text(flagged, in.i32(), false, wanted);
            case 's' -> text(flagged, in.i32(), true, wanted);
            case 't' -> {
                Token token = text(flagged, in.i32(), false, true);
                if (stringRefCount == stringRefs.length) stringRefs = Arrays.copyOf(stringRefs, stringRefCount * 2);
                stringRefs[stringRefCount++] = token == Token.TEXT ? text : -1;
                yield token;
            }
            case 'R' -> {
                int index = in.i32();
                if (index < 0 || index >= stringRefCount) throw in.problem("marshal.reference", at, index);
                text = stringRefs[index];
                yield text < 0 ? Token.OTHER : Token.TEXT;
            }
            case 'l' -> big(flagged);
            case 'I' -> integer(flagged, in.i64());
            case 'N' -> Token.NONE;
            case 'T' -> integer(false, 1);
            case 'F' -> integer(false, 0);
            case 'S', '.' -> Token.OTHER;
            case 'f' -> real(flagged, ascii(at));
            case 'x' -> {
                ascii(at);
                ascii(at);
                yield leaf(Token.OTHER, flagged, 0);
            }
            case 'y' -> {
                in.skip(16);
                yield leaf(Token.OTHER, flagged, 0);
            }
            case '[', '<', '>' -> container(Token.ITEMS, flagged, in.i32());
            case ':' -> container(Token.ITEMS, flagged, 3);
            case 'c' -> container(Token.CODE, flagged, 0);
            default -> throw in.problem("marshal.code", at, String.format("%02x", code));
        };
    }

    private Token reference(long at) throws IOException {
        int index = in.i32();
        if (index < 0 || index >= refs) throw in.problem("marshal.reference", at, index);
        Token token = refToken[index];
        long value = refValue[index];
        switch (token) {
            case FLOAT -> real = Double.longBitsToDouble(value);
            case TEXT -> text = (int) value;
            default -> integer = value;
        }
        return token;
    }

    private Token container(Token token, boolean flagged, int children) {
        in.claim(children, 1);
        count = children;
        if (flagged) leaf(Token.SHARED, true, 0);
        return token;
    }

    private Token leaf(Token token, boolean flagged, long value) {
        if (flagged) {
            if (refs == refToken.length) {
                refToken = Arrays.copyOf(refToken, refs * 2);
                refValue = Arrays.copyOf(refValue, refs * 2);
            }
            refToken[refs] = token;
            refValue[refs] = value;
            slot = refs++;
        }
        return token;
    }

    private Token integer(boolean flagged, long value) {
        integer = value;
        return leaf(Token.INT, flagged, value);
    }

    private Token real(boolean flagged, double value) {
        real = value;
        return leaf(Token.FLOAT, flagged, Double.doubleToRawLongBits(value));
    }

    private Token text(boolean flagged, int length, boolean raw, boolean wanted) throws IOException {
        in.claim(length, 1);
        if (length > TEXT_LIMIT || !wanted && !flagged) {
            in.skip(length);
            return leaf(Token.OTHER, flagged, 0);
        }
        in.take(length);
        text = texts.intern(in.bytes(), in.offset(), length, raw);
        return leaf(text < 0 ? Token.OTHER : Token.TEXT, flagged, text);
    }

    /// Python's own whole numbers: a signed number of digits, then digits of 15 bits, the lowest first.
    private Token big(boolean flagged) throws IOException {
        int signed = in.i32();
        long digits = Math.abs((long) signed);
        in.claim(digits, 2);
        if (digits > DIGIT_LIMIT) {
            in.skip(digits * 2);
            return leaf(Token.OTHER, flagged, 0);
        }
        if (digits <= 4) {
            long value = 0;
            for (int i = 0; i < digits; i++) value |= (long) digit() << 15 * i;
            return integer(flagged, signed < 0 ? -value : value);
        }
        BigInteger value = BigInteger.ZERO;
        for (int i = 0; i < digits; i++) value = value.or(BigInteger.valueOf(digit()).shiftLeft(15 * i));
        if (value.bitLength() < 64) return integer(flagged, signed < 0 ? -value.longValue() : value.longValue());
        integer = bigs.size();
        bigs.add(signed < 0 ? value.negate() : value);
        return leaf(Token.BIG, flagged, integer);
    }

    private int digit() throws IOException {
        int digit = in.u16();
        if (digit > 0x7fff) throw in.problem("marshal.digit", in.position() - 2, digit);
        return digit;
    }

    /// A floating-point number as text, from before version 2.
    private double ascii(long at) throws IOException {
        int length = in.u8();
        in.take(length);
        String written = new String(in.bytes(), in.offset(), length, StandardCharsets.ISO_8859_1);
        return switch (written) {
            case "nan", "-nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> parse(written, at);
        };
    }

    private double parse(String written, long at) {
        try {
            return Double.parseDouble(written);
        } catch (NumberFormatException e) {
            throw in.problem("marshal.float", at, written);
        }
    }

    /// Reads on past everything that belongs to the object whose token was just read.
    void skip(Token token) throws IOException {
        skip(token, 1);
    }

    private void skip(Token token, int depth) throws IOException {
        if (depth > DEPTH_LIMIT) throw in.problem("marshal.depth", in.position(), DEPTH_LIMIT);
        switch (token) {
            case TUPLE, ITEMS -> {
                for (int left = count; left > 0; left--) child(depth);
            }
            case DICT -> {
                for (Token key; (key = next(false)) != Token.NULL;) {
                    skip(key, depth + 1);
                    child(depth);
                }
            }
            case CODE -> code(depth);
            case NULL, NONE, INT, BIG, FLOAT, TEXT, MARKED, SHARED, OTHER -> {}
        }
    }

    private void child(int depth) throws IOException {
        long at = in.position();
        Token token = next(false);
        if (token == Token.NULL) throw in.problem("marshal.null", at);
        skip(token, depth + 1);
    }

    /// Reads the rest of a code object; its name, file and first line make the label that [#text()] then has.
    ///
    /// @return whether it has a name and a file
    boolean code() throws IOException {
        int own = slot;
        code(1);
        slot = own;
        if (codeName < 0 || codeFile < 0) return false;
        text = texts.codeLabel(codeName, codeFile, codeLine);
        return text >= 0;
    }

    /// Marshal does not say which Python wrote a code object. Four layouts occur: 4 numbers (2.7), 5 (3.0 to 3.7), 6 (3.8 to 3.10), each
    /// followed by 8 objects, the first line's number and a line table; and 5 (3.11 on) followed by 8 objects, the number and 2 objects.
    /// How many numbers there are shows where the bytecode begins; the last layout has bytes where the other one has a tuple.
    private void code(int depth) throws IOException {
        long at = in.position();
        int numbers = numbersBeforeBytecode();
        if (numbers < 0) throw in.problem("marshal.layout", at);
        in.skip(4L * numbers);
        int name = -1;
        int file = -1;
        boolean newer = false;
        for (int i = 0; i < 8; i++) {
            Token token = next(i > 3);
            if (i == 4) newer = numbers == 5 && (token == Token.TEXT || token == Token.OTHER);
            int fileAt = newer ? 5 : 6;
            if (token == Token.NULL) throw in.problem("marshal.null", at);
            if (token == Token.TEXT && i == fileAt) file = text;
            if (token == Token.TEXT && i == fileAt + 1) name = text;
            skip(token, depth + 1);
        }
        int line = in.i32();
        child(depth);
        if (newer) child(depth);
        codeName = name;
        codeFile = file;
        codeLine = line;
    }

    private int numbersBeforeBytecode() throws IOException {
        for (int numbers = 6; numbers >= 4; numbers--) {
            boolean plausible = true;
            for (int i = 0; i < numbers; i++) {
                int value = in.peekInt(4 * i);
                plausible &= value >= 0 && value < 1 << 29;
            }
            if (!plausible) continue;
            int code = in.peek(4 * numbers) & ~FLAG_REF;
            int value = in.peekInt(4 * numbers + 1);
            if (code == 's' && value > 0 && value <= in.remaining()) return numbers;
            if (code == 'r' && value >= 0 && value < refs && refToken[value] == Token.TEXT) return numbers;
        }
        return -1;
    }
}
