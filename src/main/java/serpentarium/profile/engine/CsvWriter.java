package serpentarium.profile.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.Profile;
import serpentarium.profile.Warning;
import serpentarium.profile.analysis.FunctionTable;
import serpentarium.profile.format.ProfileWriter;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;

/// Writes the table of functions as comma-separated values (RFC 4180), all threads together: a row a function, the dearest first, a self
/// and a total column an event.
///
/// Texts that a spreadsheet would take for a formula begin with an apostrophe: names come from files, and nothing of them is to be run.
public final class CsvWriter implements ProfileWriter {
    private static final double EXACT = 1L << 53;

    /// The writer; it has no state.
    public CsvWriter() {}

    @Override public String id() {
        return "csv";
    }

    @Override public List<String> endings() {
        return List.of(".csv");
    }

    @Override public Says says() {
        return new Says(false, true, true, false, false);
    }

    @Override public List<Warning> write(Profile profile, OutputStream out, TaskContext context) throws IOException {
        List<FunctionTable> tables = FunctionTable.ofEvents(profile, context);
        FrameTable frames = profile.frames();
        var line = new StringBuilder("name,file,line,module,calls,primitive_calls");
        for (Event event : profile.info().events()) {
            String of = event.name().equals(event.unit().id()) ? event.name() : event.name() + "_" + event.unit().id();
            line.append(',').append(field("self_" + of)).append(',').append(field("total_" + of));
        }
        end(line, out);
        FunctionTable first = tables.getFirst();
        int[] order = first.bySelf();
        for (int i = 0; i < order.length; i++) {
            if ((i & 0x3ff) == 0) {
                context.checkpoint();
                context.progress(i, order.length, Progress.Unit.ITEMS);
            }
            int f = order[i];
            line.append(field(frames.name(f))).append(',').append(field(frames.file(f))).append(',');
            if (frames.line(f) > 0) line.append(frames.line(f));
            line.append(',').append(field(frames.module(f))).append(',');
            if (first.calls() != null) line.append(first.calls().exact(f));
            line.append(',');
            if (first.primitiveCalls() != null) line.append(first.primitiveCalls().exact(f));
            for (FunctionTable table : tables) line.append(',').append(number(table.self(f))).append(',').append(number(table.total(f)));
            end(line, out);
        }
        return List.of();
    }

    private static void end(StringBuilder line, OutputStream out) throws IOException {
        out.write(line.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        line.setLength(0);
    }

    /// A text as a field.
    static String field(String text) {
        if (text == null || text.isEmpty()) return "";
        String safe = "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r') || !safe.equals(safe.strip());
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }

    private static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) return "";
        if (value == Math.rint(value) && Math.abs(value) < EXACT) return Long.toString((long) value);
        return new BigDecimal(Double.toString(value)).toPlainString();
    }
}
