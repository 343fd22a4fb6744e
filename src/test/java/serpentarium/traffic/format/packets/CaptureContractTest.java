package serpentarium.traffic.format.packets;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.task.TaskContext;
import serpentarium.traffic.format.ReadOptions;
import serpentarium.traffic.format.TrafficFormat;

/// What every reader of captures has to do: find its files, stop when told to, and stay calm when they are damaged.
class CaptureContractTest {
    static Stream<String> captures() {
        return CaptureTruthTest.captures();
    }

    @ParameterizedTest
    @MethodSource("captures")
    void isDetectedUnderAnyName(String name) {
        byte[] bytes = CaptureFiles.bytes(name);
        for (String called : List.of(name, "unknown")) {
            Head head = new Head(called, Arrays.copyOf(bytes, Math.min(bytes.length, Head.LIMIT)), bytes.length);
            boolean next = name.endsWith("ng");
            assertEquals(next, new PcapngFormat().sniff(head) instanceof Bid.Yes);
            assertEquals(!next, new PcapFormat().sniff(head) instanceof Bid.Yes);
        }
    }

    @ParameterizedTest
    @MethodSource("captures")
    void stopsAtTheFirstCheckpoint(String name) throws IOException {
        byte[] bytes = CaptureFiles.bytes(name);
        TrafficFormat format = CaptureFiles.format(bytes);
        assertThrows(CancellationException.class,
                () -> format.read(Source.of(name, bytes), ReadOptions.NONE, new HeldFlows(), TaskContext.cancelledAfter(0)));
    }

    @ParameterizedTest
    @MethodSource("captures")
    void cutAnywhereGivesWhatWasRead(String name) throws IOException {
        byte[] bytes = CaptureFiles.bytes(name);
        int read = 0;
        for (int i = 0; i < 20; i++) {
            byte[] cut = Arrays.copyOf(bytes, (int) ((long) bytes.length * i / 20));
            HeldFlows flows = survive(cut, CaptureFiles.keys(name));
            if (flows != null && !flows.flows.isEmpty()) read++;
        }
        assertTrue(read >= 10, name + ": " + read);
    }

    private static HeldFlows survive(byte[] bytes, ReadOptions options) throws IOException {
        if (CaptureFiles.format(bytes) == null) return null;
        try {
            return CaptureFiles.read(bytes, options);
        } catch (ProblemException e) {
            assertTrue(!e.problem().title().isBlank());
            return null;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".pcap", ".pcapng"})
    void tenThousandDamagedCopies(String kind) throws IOException {
        List<String> names = CaptureFiles.names(kind).stream().filter(name -> CaptureFiles.bytes(name).length < 160_000).toList();
        List<byte[]> good = names.stream().map(name -> CaptureFiles.bytes(name)).map(bytes -> Arrays.copyOf(bytes, Math.min(bytes.length, 30_000))).toList();
        List<ReadOptions> keys = names.stream().map(CaptureFiles::keys).toList();
        int read = 0;
        for (int i = 0; i < 10_000; i++) {
            int which = i % good.size();
            byte[] damaged = damaged(good.get(which), i);
            String what = names.get(which) + " damaged by " + i;
            if (assertDoesNotThrow(() -> survive(damaged, keys.get(which)), what) != null) read++;
        }
        assertTrue(read > 5000, "only " + read);
    }

    /// Bytes changed, cut out, doubled, or made the largest number there is.
    private static byte[] damaged(byte[] bytes, long seed) {
        var random = new Random(seed);
        byte[] copy = bytes.clone();
        for (int n = 1 + random.nextInt(8); n > 0; n--) {
            int at = random.nextInt(copy.length);
            switch (random.nextInt(7)) {
                case 0 -> copy[at] = (byte) random.nextInt(256);
                case 1 -> copy[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> copy[at] = copy[random.nextInt(copy.length)];
                case 3 -> copy = Arrays.copyOf(copy, Math.max(1, random.nextInt(8) == 0 ? at : copy.length - 1));
                case 4 -> {
                    int count = Math.min(random.nextInt(400), copy.length - at);
                    byte[] longer = Arrays.copyOf(copy, copy.length + count);
                    System.arraycopy(copy, at, longer, at + count, copy.length - at);
                    copy = longer;
                }
                case 5 -> {
                    for (int i = 0; i < 4 && at + i < copy.length; i++) copy[at + i] = (byte) (random.nextBoolean() ? 0xff : i == 3 ? 0x7f : 0xff);
                }
                default -> copy[at] = (byte) "\r\n :;0123456789abcdefHTTP/".charAt(random.nextInt(26));
            }
        }
        return copy;
    }

    @Test void nothingMuchIsNoCapture() throws IOException {
        for (String text : List.of("", " ", "\n", "{}", "\u00d4\u00c3\u00b2", "\n\r\r\n", "GET / HTTP/1.1\r\n\r\n"))
            assertEquals(null, CaptureFiles.format(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)), text);
    }

    private static HeldFlows hostile(String name) throws IOException {
        return CaptureFiles.read(CaptureFiles.bytes("hostile/" + name), ReadOptions.NONE);
    }

    @Test void hostileFilesAreToldOrRead() throws IOException {
        assertEquals(CaptureFiles.read("http1-basic.pcap").flows.stream().map(flow -> flow.request).toList(), hostile("big-endian.pcap").flows.stream().map(flow -> flow.request).toList());
        assertEquals(CaptureFiles.read("http1-ipv6.pcapng").flows.stream().map(flow -> flow.request).toList(),
                hostile("unknown-blocks.pcapng").flows.stream().map(flow -> flow.request).toList());
        assertEquals("capture.damaged", assertThrows(ProblemException.class, () -> hostile("packet-length-lies.pcap")).problem().id());
        assertEquals("capture.damaged", assertThrows(ProblemException.class, () -> hostile("block-length-zero.pcapng")).problem().id());
        ProblemException type = assertThrows(ProblemException.class, () -> hostile("unknown-linktype.pcap"));
        assertTrue(type.problem().title().contains("147"), type.problem().title());
        HeldFlows empty = hostile("zero-packets.pcap");
        assertEquals(0, empty.flows.size());
        assertEquals(1, empty.warnings.size());
    }

    @Test void commentsAndClocksAreKept() throws IOException {
        HeldFlows flows = CaptureFiles.read("comments.pcapng");
        assertTrue(flows.flows.stream().anyMatch(flow -> !flow.comment.isEmpty()));
        double shift = CaptureFiles.read("shifted-nsec.pcap").flows.getFirst().started - CaptureFiles.read("http1-ipv6.pcapng").flows.getFirst().started;
        assertEquals(86400.5, shift, 1e-5);
        assertNotNull(flows.flows.getFirst().timing);
    }
}
