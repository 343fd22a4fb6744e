package serpentarium.log.engine;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import serpentarium.log.LogRecord;
import serpentarium.log.RecordView;

/// A line that a person has marked, with what was written down about it. It is known by its file, its number in it and its text, so that it is found again
/// after the log was rotated, copied or compressed.
///
/// @param file     the file's name when it was marked
/// @param identity which file that was, whatever it is called now
/// @param line     its number in the file, from 0
/// @param sum      checksum of its text
/// @param time     when it was written, in nanoseconds since 1970, or [RecordView#NO_TIME]
/// @param level    its record's level, or null
/// @param text     its text, shortened
/// @param note     what a person wrote about it; may span lines, may be empty
/// @param tags     words that a person gave it
public record LogMark(String file, String identity, long line, int sum, long time, String level, String text, String note, List<String> tags) {
    /// Longer texts are cut.
    static final int LONGEST_TEXT = 400;
    /// A longer note is cut.
    public static final int LONGEST_NOTE = 20_000;
    private static final int LOOKED_AT = 4096;

    public LogMark {
        tags = List.copyOf(tags);
        if (note.length() > LONGEST_NOTE) note = note.substring(0, LONGEST_NOTE);
    }

    /// The mark of a line.
    ///
    /// @param record what the line belongs to; empty where it is part of no record
    /// @throws IOException where the line cannot be read
    public static LogMark of(LogLines.Spot spot, Optional<LogRecord> record) throws IOException {
        LinePage page = page(spot);
        if (page.count() == 0) throw new IOException("line " + spot.line() + " is not there");
        String text = page.text(0).strip();
        if (text.length() > LONGEST_TEXT) text = text.substring(0, LONGEST_TEXT) + "…";
        LogFile file = spot.part().file();
        return new LogMark(file.path().getFileName().toString(), file.identity().text(), spot.line(), sum(page), record.map(LogRecord::time).orElse(RecordView.NO_TIME),
                record.map(LogRecord::level).orElse(null), text, "", List.of());
    }

    private static LinePage page(LogLines.Spot spot) throws IOException {
        return spot.part().pages().page(spot.line(), 1, LOOKED_AT);
    }

    private static int sum(LinePage page) {
        var sum = new CRC32C();
        sum.update(page.bytes(), page.from(0), page.to(0) - page.from(0));
        return (int) sum.getValue();
    }

    /// Where the line is now: in the file that it was marked in, or in a copy of that; empty where it is not here any more, or not yet.
    public Optional<LogLines.Spot> find(LogLines log) throws IOException {
        List<LogPart> parts = log.parts();
        for (LogPart part : parts) if (part.file().identity().text().equals(identity) && at(part)) return Optional.of(new LogLines.Spot(part, line));
        for (LogPart part : parts.reversed()) if (at(part)) return Optional.of(new LogLines.Spot(part, line));
        return Optional.empty();
    }

    private boolean at(LogPart part) throws IOException {
        if (line >= part.index().lines()) return false;
        LinePage page = page(new LogLines.Spot(part, line));
        return page.count() > 0 && sum(page) == sum;
    }

    /// Whether both are of the same line.
    public boolean same(LogMark other) {
        return line == other.line && sum == other.sum && identity.equals(other.identity);
    }

    /// The same line with other words about it.
    public LogMark with(String newNote, List<String> newTags) {
        return new LogMark(file, identity, line, sum, time, level, text, newNote, newTags);
    }
}
