package serpentarium.traffic.format.packets;

import java.io.IOException;
import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;
import serpentarium.traffic.FlowSink;
import serpentarium.traffic.format.ReadOptions;
import serpentarium.traffic.format.TrafficFormat;

/// Packet captures as tcpdump writes them: both byte orders, micro- and nanoseconds, and the variant with longer records.
///
/// Source: draft-ietf-opsawg-pcap.
public final class PcapFormat implements TrafficFormat {
    static final Strings STRINGS = Strings.of(PcapFormat.class);
    private static final int HEADER = 24;

    /// The format; it has no state.
    public PcapFormat() {}

    /// What the magic number says.
    ///
    /// @param big    whether numbers have their largest byte first
    /// @param nano   whether fractions are nanoseconds
    /// @param record bytes of a record's header
    private record Magic(boolean big, boolean nano, int record) {
        static Magic of(long bigEndian) {
            return switch ((int) bigEndian) {
                case 0xa1b2c3d4 -> new Magic(true, false, 16);
                case 0xd4c3b2a1 -> new Magic(false, false, 16);
                case 0xa1b23c4d -> new Magic(true, true, 16);
                case 0x4d3cb2a1 -> new Magic(false, true, 16);
                case 0xa1b2cd34 -> new Magic(true, false, 24);
                case 0x34cdb2a1 -> new Magic(false, false, 24);
                default -> null;
            };
        }
    }

    @Override public String id() {
        return "pcap";
    }

    @Override public Bid sniff(Head head) {
        long magic = (head.at(0) & 0xffL) << 24 | (head.at(1) & 0xff) << 16 | (head.at(2) & 0xff) << 8 | head.at(3) & 0xff;
        return head.bytes().length >= 4 && Magic.of(magic) != null ? new Bid.Yes(95) : new Bid.No(STRINGS.get("pcap.not.magic"));
    }

    @Override public void read(Source source, ReadOptions options, FlowSink sink, TaskContext context) throws IOException {
        var packets = new Capture(source, options, sink);
        try (var in = new CaptureBytes(source, context, packets::turn)) {
            in.bigEndian(true);
            Magic magic = in.has(HEADER) ? Magic.of(in.u32(0)) : null;
            if (magic == null) throw new ProblemException(Problem.of(STRINGS, "pcap.no-header", Place.of(source.name())));
            in.bigEndian(magic.big);
            int linkType = (int) (in.u32(20) & 0x0fff_ffff);
            if (!LinkLayer.known(linkType)) throw new ProblemException(Problem.of(STRINGS, "capture.link-type", Place.offset(source.name(), 20), linkType));
            in.skip(HEADER);
            records(in, magic, linkType, packets);
        }
        packets.end();
    }

    private static void records(CaptureBytes in, Magic magic, int linkType, Capture packets) throws IOException {
        while (in.has(magic.record)) {
            long captured = in.u32(8);
            long length = in.u32(12);
            if (captured > CaptureBytes.LARGEST) {
                packets.damaged(in.offset(), STRINGS.get("capture.bad-length", captured));
                return;
            }
            double time = in.u32(0) + in.u32(4) / (magic.nano ? 1e9 : 1e6);
            int size = magic.record + (int) captured;
            if (!in.has(size)) {
                packets.truncated(in.offset());
                return;
            }
            packets.packet(time, linkType, in.buffer(), in.position() + magic.record, (int) captured, Math.max(length, captured), 0, null);
            in.skip(size);
        }
        if (in.rest() > 0) packets.truncated(in.offset());
    }
}
