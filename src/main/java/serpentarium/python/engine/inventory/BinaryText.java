package serpentarium.python.engine.inventory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Looks for a text inside a program or a library without running it.
final class BinaryText {
    private static final int PIECE = 256 << 10;
    private static final int LONGEST = 200;
    private static final long FURTHEST = 256L << 20;

    private BinaryText() {}

    /// The first group of the first match, or empty where there is none in the first 256 MiB.
    ///
    /// @param file    read once from the start
    /// @param mark    what the match begins with; only there the pattern is tried
    /// @param pattern at most 200 characters long; bytes are characters of Latin-1, so that the end of a text is `\0`
    static Optional<String> find(Path file, String mark, Pattern pattern) {
        byte[] first = mark.getBytes(StandardCharsets.ISO_8859_1);
        int[] steps = steps(first);
        byte[] buffer = new byte[PIECE + LONGEST];
        try (InputStream in = Files.newInputStream(file)) {
            int kept = 0;
            for (long read = 0; read < FURTHEST; ) {
                int more = in.readNBytes(buffer, kept, buffer.length - kept);
                int end = kept + more;
                boolean last = end < buffer.length;
                Optional<String> found = find(buffer, last ? end : end - LONGEST, end, first, steps, pattern);
                if (found.isPresent() || last) return found;
                System.arraycopy(buffer, end - LONGEST, buffer, 0, LONGEST);
                kept = LONGEST;
                read += more;
            }
            return Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// How far a mark may move on, by the byte that stands where its last one would be (Horspool): most bytes of a library are never looked at.
    private static int[] steps(byte[] mark) {
        int[] steps = new int[256];
        Arrays.fill(steps, mark.length);
        for (int i = 0; i < mark.length - 1; i++) steps[mark[i] & 0xff] = mark.length - 1 - i;
        return steps;
    }

    private static Optional<String> find(byte[] buffer, int until, int end, byte[] first, int[] steps, Pattern pattern) {
        int behind = first.length - 1;
        for (int at = 0; at < until && at + behind < end; at += steps[buffer[at + behind] & 0xff]) {
            if (buffer[at + behind] != first[behind] || !Arrays.equals(buffer, at, at + first.length, first, 0, first.length)) continue;
            Matcher matcher = pattern.matcher(new String(buffer, at, Math.min(LONGEST, end - at), StandardCharsets.ISO_8859_1));
            if (matcher.lookingAt()) return Optional.of(matcher.group(1));
        }
        return Optional.empty();
    }
}
