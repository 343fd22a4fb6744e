package serpentarium.traffic.format.mitm;

import java.io.IOException;
import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;
import serpentarium.traffic.FlowSink;
import serpentarium.traffic.format.ReadOptions;
import serpentarium.traffic.format.TrafficFormat;

/// mitmproxy's flow dumps (`mitmdump -w FILE`) of the versions 0.11 to 0.19 and 1 to 21: tnetstrings, one dict a flow, one after another.
///
/// Source: `mitmproxy/io/io.py`, `tnetstring.py`, `compat.py`.
public final class MitmFormat implements TrafficFormat {
    private static final Strings STRINGS = Strings.of(MitmFormat.class);

    @Override public String id() {
        return "mitmproxy";
    }

    @Override public Bid sniff(Head head) {
        int at = 0;
        long length = 0;
        while (at < 12 && digit(head.at(at))) length = length * 10 + head.at(at++) - '0';
        if (at == 0 || head.at(at) != ':' || head.at(0) == '0') return no();
        int first = ++at;
        int size = 0;
        while (at < first + 3 && digit(head.at(at))) size = size * 10 + head.at(at++) - '0';
        if (at == first || head.at(at) != ':' || size == 0 || size > 40 || size + 6 > length) return no();
        for (int i = at + 1; i <= at + size; i++) if (!(head.at(i) >= 'a' && head.at(i) <= 'z') && head.at(i) != '_') return no();
        int type = head.at(at + size + 1);
        if (type != ';' && type != ',') return no();
        long end = first + length;
        if (end < head.bytes().length && head.at((int) end) != '}') return no();
        return new Bid.Yes(95);
    }

    private static boolean digit(int c) {
        return c >= '0' && c <= '9';
    }

    private static Bid no() {
        return new Bid.No(STRINGS.get("mitm.no-dict"));
    }

    @Override public void read(Source source, ReadOptions options, FlowSink sink, TaskContext context) throws IOException {
        try (var reader = new MitmReader(source, sink, context)) {
            reader.read();
        }
    }
}
