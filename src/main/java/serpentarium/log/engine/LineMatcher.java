package serpentarium.log.engine;

import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import serpentarium.log.TextEncoding;

/// Says of one line after the other whether an expression matches; for one thread. A line may take only so long: some expressions need more time for
/// some lines than there is.
final class LineMatcher {
    private static final byte ESCAPE = 0x1b;
    private static final ByteNeedle COLOUR = new ByteNeedle(new byte[] {ESCAPE}, false);
    private static final Pattern COLOURS = Pattern.compile("\u001b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?|[@-Z\\\\^_])");

    private final Matcher matcher;
    private final TextEncoding encoding;
    private final long allowed;
    private BooleanSupplier cancelled = () -> false;
    private final Bounded text = new Bounded();

    /// What came of a line.
    enum Answer { YES, NO, TOO_LONG }

    /// @param allowed nanoseconds for a line
    LineMatcher(LineQuery query, TextEncoding encoding, long allowed) {
        matcher = query.compiled().matcher("");
        this.encoding = encoding;
        this.allowed = allowed;
    }

    /// Sets what says whether to stop at once.
    void stopWhen(BooleanSupplier stop) {
        cancelled = stop;
    }

    /// Whether some bytes hold the beginning of a colour.
    static boolean coloured(byte[] bytes, int from, int to) {
        return COLOUR.find(bytes, from, to) >= 0;
    }

    /// Asks for a line without its end.
    Answer answer(byte[] bytes, int from, int to) {
        boolean ascii = encoding.unit() == 1;
        boolean colours = false;
        for (int i = from; i < to && ascii; i++) {
            ascii = bytes[i] > 0;
            colours |= bytes[i] == ESCAPE;
        }
        if (ascii && !colours) text.set(bytes, from, to);
        else {
            String decoded = encoding.text(bytes, from, to);
            text.set(decoded.indexOf(ESCAPE) < 0 ? decoded : COLOURS.matcher(decoded).replaceAll(""));
        }
        try {
            return matcher.reset(text).find() ? Answer.YES : Answer.NO;
        } catch (TooLong | StackOverflowError _) {
            return Answer.TOO_LONG;
        }
    }

    private static final class TooLong extends RuntimeException {
        TooLong() {
            super(null, null, false, false);
        }
    }

    /// A line that is read only so long.
    private final class Bounded implements CharSequence {
        private static final int LOOK = 1 << 12;
        /// What a line takes that is only slow because the machine is busy stays below this.
        private static final long MANY = 1 << 24;

        private byte[] bytes;
        private String decoded;
        private int from;
        private int length;
        private long reads;
        private long deadline;

        void set(byte[] some, int start, int end) {
            bytes = some;
            decoded = null;
            from = start;
            length = end - start;
            begin();
        }

        void set(String some) {
            bytes = null;
            decoded = some;
            length = some.length();
            begin();
        }

        private void begin() {
            reads = 0;
            deadline = 0;
        }

        @Override public int length() {
            return length;
        }

        @Override public char charAt(int index) {
            if ((++reads & LOOK - 1) == 0) look();
            return bytes != null ? (char) bytes[from + index] : decoded.charAt(index);
        }

        private void look() {
            long now = System.nanoTime();
            if (deadline == 0) deadline = now + allowed;
            else if (now > deadline && reads > MANY || cancelled.getAsBoolean()) throw new TooLong();
        }

        @Override public CharSequence subSequence(int start, int end) {
            return toString().substring(start, end);
        }

        @Override public String toString() {
            return bytes != null ? new String(bytes, from, length, StandardCharsets.ISO_8859_1) : decoded;
        }
    }
}
