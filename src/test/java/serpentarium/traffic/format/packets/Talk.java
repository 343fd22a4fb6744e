package serpentarium.traffic.format.packets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import serpentarium.traffic.format.ReadOptions;

/// Makes a capture of a conversation, packet by packet, between 10.0.0.1:40000 and 10.0.0.2:80.
final class Talk {
    static final int FIN = 1;
    static final int SYN = 2;
    static final int RST = 4;
    static final int ACK = 16;

    final int linkType;
    private final byte[] before;
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final int clientFirst;
    private final int serverFirst;
    private int client;
    private int server;
    private double time = 1_795_000_000;

    /// Over Ethernet, with sequence numbers that begin here.
    Talk(int clientFirst, int serverFirst) {
        this(1, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0}, clientFirst, serverFirst);
    }

    /// Over another link.
    ///
    /// @param before what stands before each IP packet
    Talk(int linkType, byte[] before, int clientFirst, int serverFirst) {
        this.linkType = linkType;
        this.before = before;
        this.clientFirst = clientFirst;
        this.serverFirst = serverFirst;
        client = clientFirst;
        server = serverFirst;
        file.writeBytes(little(24).putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0).putInt(262_144).putInt(linkType).array());
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    Talk handshake() {
        tcp(true, SYN, clientFirst, 0, new byte[0], 0);
        tcp(false, SYN | ACK, serverFirst, clientFirst + 1, new byte[0], 0);
        client = clientFirst + 1;
        server = serverFirst + 1;
        return tcp(true, ACK, client, server, new byte[0], 0);
    }

    /// The client says this, in order.
    Talk ask(String text) {
        byte[] data = text.getBytes(StandardCharsets.ISO_8859_1);
        tcp(true, ACK, client, server, data, data.length);
        client += data.length;
        return this;
    }

    /// The server says this, in order.
    Talk answer(String text) {
        byte[] data = text.getBytes(StandardCharsets.ISO_8859_1);
        tcp(false, ACK, server, client, data, data.length);
        server += data.length;
        return this;
    }

    /// A segment so many bytes away from what comes next, which changes nothing of it.
    Talk at(boolean asks, int offset, String text) {
        byte[] data = text.getBytes(StandardCharsets.ISO_8859_1);
        return tcp(asks, ACK, (asks ? client : server) + offset, asks ? server : client, data, data.length);
    }

    /// So many bytes were said and not captured.
    Talk unseen(boolean asks, int count) {
        if (asks) client += count;
        else server += count;
        return this;
    }

    /// A bare acknowledgement.
    Talk acknowledge(boolean asks) {
        return tcp(asks, ACK, asks ? client : server, asks ? server : client, new byte[0], 0);
    }

    /// Both sides close.
    Talk close() {
        tcp(true, FIN | ACK, client++, server, new byte[0], 0);
        tcp(false, FIN | ACK, server++, client, new byte[0], 0);
        return acknowledge(true);
    }

    Talk reset(boolean asks) {
        return tcp(asks, RST | ACK, asks ? client : server, asks ? server : client, new byte[0], 0);
    }

    private Talk tcp(boolean asks, int flags, int seq, int ack, byte[] data, int length) {
        ByteBuffer segment = ByteBuffer.allocate(20 + data.length);
        segment.putShort((short) (asks ? 40000 : 80)).putShort((short) (asks ? 80 : 40000)).putInt(seq).putInt(ack).putShort((short) (0x5000 | flags)).putShort((short) 500).putInt(0);
        segment.put(data);
        return ip(asks, 6, 0, segment.array(), length + 20);
    }

    /// A datagram.
    Talk udp(boolean asks, int serverPort, byte[] data) {
        ByteBuffer datagram = ByteBuffer.allocate(8 + data.length);
        datagram.putShort((short) (asks ? 40000 : serverPort)).putShort((short) (asks ? serverPort : 40000)).putShort((short) (8 + data.length)).putShort((short) 0).put(data);
        return ip(asks, 17, 0, datagram.array(), datagram.capacity());
    }

    /// An IP packet with anything inside.
    ///
    /// @param fragment the field with flags and offset
    Talk ip(boolean asks, int protocol, int fragment, byte[] content, int length) {
        ByteBuffer packet = ByteBuffer.allocate(20 + content.length);
        packet.putShort((short) 0x4500).putShort((short) (20 + length)).putShort((short) 77).putShort((short) fragment).put((byte) 64).put((byte) protocol).putShort((short) 0);
        packet.putInt(asks ? 0x0a000001 : 0x0a000002).putInt(asks ? 0x0a000002 : 0x0a000001).put(content);
        return frame(packet.array(), packet.capacity() + length - content.length);
    }

    /// A frame with this behind the link's header.
    Talk frame(byte[] packet, int length) {
        time += 0.001;
        int size = before.length + packet.length;
        file.writeBytes(little(16).putInt((int) time).putInt((int) Math.round((time - (int) time) * 1e6)).putInt(size).putInt(before.length + length).array());
        file.writeBytes(before);
        file.writeBytes(packet);
        return this;
    }

    byte[] bytes() {
        return file.toByteArray();
    }

    HeldFlows read() throws IOException {
        return CaptureFiles.read(bytes(), ReadOptions.NONE);
    }
}
