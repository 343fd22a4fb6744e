package serpentarium.pack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import serpentarium.base.Head;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;

/// Compressed files: whole, in one another, cut, damaged, and made to burst.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UnpackedTest {
    private static final byte[] TEXT = text(40_000);

    private static byte[] text(int lines) {
        var random = new Random(1);
        var text = new StringBuilder();
        for (int i = 0; i < lines; i++) text.append("main;work;f").append(random.nextInt(1000)).append(' ').append(i).append('\n');
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static Unpacked of(byte[] bytes) throws IOException {
        return assertInstanceOf(Unpacked.class, Unpacked.of(Source.of("a.bin", bytes)));
    }

    private static byte[] content(Source source) throws IOException {
        try (InputStream in = source.open()) {
            return in.readAllBytes();
        }
    }

    private static String fault(Unpacked unpacked) {
        return unpacked.fault().map(Problem::id).orElse("");
    }

    @ParameterizedTest
    @EnumSource(Packing.class)
    void comesOutAsItWentIn(Packing packing) throws IOException {
        byte[] packed = Packs.pack(packing, TEXT);
        Unpacked unpacked = of(packed);
        assertEquals(List.of(packing), unpacked.layers());
        assertArrayEquals(TEXT, content(unpacked));
        assertArrayEquals(TEXT, content(unpacked), "a second time");
        assertArrayEquals(TEXT, content(of(Packs.join(Packs.pack(packing, Arrays.copyOf(TEXT, 1000)),
                Packs.pack(packing, Arrays.copyOfRange(TEXT, 1000, TEXT.length))))), "two parts");
        assertEquals("", fault(unpacked));
        assertEquals(0, content(of(Packs.pack(packing, new byte[0]))).length);
        assertEquals(TEXT.length, Head.of(of(Packs.pack(packing, TEXT, 3))).bytes().length * (long) TEXT.length / Head.LIMIT);
        assertEquals(-1, Head.of(unpacked).size());
        assertEquals(5, Head.of(of(Packs.pack(packing, "hello".getBytes(StandardCharsets.US_ASCII)))).size());
    }

    @Test void packingsLieInOneAnother() throws IOException {
        byte[] three = Packs.pack(Packing.BZIP2, Packs.pack(Packing.ZSTD, Packs.pack(Packing.GZIP, TEXT)));
        assertEquals(List.of(Packing.BZIP2, Packing.ZSTD, Packing.GZIP), of(three).layers());
        assertArrayEquals(TEXT, content(of(three)));
        byte[] four = Packs.pack(Packing.XZ, three);
        var problem = assertThrows(ProblemException.class, () -> of(four)).problem();
        assertEquals("unpack.layers", problem.id());
        byte[] inner = Packs.pack(Packing.GZIP, TEXT);
        Unpacked cut = of(Packs.pack(Packing.XZ, Arrays.copyOf(inner, inner.length / 2)));
        assertTrue(content(cut).length > 1000);
        assertEquals("The gzip data ends too early.", cut.fault().orElseThrow().title());
    }

    @Test void whatIsNotPackedStaysAsItIs() throws IOException {
        for (String text : List.of("", "BZh91AY of bees 1", "PK", "\u001f\u008b", "MOJ", "BZh9", "\u00fd7zXY", "(µ/")) {
            Source source = Source.of("x", text.getBytes(StandardCharsets.ISO_8859_1));
            if (text.startsWith("BZh91")) continue;
            assertSame(source, Unpacked.of(source), text);
        }
    }

    @ParameterizedTest
    @EnumSource(Packing.class)
    void cutAnywhereGivesWhatWasBefore(Packing packing) throws IOException {
        byte[] packed = Packs.join(Packs.pack(packing, Arrays.copyOf(TEXT, 100_000)),
                Packs.pack(packing, Arrays.copyOfRange(TEXT, 100_000, TEXT.length)));
        for (int i = 1; i < 40; i++) {
            Unpacked unpacked = of(Arrays.copyOf(packed, packed.length * i / 40));
            byte[] got = content(unpacked);
            assertArrayEquals(Arrays.copyOf(TEXT, got.length), got);
            assertEquals("unpack.truncated", fault(unpacked));
            if (i == 20) assertTrue(got.length >= 95_000, packing + " gave " + got.length);
        }
    }

    @ParameterizedTest
    @EnumSource(Packing.class)
    void damageEndsTheContent(Packing packing) throws IOException {
        byte[] packed = Packs.pack(packing, Arrays.copyOf(TEXT, 20_000));
        int found = 0;
        for (int i = 0; i < 2500; i++) {
            byte[] bad = packed.clone();
            var random = new Random(i);
            for (int n = 1 + random.nextInt(4); n > 0; n--) bad[10 + random.nextInt(bad.length - 10)] ^= (byte) (1 << random.nextInt(8));
            if (!(Unpacked.of(Source.of("x", bad)) instanceof Unpacked unpacked)) continue;
            content(unpacked);
            if (!fault(unpacked).isEmpty()) found++;
        }
        // A zstd frame from here has no checksum.
        assertTrue(found > (packing == Packing.ZSTD ? 500 : 2400), packing + " found " + found);
    }

    @ParameterizedTest
    @EnumSource(Packing.class)
    void anErrorOfTheDiskIsNoDamage(Packing packing) throws IOException {
        byte[] packed = Packs.pack(packing, TEXT);
        var broken = new Source() {
            private int opened;

            @Override public String name() {
                return "broken";
            }

            @Override public long size() {
                return packed.length;
            }

            @Override public InputStream open() {
                boolean whole = opened++ < 2;
                return new ByteArrayInputStream(packed) {
                    @Override public synchronized int read(byte[] to, int offset, int length) {
                        if (!whole && pos > 0) throw new java.io.UncheckedIOException(new IOException("gone"));
                        return super.read(to, offset, Math.min(length, 1000));
                    }

                    @Override public void close() {}
                };
            }
        };
        Source unpacked = Unpacked.of(new Rethrowing(broken));
        assertEquals("gone", assertThrows(IOException.class, () -> content(unpacked)).getMessage());
    }

    /// A source whose streams throw what lies in an unchecked exception.
    private record Rethrowing(Source source) implements Source {
        @Override public String name() {
            return source.name();
        }

        @Override public long size() throws IOException {
            return source.size();
        }

        @Override public InputStream open() throws IOException {
            InputStream in = source.open();
            return new java.io.FilterInputStream(in) {
                @Override public int read(byte[] to, int offset, int length) throws IOException {
                    try {
                        return super.read(to, offset, length);
                    } catch (java.io.UncheckedIOException e) {
                        throw e.getCause();
                    }
                }
            };
        }
    }

    @Test void whatFollowsAGzipMember() throws IOException {
        byte[] packed = Packs.pack(Packing.GZIP, TEXT);
        Unpacked padded = of(Arrays.copyOf(packed, packed.length + 512));
        assertArrayEquals(TEXT, content(padded));
        assertEquals("", fault(padded));
        Unpacked trailed = of(Packs.join(packed, "trailing".getBytes(StandardCharsets.US_ASCII)));
        assertArrayEquals(TEXT, content(trailed));
        assertEquals("unpack.damaged", fault(trailed));
    }

    @Test void aHeaderWithEverythingAndOneWithoutEnd() throws IOException {
        byte[] plain = Packs.pack(Packing.GZIP, TEXT);
        byte[] header = {0x1f, (byte) 0x8b, 8, 0x1f, 0, 0, 0, 0, 0, 3, 2, 0, 1, 2, 'n', 0, 'c', 0, 9, 9};
        assertArrayEquals(TEXT, content(of(Packs.join(header, Arrays.copyOfRange(plain, 10, plain.length)))));
        byte[] name = new byte[1 << 20];
        Arrays.fill(name, (byte) 'n');
        byte[] endless = Packs.join(new byte[] {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 3}, name);
        Unpacked unpacked = of(Packs.pack(Packing.ZSTD, endless));
        assertEquals(0, content(unpacked).length);
        assertEquals("unpack.truncated", fault(unpacked));
    }

    @Test void theChecksumIsSeenByWhoStopsBeforeIt() throws IOException {
        byte[] packed = Packs.pack(Packing.GZIP, TEXT);
        packed[packed.length - 6] ^= 1;
        Unpacked unpacked = of(packed);
        try (InputStream in = unpacked.open()) {
            assertEquals(TEXT.length, in.readNBytes(TEXT.length).length);
        }
        assertEquals("unpack.damaged", fault(unpacked));
    }

    @ParameterizedTest
    @EnumSource(Packing.class)
    void tenGigabytesOfZeros(Packing packing) throws IOException {
        byte[] part = Packs.pack(packing, new byte[1 << 20], 100);
        byte[] bomb = Packs.repeat(part, 100);
        long start = System.nanoTime();
        Unpacked unpacked = of(bomb);
        long got = drained(unpacked);
        assertEquals("unpack.ratio", fault(unpacked));
        assertTrue(got > 1L << 30 && got < (1L << 30) + (1 << 20), "gave " + got);
        String detail = unpacked.fault().orElseThrow().detail();
        assertTrue(detail.contains("1,000 times") && detail.contains("1,073,741,824"), detail);
        assertTrue(System.nanoTime() - start < 60_000_000_000L);
    }

    private static long drained(Source source) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long got = 0;
        try (InputStream in = source.open()) {
            for (int n; (n = in.read(buffer)) >= 0;) got += n;
        }
        return got;
    }

    @Test void aBombInABomb() throws IOException {
        byte[] inner = Packs.repeat(Packs.pack(Packing.GZIP, new byte[1 << 20], 16), 64);
        byte[] outer = Packs.pack(Packing.GZIP, inner, 64);
        Unpacked unpacked = of(outer);
        assertTrue(drained(unpacked) < (1L << 30) + (1 << 20));
        assertEquals("unpack.ratio", fault(unpacked));
    }

    @Test void limitsOnTheTotal() throws IOException {
        Source unpacked = Unpacked.of(Source.of("x", Packs.pack(Packing.GZIP, TEXT)), new Limits(1000, 1 << 30, 100_000));
        assertTrue(drained(unpacked) < 200_000);
        assertEquals("unpack.total", fault((Unpacked) unpacked));
        assertTrue(Limits.USUAL.allow(10, 1L << 30));
        assertTrue(Limits.USUAL.allow(5_000_000, 5_000_000_000L));
    }

    @Test void windowsThatAskForTooMuch() throws IOException {
        byte[] window = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) 0xa8, 0x29, 0, 0, 'h', 'e', 'l', 'l', 'o'};
        Unpacked zstd = of(window);
        assertEquals(0, content(zstd).length);
        assertEquals("unpack.window", fault(zstd));
        assertEquals("unpack.memory", fault(drainedXz(35)));
        assertEquals("unpack.options", fault(drainedXz(40)));
    }

    /// An xz file that asks for a dictionary of this code, after it was read to where it goes.
    private static Unpacked drainedXz(int dictionary) throws IOException {
        byte[] xz = Packs.pack(Packing.XZ, TEXT);
        int header = 12;
        int length = (xz[header] + 1) * 4;
        for (int i = header; i < header + length; i++) if (xz[i] == 0x21 && xz[i + 1] == 1) xz[i + 2] = (byte) dictionary;
        var sum = new CRC32();
        sum.update(xz, header, length - 4);
        for (int i = 0; i < 4; i++) xz[header + length - 4 + i] = (byte) (sum.getValue() >> 8 * i);
        Unpacked large = of(xz);
        assertEquals(0, content(large).length);
        return large;
    }

    @Test void progressIsThatOfThePackedBytes() throws IOException {
        byte[] packed = Packs.pack(Packing.GZIP, TEXT);
        Unpacked unpacked = of(packed);
        var said = new ArrayList<Long>();
        var context = new Saying(said);
        TaskContext told = unpacked.progressOf(context).child(1);
        try (InputStream in = unpacked.open()) {
            while (in.read(new byte[4096]) >= 0) told.progress(123, -1, Progress.Unit.BYTES);
        }
        assertEquals((long) packed.length, said.getLast());
        told.progress(3, 7, Progress.Unit.ITEMS);
        assertEquals(7, said.getLast());
    }

    /// Keeps the totals that it is told.
    private record Saying(List<Long> totals) implements TaskContext {
        @Override public void progress(long done, long total, Progress.Unit unit) {
            assertTrue(done <= total);
            totals.add(total);
        }

        @Override public void message(String text) {}

        @Override public void checkpoint() {}

        @Override public boolean cancelled() {
            return false;
        }

        @Override public Registration onCancel(Runnable action) {
            return () -> {};
        }

        @Override public TaskContext child(double weight) {
            return this;
        }
    }
}
