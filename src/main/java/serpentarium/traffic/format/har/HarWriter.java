package serpentarium.traffic.format.har;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.zip.DeflaterOutputStream;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.RecordedFlows;
import serpentarium.traffic.format.TrafficWriter;

/// Writes HAR 1.2 that browsers' tools and mitmproxy open. What a HAR said that a flow was read from goes back as it was; what the model says
/// beyond HAR stands in fields that begin with `_`, as the standard has it.
public final class HarWriter implements TrafficWriter {
    private static final Strings STRINGS = Strings.of(HarWriter.class);
    private static final int LEVEL = 6;

    private final boolean packed;

    /// @param packed whether it is compressed by zlib, as mitmproxy's `.zhar` is
    public HarWriter(boolean packed) {
        this.packed = packed;
    }

    @Override public String id() {
        return packed ? "zhar" : "har";
    }

    @Override public List<String> endings() {
        return List.of(packed ? ".zhar" : ".har");
    }

    @Override public List<String> write(RecordedFlows session, IntPredicate rows, OutputStream out, TaskContext context) throws IOException {
        if (!packed) return document(session, rows, out, context);
        var deflater = new java.util.zip.Deflater(LEVEL);
        try (var stream = new DeflaterOutputStream(new Unclosed(out), deflater, 1 << 14)) {
            return document(session, rows, stream, context);
        } finally {
            deflater.end();
        }
    }

    private static List<String> document(RecordedFlows session, IntPredicate rows, OutputStream out, TaskContext context) throws IOException {
        int skipped = 0;
        List<HarFields> logs = new ArrayList<>();
        try (JsonGenerator to = HarRest.JSON.createGenerator(new Unclosed(out), JsonEncoding.UTF8)) {
            to.setPrettyPrinter(new DefaultPrettyPrinter().withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE));
            to.writeStartObject();
            to.writeObjectFieldStart("log");
            to.writeStringField("version", "1.2");
            to.writeObjectFieldStart("creator");
            to.writeStringField("name", STRINGS.get("har.creator"));
            to.writeStringField("version", "1");
            to.writeEndObject();
            to.writeArrayFieldStart("entries");
            FlowTable table = session.table();
            for (int row = 0; row < table.size(); row++) {
                if (row % 64 == 0) {
                    context.checkpoint();
                    context.progress(row, table.size(), Progress.Unit.ITEMS);
                }
                // What a file said of all its entries is kept with its first, also when that one is not wanted.
                boolean wanted = rows.test(row);
                if (!wanted && row > 0) continue;
                Flow flow = session.flow(row);
                if (flow.extras().containsKey(HarExtras.LOG)) logs.add(new HarFields(flow.extras().get(HarExtras.LOG)));
                if (!wanted) continue;
                if (flow.kind().http()) new HarEntryWriter(session, row, flow, to).write();
                else skipped++;
            }
            to.writeEndArray();
            log(to, logs);
            to.writeEndObject();
            to.writeEndObject();
        }
        out.write('\n');
        return skipped == 0 ? List.of() : List.of(STRINGS.get("har.skipped", Quantity.count(skipped)));
    }

    /// What the logs that the flows came from said. Two files have their pages one after another.
    private static void log(JsonGenerator to, List<HarFields> logs) throws IOException {
        List<String> pages = new ArrayList<>();
        for (HarFields log : logs) {
            log.drop("version");
            String origin = log.take("creator");
            if (origin != null && logs.size() == 1 && !log.has("_origin")) {
                to.writeFieldName("_origin");
                to.writeRawValue(origin);
            }
            String list = log.take("pages");
            if (list != null && list.startsWith("[")) pages.add(list.substring(1, list.length() - 1));
        }
        pages.removeIf(String::isBlank);
        to.writeFieldName("pages");
        to.writeRawValue("[" + String.join(",", pages) + "]");
        if (!logs.isEmpty()) logs.getFirst().putRest(to);
    }

    /// Leaves the stream below open.
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override public void close() throws IOException {
            flush();
        }
    }
}
