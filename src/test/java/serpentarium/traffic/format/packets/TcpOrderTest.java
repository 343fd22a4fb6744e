package serpentarium.traffic.format.packets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;

import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.FlowKind;

/// Segments that come late, twice, overlapping, or not at all.
class TcpOrderTest {
    private static final String ASK = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789";

    private static HeldFlows.Held only(HeldFlows flows) {
        assertEquals(1, flows.flows.size(), () -> flows.flows.stream().map(f -> f.kind + " " + f.request).toList().toString());
        return flows.flows.getFirst();
    }

    private static void whole(HeldFlows.Held flow) {
        assertEquals("http://h/a", flow.request.url());
        assertEquals(200, flow.response.status());
        assertEquals("0123456789", flow.bodies[1].toString(), flow.error);
        assertNull(flow.error);
    }

    @Test void inOrder() throws IOException {
        HeldFlows.Held flow = only(new Talk(100, 200).handshake().ask(ASK).answer(ANSWER).close().read());
        whole(flow);
        assertEquals(0.001, flow.timing.connectEnd() - flow.timing.connectStart(), 1e-5);
        assertEquals(0.001, flow.timing.firstByte(), 1e-5);
        assertEquals("10.0.0.1:40000", flow.connection.client().toString());
        assertEquals("10.0.0.2:80", flow.connection.server().toString());
    }

    @Test void numbersWrap() throws IOException {
        whole(only(new Talk(-10, -20).handshake().ask(ASK).answer(ANSWER).close().read()));
        whole(only(new Talk(Integer.MAX_VALUE - 3, Integer.MAX_VALUE - 9).handshake().ask(ASK).answer(ANSWER).close().read()));
    }

    @Test void lateSegmentsWait() throws IOException {
        var talk = new Talk(1, 2).handshake().ask(ASK);
        talk.at(false, 20, ANSWER.substring(20, 45)).at(false, 45, ANSWER.substring(45)).answer(ANSWER.substring(0, 20)).unseen(false, ANSWER.length() - 20);
        HeldFlows.Held flow = only(talk.close().read());
        whole(flow);
        assertEquals(flow.timing.responseStart(), flow.timing.responseEnd(), 1e-9);
    }

    @Test void whatComesTwiceCountsOnceAndTheFirstWins() throws IOException {
        var talk = new Talk(1, 2).handshake().ask(ASK).at(true, -ASK.length(), ASK);
        int body = ANSWER.length() - 10;
        talk.at(false, body + 1, "XX").at(false, body - 2, ANSWER.substring(body - 2)).at(false, 0, ANSWER.substring(0, body)).unseen(false, ANSWER.length());
        HeldFlows flows = talk.close().read();
        assertEquals("0XX3456789", only(flows).bodies[1].toString());
        assertEquals(1, flows.warnings.size());
    }

    @Test void keepAliveProbesAreNothing() throws IOException {
        whole(only(new Talk(1, 2).handshake().ask(ASK).at(true, -1, "\0").answer(ANSWER).at(false, -1, "\0").at(true, -1, "").close().read()));
    }

    @Test void anAnswerBeforeItsRequestWaitsForIt() throws IOException {
        var talk = new Talk(1, 2).handshake().unseen(true, ASK.length()).answer(ANSWER).at(true, -ASK.length(), ASK);
        whole(only(talk.close().read()));
    }

    @Test void lostBytesOfABodyAreCountedAndTheNextExchangeIsWhole() throws IOException {
        var talk = new Talk(1, 2).handshake().ask(ASK).answer(ANSWER.substring(0, ANSWER.length() - 8)).unseen(false, 4).answer(ANSWER.substring(ANSWER.length() - 4));
        for (int i = 0; i < 20; i++) talk.acknowledge(true);
        List<HeldFlows.Held> flows = talk.ask(ASK).answer(ANSWER).close().read().flows;
        assertEquals(2, flows.size());
        assertEquals("016789", flows.getFirst().bodies[1].toString());
        assertEquals(BodyFacts.State.PARTIAL, flows.getFirst().states[1]);
        assertEquals("4 bytes were not captured.", flows.getFirst().error);
        whole(flows.get(1));
    }

    @Test void aLostRequestLeavesItsAnswerAlone() throws IOException {
        var talk = new Talk(1, 2).handshake().ask(ASK).answer(ANSWER).unseen(true, 50).answer(ANSWER.replace("200", "201"));
        for (int i = 0; i < 20; i++) talk.acknowledge(true);
        List<HeldFlows.Held> flows = talk.ask(ASK.replace("/a", "/c")).answer(ANSWER.replace("200", "203")).close().read().flows;
        assertEquals(List.of("/a 200", "null 201", "/c 203"),
                flows.stream().map(flow -> (flow.request == null ? null : flow.request.path()) + " " + flow.response.status()).toList());
    }

    @Test void aLostAnswerIsSaidAndTheNextOneFits() throws IOException {
        var talk = new Talk(1, 2).handshake().ask(ASK).unseen(false, ANSWER.length());
        for (int i = 0; i < 20; i++) talk.acknowledge(true);
        List<HeldFlows.Held> flows = talk.ask(ASK.replace("/a", "/b")).answer(ANSWER.replace("200", "202")).close().read().flows;
        assertEquals(List.of("/a 0", "/b 202"), flows.stream().map(flow -> flow.request.path() + " " + (flow.response == null ? 0 : flow.response.status())).toList());
        assertEquals("The response was not captured.", flows.getFirst().error);
    }

    @Test void whatBeginsInTheMiddleIsReadFromTheNextMessageOn() throws IOException {
        HeldFlows flows = new Talk(900, 800).answer("the end of a body").ask(ASK).answer(ANSWER).close().read();
        assertEquals(List.of(FlowKind.TCP, FlowKind.HTTP), flows.flows.stream().map(flow -> flow.kind).toList());
        whole(flows.flows.get(1));
        whole(only(new Talk(900, 800).answer("").ask(ASK).answer(ANSWER).read()));
    }

    @Test void aResetIsSaid() throws IOException {
        assertEquals("The connection was reset.", only(new Talk(1, 2).handshake().ask(ASK).reset(false).read()).error);
        HeldFlows.Held half = only(new Talk(1, 2).handshake().ask(ASK).answer(ANSWER.substring(0, 43)).reset(false).read());
        assertEquals("The connection was reset.", half.error);
        assertEquals(BodyFacts.State.PARTIAL, half.states[1]);
    }

    @Test void theSameEndsAgainAreAnotherConnection() throws IOException {
        byte[] first = new Talk(1, 2).handshake().ask(ASK).answer(ANSWER).close().bytes();
        byte[] second = new Talk(5000, 6000).handshake().ask(ASK).answer(ANSWER).close().bytes();
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length - 24);
        System.arraycopy(second, 24, both, first.length, second.length - 24);
        List<HeldFlows.Held> flows = CaptureFiles.read(both, serpentarium.traffic.format.ReadOptions.NONE).flows;
        assertEquals(List.of("1", "2"), flows.stream().map(flow -> flow.connection.id()).toList());
        flows.forEach(TcpOrderTest::whole);
    }

    @Test void segmentsThatNeverFitAreBounded() throws IOException {
        var talk = new Talk(1, 2).handshake();
        String piece = "x".repeat(1400);
        for (int i = 1; i < 20_000; i++) talk.at(true, i * 2800, piece);
        HeldFlows flows = talk.read();
        assertTrue(flows.flows.size() <= 2);
    }

    @Test void everyLinkFindsItsPackets() throws IOException {
        byte[] vlan = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0x88, (byte) 0xa8, 0, 1, (byte) 0x81, 0, 0, 2, 8, 0};
        whole(only(new Talk(1, vlan, 1, 2).handshake().ask(ASK).answer(ANSWER).close().read()));
        whole(only(new Talk(0, new byte[] {2, 0, 0, 0}, 1, 2).handshake().ask(ASK).answer(ANSWER).close().read()));
        whole(only(new Talk(108, new byte[] {0, 0, 0, 2}, 1, 2).handshake().ask(ASK).answer(ANSWER).close().read()));
        for (int raw : new int[] {12, 14, 101, 228}) whole(only(new Talk(raw, new byte[0], 1, 2).handshake().ask(ASK).answer(ANSWER).close().read()));
    }
}
