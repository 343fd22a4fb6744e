package serpentarium.traffic.format.packets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import serpentarium.base.Source;
import serpentarium.task.TaskContext;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.ProcessFacts;
import serpentarium.traffic.format.GrowingSource;
import serpentarium.traffic.format.ReadOptions;

/// Secrets that come while a capture is read, and after the records that they open.
class LateSecretsTest {
    /// A key log of which one sees more and more.
    private static final class GrowingLog implements Source {
        private final byte[] bytes;
        private int seen = -1;

        GrowingLog(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override public String name() {
            return "keys";
        }

        @Override public long size() throws IOException {
            if (seen < 0) throw new NoSuchFileException("keys");
            return seen;
        }

        @Override public InputStream open() throws IOException {
            return new ByteArrayInputStream(bytes, 0, (int) size());
        }

        void reach(double share) {
            seen = (int) Math.min(bytes.length, Math.round(bytes.length * share));
        }
    }

    /// A capture that comes in pieces; the key log is behind it, by a share of the capture's time.
    private record Slow(byte[] bytes, int piece, GrowingLog log, double behind) implements GrowingSource {
        @Override public String name() {
            return "capture";
        }

        @Override public long size() {
            return -1;
        }

        @Override public InputStream open() {
            throw new AssertionError("it grows");
        }

        @Override public InputStream open(Turn turn) {
            return new InputStream() {
                private int at;

                @Override public int read() {
                    throw new AssertionError("one byte at a time");
                }

                @Override public int read(byte[] to, int offset, int length) throws IOException {
                    double done = (double) at / bytes.length;
                    if (log != null && done > behind) log.reach((done - behind) / Math.max(0.01, 1 - behind));
                    turn.turn();
                    if (at == bytes.length) {
                        if (log != null) log.reach(1);
                        return -1;
                    }
                    int count = Math.min(Math.min(piece, length), bytes.length - at);
                    System.arraycopy(bytes, at, to, offset, count);
                    at += count;
                    return count;
                }
            };
        }
    }

    private static List<String> lines(HeldFlows flows) {
        return flows.flows.stream().map(flow -> flow.kind + " " + flow.connection + " " + flow.request + " " + flow.response + " " + flow.timing + " "
                + Arrays.hashCode(flow.bodies[0].toByteArray()) + " " + Arrays.hashCode(flow.bodies[1].toByteArray()) + " " + flow.messages + " " + flow.error).sorted().toList();
    }

    private static HeldFlows read(byte[] capture, int piece, GrowingLog log, double behind) throws IOException {
        var flows = new HeldFlows();
        var source = new Slow(capture, piece, log, behind);
        CaptureFiles.format(capture).read(source, new ReadOptions(log), flows, TaskContext.detached());
        assertTrue(flows.flows.stream().allMatch(flow -> flow.closed));
        return flows;
    }

    @ParameterizedTest
    @CsvSource({"tls12-http1.pcapng, 0", "tls12-http1.pcapng, 0.3", "tls12-http1.pcapng, 1", "tls12-resumed-ec.pcap, 0.5", "tls13-http1.pcapng, 0", "tls13-http1.pcapng, 0.3",
            "tls13-http1.pcapng, 1", "tls13-http2.pcapng, 0.1", "tls13-http2.pcapng, 0.6", "tls13-http2.pcapng, 1"})
    void whatIsInsideIsTheSameHoweverLateTheSecretsAre(String name, double behind) throws IOException {
        byte[] capture = CaptureFiles.bytes(name);
        List<String> whole = lines(CaptureFiles.read(name));
        byte[] log = CaptureFiles.bytes(name.replaceFirst("\\.pcap(ng)?$", ".keylog"));
        for (int piece : new int[] {61, 400, 3000}) assertEquals(whole, lines(read(capture, piece, new GrowingLog(log), behind)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls12-http1.pcapng", "tls13-http1.pcapng", "tls13-http2.pcapng"})
    void withoutThemItIsAsInAFileWithoutKeys(String name) throws IOException {
        byte[] capture = CaptureFiles.bytes(name);
        List<String> none = lines(CaptureFiles.read(capture, ReadOptions.NONE));
        assertEquals(none, lines(read(capture, 500, new GrowingLog("# nothing\n".getBytes(StandardCharsets.US_ASCII)), 0)));
        assertEquals(none, lines(read(capture, 500, null, 0)));
    }

    @Test void aConnectionDoesNotHoldMoreThanItsBound() throws IOException {
        String hello = "\3\3" + "r".repeat(32) + "\0";
        var talk = new Talk(100, 200).handshake().ask(record(22, "\1\0\0\53" + hello + "\0\2\23\1\1\0\0\0"))
                .answer(record(22, "\2\0\0\56" + hello + "\23\1\0\0\6\0\53\0\2\3\4"));
        String sealed = record(23, "x".repeat(16_000));
        for (int i = 0; i < 400; i++) talk.answer(sealed).acknowledge(true);
        HeldFlows flows = read(talk.close().bytes(), 1 << 16, new GrowingLog(new byte[0]), 0);
        assertEquals(1, flows.flows.size());
        assertEquals(FlowKind.TCP, flows.flows.getFirst().kind);
        assertTrue(flows.flows.getFirst().contents.stream().mapToLong(each -> each.length).sum() >= 400 * 16_000);
        assertEquals("TLSv1.3", flows.flows.getFirst().connection.tls().version());
        assertTrue(flows.flows.getFirst().error.contains("SSLKEYLOGFILE"), flows.flows.getFirst().error);
    }

    private static String record(int type, String content) {
        return "" + (char) type + "\3\3" + (char) (content.length() >> 8) + (char) (content.length() & 255) + content;
    }

    @Test void programsAreAskedForWhereAConnectionBegins() throws IOException {
        byte[] capture = CaptureFiles.bytes("http1-basic.pcap");
        var flows = new HeldFlows();
        var options = new ReadOptions(null, (near, far) -> near.port() > far.port() ? Optional.of(new ProcessFacts(near.port(), "client.py", null)) : Optional.empty());
        CaptureFiles.format(capture).read(new Slow(capture, 700, null, 0), options, flows, TaskContext.detached());
        assertTrue(flows.http().size() > 3);
        for (HeldFlows.Held flow : flows.http()) assertEquals(flow.connection.client().port(), flow.process.pid());
    }
}
