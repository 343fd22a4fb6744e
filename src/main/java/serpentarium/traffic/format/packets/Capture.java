package serpentarium.traffic.format.packets;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.traffic.FlowSink;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.format.GrowingSource;
import serpentarium.traffic.format.ReadOptions;
import serpentarium.traffic.format.wire.KeyLog;
import serpentarium.traffic.format.wire.KeyLogTail;
import serpentarium.traffic.format.wire.Recording;

/// The packets of one file, whatever its format: counts them, says what is wrong with them, and hands what they carry on.
final class Capture {
    private static final Strings STRINGS = PcapFormat.STRINGS;

    private final Source source;
    private final FlowSink sink;
    private final KeyLog keys = new KeyLog();
    private final KeyLogTail tail;
    private final Recording recording;
    private final IpPackets packets;
    private final Set<Integer> unknown = new TreeSet<>();
    private long count;
    private long read;
    private int skipped;
    private String damage;

    Capture(Source source, ReadOptions options, FlowSink sink) throws IOException {
        this.source = source;
        this.sink = sink;
        boolean live = source instanceof GrowingSource;
        tail = live && options.keys() != null ? new KeyLogTail(keys, options.keys()) : null;
        if (tail != null) tail.read();
        else if (options.keys() != null) {
            try (InputStream in = options.keys().open()) {
                if (keys.add(in) == 0) sink.warn(options.keys().name(), STRINGS.get("capture.no-keys"));
            }
        }
        recording = new Recording(sink, FlowSource.PACKETS, keys, live, options.processes());
        if (tail != null) recording.secretsCome();
        packets = new IpPackets(recording);
    }

    /// The next packet.
    ///
    /// @param length  as it was on the wire
    /// @param pid     of the program that it belongs to; 0 where that is not known
    /// @param comment a person's, or null
    void packet(double time, int linkType, byte[] bytes, int from, int captured, long length, long pid, String comment) throws IOException {
        count++;
        if (!LinkLayer.known(linkType)) {
            if (unknown.size() < 100) unknown.add(linkType);
            return;
        }
        read++;
        int ip = LinkLayer.ip(linkType, bytes, from, captured);
        if (ip < 0 || ip >= captured) return;
        packets.packet(time, bytes, from + ip, captured - ip, length - ip, LinkLayer.any(linkType), pid, comment);
    }

    /// Secrets inside the capture.
    void keys(InputStream in) throws IOException {
        keys.add(in);
    }

    /// What is done again and again while the capture goes on.
    void turn() throws IOException {
        if (source instanceof GrowingSource growing) growing.read(count);
        recording.turn(tail != null && tail.read() > 0);
    }

    /// The file ends inside a record.
    void truncated(long offset) {
        damaged(offset, STRINGS.get("capture.cut", count));
    }

    /// From here on the file cannot be understood.
    void damaged(long offset, String why) {
        if (count == 0) throw new ProblemException(Problem.of(STRINGS, "capture.damaged", Place.offset(source.name(), offset), why));
        damage = why;
        sink.warn(Place.offset(source.name(), offset).describe(), why);
    }

    /// One packet that cannot be understood.
    void skipped(long offset) {
        if (skipped++ == 0) sink.warn(Place.offset(source.name(), offset).describe(), STRINGS.get("capture.skipped"));
    }

    /// The file is read.
    void end() throws IOException {
        packets.end();
        turn();
        recording.noMoreSecrets();
        if (count > 0 && read == 0)
            throw new ProblemException(Problem.of(STRINGS, "capture.link-type", Place.of(source.name()), unknown.iterator().next()));
        for (int type : unknown) sink.warn("", STRINGS.get("capture.some-link-type", type));
        if (skipped > 1) sink.warn("", STRINGS.get("capture.more-skipped", skipped - 1));
        if (count == 0 && damage == null) sink.warn(source.name(), STRINGS.get("capture.no-packets"));
    }
}
