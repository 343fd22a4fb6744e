package serpentarium.log.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import serpentarium.log.TextEncoding;
import serpentarium.task.TaskContext;

class LinePagesTest {
    private static final TaskContext CONTEXT = TaskContext.detached();

    private static LinePages pages(byte[] bytes, TextEncoding encoding) throws IOException {
        var index = new LineIndex(encoding);
        LogBytes log = LogBytes.of("log", bytes);
        assertEquals(bytes.length - bytes.length % encoding.unit(), IndexBuild.extend(index, log, CONTEXT));
        return new LinePages(log, index);
    }

    private static List<String> lines(LinePages pages) throws IOException {
        var all = new ArrayList<String>();
        LinePage page = pages.page(0, Integer.MAX_VALUE, Integer.MAX_VALUE);
        for (int i = 0; i < page.count(); i++) all.add(page.text(i));
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"crlf", "mixed-eol", "no-final-newline", "only-newlines", "utf-8", "utf-8-sig", "utf-16", "latin-1", "invalid-utf8", "nul-bytes",
        "progress-cr", "unicode-line-separators"})
    void samplesHaveTheLinesThatTheirBytesSay(String name) throws IOException {
        byte[] bytes;
        try (InputStream in = TextEncoding.class.getResourceAsStream("encodings/" + name + ".log")) {
            bytes = in.readAllBytes();
        }
        TextEncoding encoding = TextEncoding.detect(bytes, bytes.length);
        String text = new String(bytes, encoding.mark(), bytes.length - encoding.mark(), encoding.charset());
        List<String> expected = new ArrayList<>(List.of(text.split("\n", -1)));
        if (expected.getLast().isEmpty()) expected.removeLast();
        expected.replaceAll(line -> line.replaceFirst("^\0+", "").replaceFirst("\r$", ""));
        assertEquals(expected, lines(pages(bytes, encoding)));
    }

    /// Random lines, from many empty ones to some of a megabyte, in pieces that end anywhere.
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anyPageOfAnyLinesIsTheSameAsByReadingFromTheStart(int unit) throws IOException {
        for (int seed = 0; seed < 6; seed++) {
            var random = new Random(seed);
            TextEncoding encoding = unit == 1 ? TextEncoding.UTF_8 : TextEncoding.utf16(seed % 2 == 0, 0);
            var text = new StringBuilder();
            for (int i = 0; i < 3000; i++) {
                int length = random.nextInt(500) == 0 ? random.nextInt(1_000_000) : random.nextInt(seed < 3 ? 120 : 3);
                text.append(Integer.toString(i, 36)).append("x".repeat(length)).append(random.nextInt(50) == 0 ? "\r\n" : random.nextInt(9) == 0 ? "\n\n" : "\n");
            }
            if (seed % 2 == 0) text.append("open");
            byte[] bytes = text.toString().getBytes(encoding.charset());
            var starts = new ArrayList<Integer>(List.of(0));
            for (int i = 0; i < text.length(); i++) if (text.charAt(i) == '\n' && i + 1 < text.length()) starts.add(i + 1);
            var index = new LineIndex(encoding);
            LogBytes log = LogBytes.of("log", bytes);
            while (index.bytes() < bytes.length - bytes.length % unit) {
                long next = Math.min(bytes.length, index.bytes() + 1 + random.nextInt(3_000_000));
                IndexBuild.extend(index, log, next, CONTEXT);
            }
            LinePages pages = new LinePages(log, index);
            assertEquals(starts.size(), index.lines());
            for (int k = 0; k < 300; k++) {
                int first = random.nextInt(starts.size());
                int count = 1 + random.nextInt(80);
                LinePage page = pages.page(first, count);
                assertEquals(Math.min(count, starts.size() - first), page.count());
                for (int i = 0; i < page.count(); i++) {
                    int start = starts.get(first + i);
                    int end = first + i + 1 < starts.size() ? starts.get(first + i + 1) : text.length();
                    String line = text.substring(start, end).replaceFirst("\r?\n$", "");
                    assertEquals((long) start * unit, page.offsets()[i]);
                    int kept = LinePages.KEPT / unit;
                    assertEquals(line.length() > kept, page.cut(i));
                    assertEquals(line.length() > kept ? line.substring(0, kept) : line, page.text(i));
                    if (!page.cut(i)) assertEquals((long) line.length() * unit, page.lengths()[i]);
                }
                int inside = start(starts, text, first, random);
                assertEquals(first, pages.lineAt((long) inside * unit));
                assertEquals((long) starts.get(first) * unit, pages.from((long) inside * unit, 3).offsets()[0]);
                LinePage before = pages.before((long) starts.get(first) * unit, count);
                int expected = Math.min(count, first);
                assertEquals(expected, before.count());
                if (expected > 0) {
                    assertEquals(first - expected, before.first());
                    assertEquals((long) starts.get(first - expected) * unit, before.offsets()[0]);
                }
            }
        }
    }

    private static int start(List<Integer> starts, CharSequence text, int line, Random random) {
        int start = starts.get(line);
        int end = line + 1 < starts.size() ? starts.get(line + 1) : text.length();
        return start + random.nextInt(end - start);
    }

    @Test void theEndIsShownBeforeAnythingIsIndexed() throws IOException {
        byte[] bytes = ("line\n".repeat(100_000) + "last").getBytes(StandardCharsets.UTF_8);
        var pages = new LinePages(LogBytes.of("log", bytes), new LineIndex(TextEncoding.UTF_8));
        LinePage tail = pages.before(Long.MAX_VALUE, 3);
        assertEquals(3, tail.count());
        assertEquals("last", tail.text(2));
        assertEquals(-1, tail.first());
        assertEquals("line", pages.from(250_002, 1).text(0));
        assertEquals(0, pages.page(0, 5).count());
    }

    @Test void aHoleOfZerosIsLeftOut() throws IOException {
        byte[] bytes = new byte[300_000];
        byte[] text = "first\nsecond\n".getBytes(StandardCharsets.UTF_8);
        bytes = Arrays.copyOf(bytes, bytes.length + text.length);
        System.arraycopy(text, 0, bytes, 300_000, text.length);
        LinePage page = pages(bytes, TextEncoding.UTF_8).page(0, 10);
        assertEquals("first", page.text(0));
        assertEquals(300_000, page.zeros()[0]);
        assertEquals("second", page.text(1));
        assertFalse(page.cut(0));
    }

    @Test void anIndexIsWrittenAndRead() throws IOException {
        byte[] bytes = "some line\n".repeat(200_000).getBytes(StandardCharsets.UTF_8);
        LineIndex index = pages(bytes, TextEncoding.UTF_8).index();
        var out = new ByteArrayOutputStream();
        index.write(new DataOutputStream(out));
        assertTrue(out.size() < 300, "" + out.size());
        LineIndex again = LineIndex.read(new DataInputStream(new ByteArrayInputStream(out.toByteArray())), TextEncoding.UTF_8, bytes.length);
        assertEquals(200_000, again.lines());
        assertEquals(1_234_560, new LinePages(LogBytes.of("log", bytes), again).offset(123_456));
        assertThrows(IOException.class, () -> LineIndex.read(new DataInputStream(new ByteArrayInputStream(out.toByteArray())), TextEncoding.UTF_8, bytes.length - 1));
    }

    /// As many lines as no `int` can count, in a log that is made up: each page of it is the same.
    @Test void moreLinesThanAnIntCounts() throws IOException {
        long size = 3L << 31;
        LogBytes log = new LogBytes() {
            @Override public String name() {
                return "made up";
            }

            @Override public long size() {
                return size;
            }

            @Override public int read(long position, byte[] to, int offset, int length) {
                int got = (int) Math.clamp(size - position, 0, (long) length);
                for (int i = 0; i < got; i++) to[offset + i] = (byte) ((position + i & 1) == 1 ? '\n' : 'a');
                return got;
            }
        };
        var index = new LineIndex(TextEncoding.UTF_8);
        char[] counts = new char[(int) (size / LineIndex.PAGE)];
        Arrays.fill(counts, (char) (LineIndex.PAGE / 2));
        index.add(new LineIndex.Piece(0, size, counts, false));
        assertEquals(size / 2, index.lines());
        assertTrue(index.footprint() < 1_500_000, "" + index.footprint());
        var pages = new LinePages(log, index);
        LinePage page = pages.page(2_999_999_999L, 3);
        assertEquals(5_999_999_998L, page.offsets()[0]);
        assertEquals("a", page.text(2));
        assertEquals(2_999_999_999L, pages.lineAt(5_999_999_999L));
    }

    @Test void cancellingStopsAndKeepsWhatIsKnown() {
        byte[] bytes = "some line\n".repeat(2_000_000).getBytes(StandardCharsets.UTF_8);
        var index = new LineIndex(TextEncoding.UTF_8);
        assertThrows(CancellationException.class, () -> IndexBuild.extend(index, LogBytes.of("log", bytes), TaskContext.cancelledAfter(2)));
        assertTrue(index.bytes() > 0 && index.bytes() < bytes.length);
        assertThrows(IllegalArgumentException.class, () -> index.add(new LineIndex.Piece(0, 1, new char[1], true)));
    }
}
