package serpentarium.traffic.format.packets;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;
import serpentarium.traffic.FlowSink;
import serpentarium.traffic.WireText;
import serpentarium.traffic.format.ReadOptions;
import serpentarium.traffic.format.TrafficFormat;

/// Packet captures as Wireshark and dumpcap write them: sections of both byte orders, interfaces with link types and clocks of their own, comments,
/// and the secrets of TLS connections. Blocks that are not known are skipped.
///
/// Source: draft-ietf-opsawg-pcapng.
public final class PcapngFormat implements TrafficFormat {
    private static final Strings STRINGS = PcapFormat.STRINGS;
    private static final int SECTION = 0x0a0d0d0a;
    private static final int TLS_KEYS = 0x544c534b;
    private static final int MOST_INTERFACES = 10_000;

    /// The format; it has no state.
    public PcapngFormat() {}

    /// An interface of a section.
    ///
    /// @param linkType  what its packets begin with
    /// @param snapLength bytes of a packet at most; 0 for no limit
    /// @param perSecond ticks of its clock; 0 for a power of two or ten that is no whole number
    /// @param tick      seconds of one tick
    /// @param offset    seconds to add
    private record Interface(int linkType, long snapLength, long perSecond, double tick, long offset) {
        double time(long ticks) {
            if (perSecond == 0) return (ticks >= 0 ? ticks : ticks + 0x1p64) * tick + offset;
            return Long.divideUnsigned(ticks, perSecond) + offset + (double) Long.remainderUnsigned(ticks, perSecond) / perSecond;
        }
    }

    @Override public String id() {
        return "pcapng";
    }

    @Override public Bid sniff(Head head) {
        boolean section = head.at(0) == 0x0a && head.at(1) == 0x0d && head.at(2) == 0x0d && head.at(3) == 0x0a;
        boolean order = head.at(8) == 0x1a && head.at(9) == 0x2b && head.at(10) == 0x3c && head.at(11) == 0x4d
                || head.at(8) == 0x4d && head.at(9) == 0x3c && head.at(10) == 0x2b && head.at(11) == 0x1a;
        return section && order ? new Bid.Yes(98) : new Bid.No(STRINGS.get("pcapng.not.section"));
    }

    @Override public void read(Source source, ReadOptions options, FlowSink sink, TaskContext context) throws IOException {
        var packets = new Capture(source, options, sink);
        try (var in = new CaptureBytes(source, context, packets::turn)) {
            new Blocks(in, packets).read();
        }
        packets.end();
    }

    /// Reads the blocks of one file.
    private static final class Blocks {
        private final CaptureBytes in;
        private final Capture packets;
        private final List<Interface> interfaces = new ArrayList<>();
        private double last;
        private boolean big;

        Blocks(CaptureBytes in, Capture packets) {
            this.in = in;
            this.packets = packets;
        }

        void read() throws IOException {
            while (in.has(12)) {
                in.bigEndian(true);
                boolean section = (int) in.u32(0) == SECTION;
                if (section) {
                    long order = in.u32(8);
                    if (order != 0x1a2b3c4dL && order != 0x4d3c2b1aL) {
                        packets.damaged(in.offset(), STRINGS.get("pcapng.bad-order"));
                        return;
                    }
                    big = order == 0x1a2b3c4dL;
                }
                in.bigEndian(big);
                int type = (int) in.u32(0);
                long length = in.u32(4);
                if (length < 12 || length % 4 != 0) {
                    packets.damaged(in.offset(), STRINGS.get("pcapng.bad-block", length));
                    return;
                }
                if (length > CaptureBytes.LARGEST) {
                    if (known(type)) packets.damaged(in.offset(), STRINGS.get("capture.bad-length", length));
                    else if (in.skip(length)) continue;
                    else packets.truncated(in.offset());
                    return;
                }
                if (!in.has((int) length)) {
                    packets.truncated(in.offset());
                    return;
                }
                if (in.u32((int) length - 4) != length) {
                    packets.damaged(in.offset(), STRINGS.get("pcapng.bad-block", length));
                    return;
                }
                block(type, (int) length - 4);
                in.skip(length);
            }
            if (in.rest() > 0) packets.truncated(in.offset());
        }

        private static boolean known(int type) {
            return type == SECTION || type == 1 || type == 2 || type == 3 || type == 6 || type == 10;
        }

        private void block(int type, int end) throws IOException {
            switch (type) {
                case SECTION -> interfaces.clear();
                case 1 -> describe(end);
                case 2 -> packet(end, in.u16(8), false);
                case 3 -> simple(end);
                case 6 -> packet(end, end >= 28 ? (int) in.u32(8) : -1, true);
                case 10 -> secrets(end);
                default -> { }
            }
        }

        private void describe(int end) {
            if (end < 16 || interfaces.size() >= MOST_INTERFACES) return;
            int resolution = 6;
            long offset = 0;
            for (int at = option(16, end); at >= 0; at = option(at + 4 + padded(in.u16(at + 2)), end)) {
                int code = in.u16(at);
                int length = in.u16(at + 2);
                if (code == 9 && length >= 1) resolution = in.u8(at + 4);
                if (code == 14 && length >= 8) offset = big ? in.u32(at + 4) << 32 | in.u32(at + 8) : in.u32(at + 8) << 32 | in.u32(at + 4);
            }
            int power = resolution & 0x7f;
            boolean two = (resolution & 0x80) != 0;
            boolean whole = two ? power < 62 : power <= 18;
            long perSecond = !whole ? 0 : two ? 1L << power : (long) Math.pow(10, power);
            interfaces.add(new Interface(in.u16(8), in.u32(12), perSecond, Math.pow(two ? 2 : 10, -power), offset));
        }

        /// Where the next option stands; -1 past the last one.
        private int option(int at, int end) {
            if (at + 4 > end || in.u16(at) == 0 || at + 4 + in.u16(at + 2) > end) return -1;
            return at;
        }

        private static int padded(int length) {
            return length + 3 & ~3;
        }

        private void packet(int end, int interfaceId, boolean enhanced) throws IOException {
            if (end < 28) return;
            if (interfaceId < 0 || interfaceId >= interfaces.size()) {
                packets.skipped(in.offset());
                return;
            }
            Interface from = interfaces.get(interfaceId);
            long captured = in.u32(20);
            long length = in.u32(24);
            if (captured > end - 28) {
                packets.skipped(in.offset());
                return;
            }
            double time = from.time(in.u32(12) << 32 | in.u32(16));
            last = time;
            String comment = null;
            long pid = 0;
            for (int at = option(28 + padded((int) captured), end); at >= 0; at = option(at + 4 + padded(in.u16(at + 2)), end)) {
                int size = in.u16(at + 2);
                if (in.u16(at) == 1 && size > 0) {
                    String text = WireText.decode(in.buffer(), in.position() + at + 4, size);
                    comment = comment == null ? text : comment + "\n" + text;
                } else if (in.u16(at) == 8 && size == 8 && enhanced) pid = in.u32(at + 4);
            }
            packets.packet(time, from.linkType, in.buffer(), in.position() + 28, (int) captured, Math.max(length, captured), pid, comment);
        }

        private void simple(int end) throws IOException {
            if (end < 12 || interfaces.isEmpty()) return;
            Interface from = interfaces.getFirst();
            long length = in.u32(8);
            long captured = Math.min(Math.min(length, end - 12), from.snapLength == 0 ? Long.MAX_VALUE : from.snapLength);
            packets.packet(last, from.linkType, in.buffer(), in.position() + 12, (int) captured, length, 0, null);
        }

        private void secrets(int end) throws IOException {
            if (end < 16 || (int) in.u32(8) != TLS_KEYS) return;
            int length = (int) Math.min(in.u32(12), end - 16);
            packets.keys(new ByteArrayInputStream(in.buffer(), in.position() + 16, length));
        }
    }
}
