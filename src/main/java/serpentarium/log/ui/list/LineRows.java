package serpentarium.log.ui.list;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import serpentarium.log.Failure;
import serpentarium.log.Level;
import serpentarium.log.LogRecord;
import serpentarium.log.RecordView;
import serpentarium.log.Traceback;
import serpentarium.log.analysis.TracebackParser;
import serpentarium.log.engine.LinePage;
import serpentarium.log.engine.LogLines;
import serpentarium.log.engine.LogPart;
import serpentarium.log.engine.RecordReader;
import serpentarium.log.engine.RecordRows;
import serpentarium.log.format.Clock;
import serpentarium.log.format.RecordStarts;

/// Makes rows of the lines of files. Lines that follow one another are read at once; a line that no record begins with has the level of the record
/// that it belongs to.
public final class LineRows implements RowReader {
    private static final RowFold OPEN = new RowFold(0, "", true);
    private static final int LONGEST = 160;

    private final RecordReader records;

    /// @param records tells what records lines belong to
    public LineRows(RecordReader records) {
        this.records = records;
    }

    @Override public List<Row> read(RowSource source, long first, int count) throws IOException {
        var rows = new ArrayList<Row>(count);
        if (source instanceof EndRows last) return last.read(first, count);
        long row = Math.max(0, first);
        long end = first + count;
        while (row < end) {
            Optional<LogLines.Spot> spot = source.spot(row);
            if (spot.isEmpty()) break;
            LogPart part = spot.get().part();
            long line = spot.get().line();
            int together = 1;
            while (row + together < end) {
                Optional<LogLines.Spot> next = source.spot(row + together);
                if (next.isEmpty() || next.get().part() != part || next.get().line() != line + together) break;
                together++;
            }
            LinePage page = part.pages().page(line, together);
            if (page.count() == 0) break;
            add(part, page, source instanceof FoldedRows folded ? folded : null, rows);
            row += page.count();
            if (page.count() < together) break;
        }
        return rows;
    }

    /// The last lines of a part that is not indexed yet.
    public Optional<EndRows> end(LogPart part, LinePage page) throws IOException {
        if (page.count() == 0) return Optional.empty();
        RecordStarts starts = RecordStarts.of(records.format(part), Clock.here());
        var rows = new ArrayList<Row>(page.count());
        int severity = Level.UNKNOWN;
        for (int i = 0; i < page.count(); i++) {
            byte[] bytes = page.encoding().unit() == 1 ? page.bytes() : page.text(i).getBytes(StandardCharsets.UTF_8);
            boolean begins = page.encoding().unit() == 1 ? starts.starts(bytes, page.from(i), page.to(i)) : starts.starts(bytes, 0, bytes.length);
            if (begins) severity = starts.severity();
            rows.add(row(part, page, i, i - page.count(), begins, severity, begins ? starts.time() : RecordView.NO_TIME, RowFold.NONE));
        }
        return Optional.of(new EndRows(part, page.offsets()[0], rows));
    }

    private void add(LogPart part, LinePage page, FoldedRows folded, List<Row> rows) throws IOException {
        RecordRows known = records.rows(part, page.first(), page.count());
        for (int i = 0; i < page.count(); i++) {
            boolean there = i < known.count();
            boolean begins = there && known.begins(i);
            RowFold fold = begins && known.lines()[i] > 1 && folded != null ? fold(folded, new LogLines.Spot(part, page.first() + i), known, i) : RowFold.NONE;
            rows.add(row(part, page, i, page.first() + i, begins, there ? known.severities()[i] : Level.UNKNOWN, begins ? known.times()[i] : RecordView.NO_TIME, fold));
        }
    }

    private RowFold fold(FoldedRows folded, LogLines.Spot spot, RecordRows known, int row) throws IOException {
        if (!folded.hides(new LogLines.Spot(spot.part(), spot.line() + 1))) return OPEN;
        return new RowFold(known.lines()[row] - 1L, known.failed()[row] ? exception(spot) : "", true);
    }

    private String exception(LogLines.Spot spot) throws IOException {
        Optional<String> text = records.record(spot).map(LogRecord::exception);
        Failure last = text.flatMap(TracebackParser::parse).map(Traceback::last).orElse(null);
        if (last == null || last.type().isEmpty()) return "";
        String first = last.message().lines().findFirst().orElse("");
        String said = first.isEmpty() ? last.type() : last.type() + ": " + first;
        return said.length() > LONGEST ? said.substring(0, LONGEST) + "…" : said;
    }

    private static Row row(LogPart part, LinePage page, int i, long line, boolean begins, int severity, long time, RowFold fold) {
        TerminalText text = TerminalText.of(page.text(i));
        long hidden = page.cut(i) ? page.lengths()[i] - page.zeros()[i] - (page.to(i) - page.from(i)) : 0;
        return new Row(new LogLines.Spot(part, line), text.text(), TextColumns.of(text.text()), text.styles(), begins, severity, time, hidden, fold);
    }
}
