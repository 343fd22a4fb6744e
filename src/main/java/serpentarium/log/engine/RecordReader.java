package serpentarium.log.engine;

import java.io.IOException;
import java.time.ZoneId;
import java.util.Optional;
import serpentarium.log.LogFormat;
import serpentarium.log.LogRecord;
import serpentarium.log.RecordView;
import serpentarium.log.format.Detection;
import serpentarium.log.format.RecordScanner;
import serpentarium.task.TaskContext;

/// The records of a log as it is shown: which one a line belongs to, and what it says. Each is exactly what a [RecordScanner] finds that goes over its part
/// from the start, although only the lines around it are read. Safe to use from any thread; an answer takes about a millisecond.
public final class RecordReader {
    /// How far back the start of a record is looked for; lines of a longer one are taken for its continuation without a start.
    private static final long FARTHEST = 1 << 20;
    private static final int STEP = 128;
    private static final int MORE = 1 << 10;
    /// How much of one record is looked at for what it says, and for what its lines look like.
    private static final long LONGEST = 64L << 20;
    private static final long AROUND = 4L << 20;

    private final PartFormats formats;

    /// @param zone of times that do not say theirs
    public RecordReader(LogLines log, ZoneId zone) {
        formats = new PartFormats(log, zone);
    }

    /// Lines of one record.
    ///
    /// @param part  where
    /// @param first its first line
    /// @param lines how many it has in the file
    public record Extent(LogPart part, long first, long lines) {
        /// Whether a line is one of them.
        public boolean contains(LogLines.Spot spot) {
            return spot.part() == part && spot.line() >= first && spot.line() < first + lines;
        }
    }

    /// How a part is written.
    public Detection format(LogPart part) throws IOException {
        return formats.of(part).detection();
    }

    /// Takes all parts for what a person says they are; empty to find it out again.
    public void choose(Optional<LogFormat> format) {
        formats.choose(format);
    }

    /// What a person has said that the log is.
    public Optional<LogFormat> chosen() {
        return formats.chosen();
    }

    /// The zone of times that do not say theirs.
    public ZoneId zone() {
        return formats.zone();
    }

    PartFormats formats() {
        return formats;
    }

    /// The lines of the record that a line belongs to; empty for one before the first record.
    public Optional<Extent> extent(LogLines.Spot spot) throws IOException {
        return find(spot, view -> new Extent(spot.part(), view.line() - 1, view.last() - view.line() + 1));
    }

    /// The record that a line belongs to; empty for one before the first record.
    public Optional<LogRecord> record(LogLines.Spot spot) throws IOException {
        return find(spot, RecordView::detached);
    }

    private interface Taking<T> {
        T of(RecordView view);
    }

    private <T> Optional<T> find(LogLines.Spot spot, Taking<T> taking) throws IOException {
        PartFormat format = formats.of(spot.part());
        long line = spot.line();
        if (line < 0 || line >= spot.part().index().lines()) return Optional.empty();
        long start = start(spot.part(), format, line);
        if (start < 0) return Optional.empty();
        try (RecordScanner scanner = scan(spot.part(), format, start, LONGEST)) {
            while (scanner.next()) {
                RecordView view = scanner.view();
                if (view.line() - 1 > line) break;
                if (view.last() > line) return Optional.of(taking.of(view));
            }
        }
        return Optional.empty();
    }

    private static RecordScanner scan(LogPart part, PartFormat format, long line, long bytes) throws IOException {
        return RecordRun.from(part, format, line, Math.min(part.index().bytes(), part.pages().offset(line) + bytes), false, TaskContext.detached());
    }

    /// The first line of the record that a line belongs to; -1 where there is none.
    static long start(LogPart part, PartFormat format, long line) throws IOException {
        long to = line + 1;
        for (long step = 1; ; step = step == 1 ? STEP : step * 8) {
            long from = Math.max(0, line + 1 - step);
            long last = -1;
            // What a line is may be said by those that go on in it.
            long more = format.starts().apart() ? to : Math.min(part.index().lines(), to + MORE);
            try (RecordScanner scanner = RecordRun.from(part, format, from, part.pages().offset(more), false, TaskContext.detached())) {
                while (scanner.next() && scanner.view().line() <= to) last = scanner.view().line() - 1;
            }
            if (last >= 0 || from == 0) return last;
            if (step >= FARTHEST) return -1;
            to = from;
        }
    }

    /// The records that the lines `first…first + count - 1` of a part belong to; fewer where the index ends.
    public RecordRows rows(LogPart part, long first, int count) throws IOException {
        PartFormat format = formats.of(part);
        int most = (int) Math.clamp(part.index().lines() - first, 0, (long) count);
        RecordRows rows = RecordRows.none(first, most);
        if (most == 0) return rows;
        long start = start(part, format, first);
        long end = Math.min(part.index().bytes(), part.pages().offset(first + most) + AROUND);
        try (RecordScanner scanner = RecordRun.from(part, format, start < 0 ? first : start, end, false, TaskContext.detached())) {
            while (scanner.next()) {
                if (scanner.view().line() - 1 >= first + most) break;
                rows.put(scanner.view());
            }
        }
        return rows;
    }
}
