package serpentarium.traffic.format.packets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import serpentarium.traffic.FlowKind;

/// UDP: names that are asked for, other datagrams, and packets in pieces.
class DatagramTest {
    private static byte[] dns(int id, int flags, int answers, int type, byte[]... records) {
        var message = new ByteArrayOutputStream();
        message.writeBytes(new byte[] {0, (byte) id, (byte) (flags >> 8), (byte) flags, 0, 1, 0, (byte) answers, 0, 0, 0, 0, 4, 's', 'h', 'o', 'p', 4, 't', 'e', 's', 't', 0, 0, (byte) type, 0, 1});
        for (byte[] record : records) message.writeBytes(record);
        return message.toByteArray();
    }

    private static byte[] record(int type, byte... data) {
        byte[] record = {(byte) 0xc0, 12, 0, (byte) type, 0, 1, 0, 0, 0, 9, 0, (byte) data.length};
        byte[] all = Arrays.copyOf(record, record.length + data.length);
        System.arraycopy(data, 0, all, record.length, data.length);
        return all;
    }

    @Test void aNameAndItsAnswer() throws IOException {
        List<HeldFlows.Held> flows = new Talk(1, 1).udp(true, 53, dns(7, 0x0100, 0, 1)).udp(true, 53, dns(8, 0x0100, 0, 28)).udp(false, 53, dns(8, 0x8183, 0, 28))
                .udp(false, 53, dns(7, 0x8180, 1, 1, record(1, (byte) 10, (byte) 0, (byte) 0, (byte) 200))).udp(true, 53, dns(9, 0x0100, 0, 15)).read().flows;
        assertEquals(List.of("A dns://shop.test", "AAAA dns://shop.test", "MX dns://shop.test"), flows.stream().map(flow -> flow.request.method() + " " + flow.request.url()).toList());
        assertEquals(List.of(2, 2, 1), flows.stream().map(flow -> flow.messages.size()).toList());
        assertEquals("shop.test A 10.0.0.200\n", new String(flows.getFirst().extras.get("dns.answers"), StandardCharsets.UTF_8));
        assertNull(flows.getFirst().error);
        assertEquals(0.003, flows.getFirst().timing.duration(), 1e-5);
        assertEquals("The name server answered NXDOMAIN.", flows.get(1).error);
        assertEquals("No answer was seen.", flows.get(2).error);
    }

    @Test void otherDatagramsAreMessages() throws IOException {
        List<HeldFlows.Held> flows = new Talk(1, 1).udp(true, 9999, "hello".getBytes()).udp(false, 9999, "world".getBytes()).udp(true, 9999, new byte[0]).read().flows;
        assertEquals(FlowKind.UDP, flows.getFirst().kind);
        assertEquals(List.of("hello", "world", ""), flows.getFirst().contents.stream().map(String::new).toList());
    }

    @Test void namesThatPointAtThemselvesAreNoNames() throws IOException {
        byte[] loop = {0, 1, (byte) 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0, (byte) 0xc0, 12, 0, 1, 0, 1};
        assertEquals(FlowKind.UDP, new Talk(1, 1).udp(false, 53, loop).read().flows.getFirst().kind);
    }

    @Test void packetsInPiecesAreWholeAgain() throws IOException {
        byte[] data = new byte[3000];
        for (int i = 0; i < data.length; i++) data[i] = (byte) (i * 7);
        byte[] datagram = new byte[3008];
        System.arraycopy(new byte[] {(byte) 0x9c, 0x40, 0x27, 0x0f, 0x0b, (byte) 0xc0, 0, 0}, 0, datagram, 0, 8);
        System.arraycopy(data, 0, datagram, 8, 3000);
        byte[] a = Arrays.copyOfRange(datagram, 0, 1480);
        byte[] b = Arrays.copyOfRange(datagram, 1480, 2960);
        byte[] c = Arrays.copyOfRange(datagram, 2960, 3008);
        List<HeldFlows.Held> flows = new Talk(1, 1).ip(true, 17, 0x2000 | 185, b, b.length).ip(true, 17, 370, c, c.length).ip(true, 17, 370, c, c.length).ip(true, 17, 0x2000, a, a.length)
                .read().flows;
        assertEquals(1, flows.size());
        assertEquals(List.of(data.length), flows.getFirst().contents.stream().map(content -> content.length).toList());
        assertEquals(data[2999], flows.getFirst().contents.getFirst()[2999]);
    }

    @Test void packetsInPacketsAreFound() throws IOException {
        var inner = new Talk(101, new byte[0], 1, 1).udp(true, 9999, "inside".getBytes());
        byte[] packet = Arrays.copyOfRange(inner.bytes(), 40, inner.bytes().length);
        assertEquals("inside", new String(new Talk(1, 1).ip(true, 4, 0, packet, packet.length).read().flows.getFirst().contents.getFirst()));
    }
}
