package serpentarium.traffic.format.wire;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.Side;
import serpentarium.traffic.Timing;

/// The datagrams between two ends: DNS queries with their answers are flows of their own, all else is one flow.
public final class DatagramFlow {
    private static final int MOST_WAITING = 1000;
    private static final int OFTEN = 1 << 14;
    private static final double NO = Double.NaN;

    private final Link link;
    private final Map<Integer, Query> queries = new LinkedHashMap<>();
    private FlowWriter raw;
    private double rawStart;
    private final double[] rawLast = {NO, NO};
    private double rawAnswered = NO;
    private int unshown;

    private record Query(FlowWriter writer, double time, Side from) {}

    /// Datagrams over a link; its client is the end that spoke first.
    public DatagramFlow(Link link) {
        this.link = link;
    }

    /// A person's words on what comes next.
    public void comment(String text) {
        link.comment(text);
    }

    /// The next datagram.
    public void datagram(Side from, double time, byte[] bytes, int offset, int length) throws IOException {
        DnsMessage dns = raw == null ? DnsMessage.parse(bytes, offset, length) : null;
        byte[] content = Arrays.copyOfRange(bytes, offset, offset + length);
        if (dns == null) {
            raw(from, time, content);
            return;
        }
        if (dns.answer()) answer(from, time, dns, content);
        else query(from, time, dns, content);
    }

    private void query(Side from, double time, DnsMessage dns, byte[] content) throws IOException {
        Query same = queries.remove(dns.id());
        if (same != null) unanswered(same);
        if (queries.size() >= MOST_WAITING) unanswered(queries.remove(queries.keySet().iterator().next()));
        FlowWriter writer = begin(dns, time);
        writer.message(Side.REQUEST, time, 0, content, false, false);
        writer.timing(new Timing(time, NO, NO, NO, NO, NO, time, time, NO, NO));
        writer.commit();
        queries.put(dns.id(), new Query(writer, time, from));
    }

    private FlowWriter begin(DnsMessage dns, double time) throws IOException {
        FlowWriter writer = link.begin(FlowKind.DNS, time);
        writer.request(dns.asked(link));
        return writer;
    }

    private void answer(Side from, double time, DnsMessage dns, byte[] content) throws IOException {
        Query query = queries.get(dns.id());
        boolean ours = query != null && query.from != from;
        if (ours) queries.remove(dns.id());
        FlowWriter writer = ours ? query.writer : begin(dns, time);
        double asked = ours ? query.time : NO;
        writer.message(Side.RESPONSE, time, 0, content, false, false);
        writer.extra("dns.answers", dns.answers().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        if (dns.code() != 0) writer.error(Recording.STRINGS.get("dns.code", dns.codeName()));
        writer.timing(new Timing(ours ? asked : time, NO, NO, NO, NO, NO, asked, asked, time, time));
        close(writer);
    }

    private void unanswered(Query query) throws IOException {
        query.writer.error(Recording.STRINGS.get("dns.unanswered"));
        close(query.writer);
    }

    private void close(FlowWriter writer) throws IOException {
        link.note(writer, link.facts(), link.process());
        writer.close();
    }

    private void raw(Side from, double time, byte[] content) throws IOException {
        if (raw == null) {
            raw = link.begin(FlowKind.UDP, time);
            rawStart = time;
        }
        rawLast[from.ordinal()] = time;
        if (from == Side.RESPONSE && Double.isNaN(rawAnswered)) rawAnswered = time;
        raw.message(from, time, 0, content, false, false);
        unshown += content.length + 64;
        if (!link.recording.live && unshown < OFTEN) return;
        unshown = 0;
        raw.commit();
    }

    /// Nothing comes any more.
    public void close() throws IOException {
        for (Query query : queries.values()) unanswered(query);
        queries.clear();
        if (raw == null) return;
        raw.timing(new Timing(rawStart, NO, NO, NO, NO, NO, rawStart, rawLast[0], rawAnswered, rawLast[1]));
        close(raw);
        raw = null;
    }
}
