package serpentarium.log.engine;

import java.io.IOException;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import serpentarium.log.LogFormat;
import serpentarium.task.TaskContext;

/// The records of all parts of a log: how they are written, which they are, what each says. One for a log; safe to use from any thread.
public final class RecordIndexes {
    private final LogLines log;
    private final Optional<IndexCache> cache;
    private final RecordReader reader;
    private final Map<LogPart, RecordIndex> known = new ConcurrentHashMap<>();

    /// @param zone of times that do not say theirs
    public RecordIndexes(LogLines log, ZoneId zone) {
        this(log, zone, Optional.empty());
    }

    /// @param zone  of times that do not say theirs
    /// @param cache where what is known of long parts is kept between starts
    public RecordIndexes(LogLines log, ZoneId zone, Optional<IndexCache> cache) {
        this.log = log;
        this.cache = cache;
        reader = new RecordReader(log, zone);
    }

    /// The log.
    public LogLines log() {
        return log;
    }

    /// What tells single records.
    public RecordReader reader() {
        return reader;
    }

    /// The records of a part, as far as they are known.
    public RecordIndex of(LogPart part) {
        return known.computeIfAbsent(part, each -> new RecordIndex(each, reader.formats(), cache));
    }

    /// Takes all parts for what a person says they are, empty to find it out; [#extend(TaskContext)] makes it known.
    public void choose(Optional<LogFormat> format) {
        reader.choose(format);
    }

    /// Looks at what the lines' index has got to know since the last time: the last part first, for that is looked at first. Call it when lines were added; it
    /// returns at once where nothing was.
    ///
    /// @return whether anything was added or has changed
    /// @throws java.util.concurrent.CancellationException when the task was cancelled; what was found until then stays
    public boolean extend(TaskContext context) throws IOException {
        var parts = log.parts();
        known.keySet().retainAll(parts);
        boolean changed = false;
        for (int i = parts.size() - 1; i >= 0; i--) changed |= of(parts.get(i)).extend(parts.size() == 1 ? context : context.child(1.0 / parts.size()));
        return changed;
    }

    /// Whether all lines that are known now were looked at.
    public boolean settled() {
        return log.parts().stream().allMatch(part -> of(part).marks().lines() >= part.index().lines());
    }

    /// How many records of some kinds are known in all parts.
    public long count(RecordKinds kinds) {
        long count = 0;
        for (LogPart part : log.parts()) count += of(part).marks().count(kinds);
        return count;
    }

    /// The next record of some kinds behind a line, in its part or one that follows; empty where there is none.
    public Optional<LogLines.Spot> next(LogLines.Spot spot, RecordKinds kinds) {
        var parts = log.parts();
        int at = parts.indexOf(spot.part());
        for (int i = Math.max(0, at); i < parts.size(); i++) {
            var line = of(parts.get(i)).marks().from(i == at ? spot.line() + 1 : 0, kinds);
            if (line.isPresent()) return Optional.of(new LogLines.Spot(parts.get(i), line.getAsLong()));
        }
        return Optional.empty();
    }

    /// The last record of some kinds before a line, in its part or one before; empty where there is none.
    public Optional<LogLines.Spot> previous(LogLines.Spot spot, RecordKinds kinds) {
        var parts = log.parts();
        int at = parts.indexOf(spot.part());
        for (int i = at; i >= 0; i--) {
            var line = of(parts.get(i)).marks().before(i == at ? spot.line() : Long.MAX_VALUE, kinds);
            if (line.isPresent()) return Optional.of(new LogLines.Spot(parts.get(i), line.getAsLong()));
        }
        return Optional.empty();
    }
}
