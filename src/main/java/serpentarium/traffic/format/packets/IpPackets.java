package serpentarium.traffic.format.packets;

import java.io.IOException;
import serpentarium.traffic.format.wire.Recording;

/// Takes IP packets apart and hands TCP segments and UDP datagrams on.
final class IpPackets {
    private static final int DEEPEST = 4;
    private static final int TCP = 6;
    private static final int UDP = 17;

    private final Fragments fragments = new Fragments();
    private final TcpConnections connections;
    private final Datagrams datagrams;
    private long pid;
    private String comment;
    private boolean twice;

    IpPackets(Recording recording) {
        connections = new TcpConnections(recording);
        datagrams = new Datagrams(recording);
    }

    /// A packet.
    ///
    /// @param captured bytes of it that are there
    /// @param length   bytes as it was sent
    /// @param any      whether packets of this interface may be seen twice
    void packet(double time, byte[] b, int from, int captured, long length, boolean any, long process, String note) throws IOException {
        pid = process;
        comment = note;
        twice = any;
        ip(time, b, from, captured, (int) Math.min(length, Integer.MAX_VALUE), 0);
    }

    private void ip(double time, byte[] b, int from, int captured, int length, int depth) throws IOException {
        if (captured < 20 || depth > DEEPEST) return;
        int version = b[from] >> 4 & 15;
        if (version == 4) v4(time, b, from, captured, length, depth);
        else if (version == 6 && captured >= 40) v6(time, b, from, captured, length, depth);
    }

    private void v4(double time, byte[] b, int from, int captured, int length, int depth) throws IOException {
        int header = (b[from] & 15) * 4;
        int total = LinkLayer.u16(b, from + 2);
        // Segments that the network card was to divide have no length.
        if (total == 0) total = length;
        if (header < 20 || header > captured || total < header) return;
        int there = Math.min(captured, total) - header;
        int flags = LinkLayer.u16(b, from + 6);
        int protocol = b[from + 9] & 0xff;
        long source = LinkLayer.i32(b, from + 12) & 0xffff_ffffL;
        long target = LinkLayer.i32(b, from + 16) & 0xffff_ffffL;
        int id = LinkLayer.u16(b, from + 4);
        if ((flags & 0x3fff) == 0) {
            carried(time, b, from + header, there, total - header, protocol, false, 0, source, 0, target, id, depth);
            return;
        }
        byte[] whole = fragments.add(new Fragments.Key(0, source, 0, target, id, protocol), (flags & 0x1fff) * 8, (flags & 0x2000) != 0, b, from + header, there);
        if (whole != null) carried(time, whole, 0, whole.length, whole.length, protocol, false, 0, source, 0, target, id, depth);
    }

    private void v6(double time, byte[] b, int from, int captured, int length, int depth) throws IOException {
        int payload = LinkLayer.u16(b, from + 4);
        int total = payload == 0 ? length : payload + 40;
        int end = Math.min(captured, total);
        long sourceHigh = LinkLayer.i64(b, from + 8);
        long sourceLow = LinkLayer.i64(b, from + 16);
        long targetHigh = LinkLayer.i64(b, from + 24);
        long targetLow = LinkLayer.i64(b, from + 32);
        int next = b[from + 6] & 0xff;
        int at = 40;
        for (int headers = 0; headers < 16; headers++) {
            switch (next) {
                case 0, 43, 60, 135, 139, 140, 51 -> {
                    if (at + 8 > end) return;
                    int size = next == 51 ? ((b[from + at + 1] & 0xff) + 2) * 4 : ((b[from + at + 1] & 0xff) + 1) * 8;
                    next = b[from + at] & 0xff;
                    at += size;
                }
                case 44 -> {
                    if (at + 8 > end) return;
                    int offset = LinkLayer.u16(b, from + at + 2);
                    long id = LinkLayer.i32(b, from + at + 4) & 0xffff_ffffL;
                    next = b[from + at] & 0xff;
                    at += 8;
                    if ((offset & 0xfff9) == 0) continue;
                    byte[] whole = fragments.add(new Fragments.Key(sourceHigh, sourceLow, targetHigh, targetLow, id, next), offset & 0xfff8, (offset & 1) != 0, b,
                            from + at, end - at);
                    if (whole != null) carried(time, whole, 0, whole.length, whole.length, next, true, sourceHigh, sourceLow, targetHigh, targetLow, id, depth);
                    return;
                }
                default -> {
                    if (at <= end) carried(time, b, from + at, end - at, total - at, next, true, sourceHigh, sourceLow, targetHigh, targetLow, -1, depth);
                    return;
                }
            }
        }
    }

    private void carried(double time, byte[] b, int from, int there, int length, int protocol, boolean v6, long sourceHigh, long sourceLow, long targetHigh,
                         long targetLow, long id, int depth) throws IOException {
        if (protocol == 4 || protocol == 41) {
            ip(time, b, from, there, length, depth + 1);
            return;
        }
        if (protocol != TCP && protocol != UDP || there < 8) return;
        int sourcePort = LinkLayer.u16(b, from);
        int targetPort = LinkLayer.u16(b, from + 2);
        int order = Long.compareUnsigned(sourceHigh, targetHigh);
        if (order == 0) order = Long.compareUnsigned(sourceLow, targetLow);
        if (order == 0) order = sourcePort - targetPort;
        boolean first = order <= 0;
        Ends ends = first ? new Ends(protocol == TCP, v6, sourceHigh, sourceLow, sourcePort, targetHigh, targetLow, targetPort)
                : new Ends(protocol == TCP, v6, targetHigh, targetLow, targetPort, sourceHigh, sourceLow, sourcePort);
        int direction = first ? 0 : 1;
        if (protocol == UDP) {
            int size = LinkLayer.u16(b, from + 4);
            int end = size < 8 || size > there ? there : size;
            datagrams.datagram(ends, direction, time, b, from + 8, end - 8, twice ? id : -1, comment);
            return;
        }
        if (there < 20) return;
        int header = (b[from + 12] >> 4 & 15) * 4;
        if (header < 20 || header > length) return;
        int data = Math.max(0, there - header);
        connections.segment(ends, direction, time, LinkLayer.i32(b, from + 4), LinkLayer.i32(b, from + 8), b[from + 13] & 0xff, b, from + Math.min(header, there), data,
                length - header, pid, comment);
    }

    /// No packets come any more.
    void end() throws IOException {
        connections.end();
        datagrams.end();
    }
}
