package serpentarium.traffic.format.har;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;
import serpentarium.traffic.FlowSink;
import serpentarium.traffic.format.ReadOptions;
import serpentarium.traffic.format.TrafficFormat;

/// HAR 1.2, as browsers, proxies and libraries write it, also compressed by zlib as mitmproxy does it (`.zhar`). Entries are read one by one.
///
/// Source: http://www.softwareishard.com/blog/har-12-spec/ and files of Chrome, Firefox, Safari, Charles, Fiddler, Slack and mitmproxy.
public final class HarFormat implements TrafficFormat {
    private static final Strings STRINGS = Strings.of(HarFormat.class);
    private static final int LOOKED_AT = 4096;

    @Override public String id() {
        return "har";
    }

    @Override public Bid sniff(Head head) {
        String text = zlib(head) ? inflated(head) : head.latin1();
        int at = text.startsWith("\u00ef\u00bb\u00bf") ? 3 : 0;
        while (at < text.length() && text.charAt(at) <= ' ') at++;
        if (at == text.length() || text.charAt(at) != '{') return new Bid.No(STRINGS.get("har.no-object"));
        int log = text.indexOf("\"log\"", at);
        if (log < 0) return new Bid.No(STRINGS.get("har.no-log"));
        boolean first = text.substring(at + 1, log).isBlank();
        boolean entries = text.contains("\"entries\"") || text.contains("\"startedDateTime\"");
        if (entries) return new Bid.Yes(first ? 97 : 90);
        boolean named = text.contains("\"creator\"") || text.contains("\"version\"") || text.contains("\"pages\"");
        return first && named ? new Bid.Yes(85) : new Bid.No(STRINGS.get("har.no-log"));
    }

    static boolean zlib(Head head) {
        return head.at(0) == 0x78 && (head.at(0) << 8 | head.at(1)) % 31 == 0;
    }

    private static String inflated(Head head) {
        var inflater = new Inflater();
        try {
            inflater.setInput(head.bytes());
            byte[] start = new byte[LOOKED_AT];
            return new String(start, 0, inflater.inflate(start), StandardCharsets.ISO_8859_1);
        } catch (DataFormatException e) {
            return "";
        } finally {
            inflater.end();
        }
    }

    @Override public void read(Source source, ReadOptions options, FlowSink sink, TaskContext context) throws IOException {
        try (var reader = new HarReader(source, sink, context)) {
            reader.read();
        }
    }
}
