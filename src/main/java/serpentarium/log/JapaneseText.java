package serpentarium.log;

import java.nio.charset.Charset;
import java.util.Optional;

/// Tells Japanese encodings of two bytes a letter from those of one.
final class JapaneseText {
    private static final int LEAST = 4;
    private static final Charset SHIFT_JIS = Charset.forName("Shift_JIS");
    private static final Charset EUC = Charset.forName("EUC-JP");

    private JapaneseText() {}

    /// The encoding of bytes that are no UTF-8, where they are Japanese text: letters stand in rows, and nothing is out of place.
    static Optional<Charset> charset(byte[] head, int size) {
        if (holds(head, size, true)) return Optional.of(SHIFT_JIS);
        return holds(head, size, false) ? Optional.of(EUC) : Optional.empty();
    }

    private static boolean holds(byte[] head, int size, boolean shift) {
        int letters = 0;
        int inRows = 0;
        int kana = 0;
        int last = -2;
        for (int i = 0; i < size; i++) {
            int c = head[i] & 0xff;
            if (c < 0x80 || shift && c >= 0xa1 && c <= 0xdf) continue;
            if (i + 1 == size) break;
            int next = head[i + 1] & 0xff;
            boolean good = shift ? (c >= 0x81 && c <= 0x84 || c >= 0x87 && c <= 0x9f || c >= 0xe0 && c <= 0xee) && next >= 0x40 && next != 0x7f && next <= 0xfc
                    : c >= 0xa1 && c <= 0xf4 && next >= 0xa1 && next <= 0xfe;
            if (!good) return false;
            letters++;
            if (last == i - 2) inRows++;
            if (shift ? c == 0x82 || c == 0x83 : c == 0xa4 || c == 0xa5) kana++;
            last = i++;
        }
        return letters >= LEAST && inRows * 3 >= letters && (shift || kana * 5 >= letters);
    }
}
