package serpentarium.traffic.analysis;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import serpentarium.task.TaskContext;
import serpentarium.task.WatchedText;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.FlowFilter.TextTest;

/// Looks for a text or a pattern in a stream of bytes, in windows that overlap: a match may be 64 KiB long at most. Each
/// thread has its own, with a window that is used again.
sealed interface BodyTest {
    /// How much is looked at together.
    int WINDOW = 1 << 18;
    /// How much of a window is looked at again in the next one.
    int OVERLAP = 1 << 16;

    /// Whether it is found.
    boolean matches(InputStream in) throws IOException;

    /// Whether a body holds it.
    default boolean matches(FlowContent content, int row, Side side) throws IOException {
        try (InputStream in = content.body(row, side)) {
            return matches(in);
        }
    }

    /// Whether it is found.
    default boolean matches(byte[] bytes) throws IOException {
        return matches(new ByteArrayInputStream(bytes));
    }

    /// For a test of a filter.
    static BodyTest of(TextTest test, TaskContext context) {
        return switch (test) {
            case TextTest.Contains(String text) -> new Literal(text);
            case TextTest.Equals(String text) -> new Literal(text);
            case TextTest.Matches(Pattern pattern) -> literal(pattern) ? new Literal(pattern.pattern()) : new Regular(pattern, context);
        };
    }

    /// What bytes must hold to match.
    static Optional<Needle> needle(TextTest test) {
        return switch (test) {
            case TextTest.Contains(String text) -> Needle.ofBytes(text);
            case TextTest.Equals(String text) -> Needle.ofBytes(text);
            case TextTest.Matches(Pattern pattern) -> literal(pattern) ? Needle.ofBytes(pattern.pattern()) : Needle.of(pattern);
        };
    }

    /// Whether a pattern is just a text.
    private static boolean literal(Pattern pattern) {
        String text = pattern.pattern();
        if (text.isEmpty()) return false;
        for (int i = 0; i < text.length(); i++) if ("\\^$.|?*+()[]{}".indexOf(text.charAt(i)) >= 0) return false;
        return true;
    }

    /// A text as UTF-8, ASCII letters whatever their case. Horspool's search.
    final class Literal implements BodyTest {
        private final byte[] small;
        private final int[] skip = new int[256];
        private final byte[] lower = new byte[256];
        private byte[] window;

        Literal(String text) {
            for (int b = 0; b < 256; b++) lower[b] = (byte) (b >= 'A' && b <= 'Z' ? b + 32 : b);
            small = text.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < small.length; i++) small[i] = lower[small[i] & 0xff];
            Arrays.fill(skip, small.length);
            for (int i = 0; i < small.length - 1; i++) {
                int distance = small.length - 1 - i;
                int b = small[i] & 0xff;
                skip[b] = distance;
                if (b >= 'a' && b <= 'z') skip[b - 32] = distance;
            }
        }

        @Override public boolean matches(byte[] bytes) {
            return find(bytes, bytes.length) >= 0;
        }

        @Override public boolean matches(InputStream in) throws IOException {
            if (small.length == 0) return true;
            if (window == null) window = new byte[Math.max(64 * 1024, small.length * 4)];
            int filled = 0;
            for (int got; (got = in.read(window, filled, window.length - filled)) >= 0; ) {
                filled += got;
                if (find(window, filled) >= 0) return true;
                if (filled == window.length) {
                    int keep = small.length - 1;
                    System.arraycopy(window, filled - keep, window, 0, keep);
                    filled = keep;
                }
            }
            return false;
        }

        /// Where the text begins; -1 where it is not there.
        int find(byte[] bytes, int length) {
            int last = small.length - 1;
            if (last < 0) return 0;
            for (int at = last; at < length; at += skip[bytes[at] & 0xff]) {
                int i = last;
                while (i >= 0 && lower[bytes[at - last + i] & 0xff] == small[i]) i--;
                if (i < 0) return at - last;
            }
            return -1;
        }
    }

    /// A pattern over the bytes as UTF-8; what is no UTF-8 counts as one odd character each.
    final class Regular implements BodyTest {
        private final Matcher matcher;
        private final TaskContext context;
        private byte[] window = new byte[64 * 1024];

        Regular(Pattern pattern, TaskContext context) {
            matcher = pattern.matcher("");
            this.context = context;
        }

        @Override public boolean matches(InputStream in) throws IOException {
            int filled = 0;
            boolean any = false;
            while (true) {
                int got = in.readNBytes(window, filled, window.length - filled);
                filled += got;
                if (got == 0 && any) return false;
                any = true;
                if (matcher.reset(new WatchedText(new String(window, 0, filled, StandardCharsets.UTF_8), context)).find()) return true;
                if (filled < window.length) return false;
                if (window.length < WINDOW) {
                    window = Arrays.copyOf(window, WINDOW);
                    continue;
                }
                System.arraycopy(window, filled - OVERLAP, window, 0, OVERLAP);
                filled = OVERLAP;
            }
        }
    }
}
