package serpentarium.traffic.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.task.TaskContext;

/// What every format of traffic has to do with its samples: find them, stop when told to, and stay calm when they are damaged.
public interface TrafficContract {
    /// Lengths of two, four and eight bytes in both orders, and digits without end.
    List<byte[]> HUGE = Stream.concat(Stream.of("7fff", "ff7f", "ffff", "7fffffff", "ffffff7f", "ffffffff", "7fffffffffffffff", "ffffffffffffff7f",
            "ffffffffffffffff").map(HexFormat.of()::parseHex), Stream.of("9999999999", "9".repeat(40)).map(String::getBytes)).toList();

    /// The format under test.
    TrafficFormat format();

    /// The others, which must not bid higher.
    List<TrafficFormat> others();

    /// Folder of its samples beside this class.
    String folder();

    /// The names of its samples.
    default List<String> names() {
        try (Stream<Path> files = Files.list(directory())) {
            return files.map(f -> f.getFileName().toString()).filter(n -> n.endsWith(".gz") && !n.contains(".truth.")).map(n -> n.substring(0, n.length() - 3))
                    .sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path directory() {
        try {
            return Path.of(TrafficContract.class.getResource(folder()).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The bytes of a sample.
    default byte[] bytes(String name) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(directory().resolve(name + ".gz"))))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory default Stream<DynamicTest> isDetectedUnderAnyName() {
        return names().stream().map(name -> dynamicTest(name, () -> {
            for (String called : List.of(name, "unknown")) {
                Head head = Head.of(Source.of(called, bytes(name)));
                int strength = assertInstanceOf(Bid.Yes.class, format().sniff(head)).strength();
                assertTrue(strength >= 80);
                for (TrafficFormat other : others()) assertFalse(other.sniff(head) instanceof Bid.Yes(int theirs) && theirs >= strength, other.id());
            }
        }));
    }

    @TestFactory default Stream<DynamicTest> stopsAtTheFirstCheckpoint() {
        return names().stream().map(name -> dynamicTest(name, () -> assertThrows(CancellationException.class,
                () -> format().read(Source.of(name, bytes(name)), ReadOptions.NONE, new CountedFlows(), TaskContext.cancelledAfter(0)))));
    }

    @TestFactory default Stream<DynamicTest> cutAnywhereGivesWhatWasRead() {
        return names().stream().map(name -> dynamicTest(name, () -> {
            byte[] all = bytes(name);
            int whole = survive(all).flows();
            int before = 0;
            for (int i = 0; i < 20; i++) {
                CountedFlows some = survive(Arrays.copyOf(all, (int) ((long) all.length * i / 20)));
                if (some == null) continue;
                assertTrue(some.flows() >= before && some.flows() <= whole, name + " " + i);
                assertFalse(some.warnings().isEmpty());
                before = some.flows();
            }
            assertTrue(before >= whole / 2);
        }));
    }

    @Test default void tenThousandMutations() {
        List<byte[]> small = names().stream().map(this::bytes).sorted(Comparator.comparingInt(b -> b.length)).limit(4)
                .map(b -> Arrays.copyOf(b, Math.min(b.length, 24_000))).toList();
        int read = 0;
        for (int i = 0; i < 10_000; i++) if (survive(mutated(small.get(i % small.size()), i)) != null) read++;
        assertTrue(read > 3000, "only " + read);
    }

    @Test default void nothingMuch() {
        for (String text : List.of("", " ", "\n", "{", "[", "{}", "[]", "\0", "\uFEFF", "[[[[[[[[", "null", "0", "0:}", "0:~", "3:abc,", "-5:abc,"))
            assertEquals(null, survive(text.getBytes(StandardCharsets.UTF_8)), text);
    }

    /// Bids and reads: what was read, or null for a problem. Anything else fails the test.
    default CountedFlows survive(byte[] bytes) {
        assertInstanceOf(Bid.class, format().sniff(new Head("damaged", Arrays.copyOf(bytes, Math.min(bytes.length, Head.LIMIT)), bytes.length)));
        var flows = new CountedFlows();
        try {
            format().read(Source.of("damaged", bytes), ReadOptions.NONE, flows, TaskContext.detached());
        } catch (ProblemException e) {
            assertFalse(e.problem().title().isBlank());
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertEquals(0, flows.open());
        return flows.flows() == 0 ? null : flows;
    }

    /// Flips, cuts, repeats and lies about numbers, by the seed.
    static byte[] mutated(byte[] bytes, long seed) {
        var random = new Random(seed);
        byte[] copy = bytes.clone();
        for (int n = 1 + random.nextInt(6); n > 0; n--) {
            int at = random.nextInt(copy.length);
            switch (random.nextInt(9)) {
                case 0 -> copy[at] = (byte) random.nextInt(256);
                case 1 -> copy[at] = (byte) (copy[at] ^ 1 << random.nextInt(8));
                case 2 -> copy[at] = (byte) "\n:,;#^!~]}{[\"\\0123456789".charAt(random.nextInt(23));
                case 3 -> copy[at] = copy[random.nextInt(copy.length)];
                case 4 -> {
                    int length = Math.min(random.nextInt(200), copy.length - at);
                    System.arraycopy(copy, random.nextInt(copy.length - length + 1), copy, at, length);
                }
                case 5 -> {
                    // A number that is too large.
                    for (int i = at; i < Math.min(copy.length, at + 2000); i++) {
                        if (copy[i] < '0' || copy[i] > '9') continue;
                        for (int k = i; k < copy.length && copy[k] >= '0' && copy[k] <= '9'; k++) copy[k] = '9';
                        break;
                    }
                }
                case 6 -> {
                    byte[] huge = HUGE.get(random.nextInt(HUGE.size()));
                    copy = replaced(copy, at, random.nextBoolean() ? at : Math.min(copy.length, at + huge.length), huge);
                }
                case 7 -> {
                    byte[] span = Arrays.copyOfRange(copy, at, Math.min(copy.length, at + 1 + random.nextInt(400)));
                    for (int more = 1 + random.nextInt(6); more > 0; more--) copy = replaced(copy, at, at, span);
                }
                default -> {
                    if (random.nextInt(4) == 0) copy = Arrays.copyOf(copy, Math.max(1, at));
                }
            }
        }
        return copy;
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[] with) {
        byte[] copy = Arrays.copyOf(bytes, bytes.length - (to - from) + with.length);
        System.arraycopy(with, 0, copy, from, with.length);
        System.arraycopy(bytes, to, copy, from + with.length, bytes.length - to);
        return copy;
    }
}
