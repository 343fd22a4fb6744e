package serpentarium.log.ui;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.log.engine.IndexCache;
import serpentarium.log.engine.LogLines;
import serpentarium.log.engine.LogPart;
import serpentarium.log.engine.RecordIndexes;
import serpentarium.log.engine.RecordReader;
import serpentarium.log.engine.RotatedSet;
import serpentarium.log.ui.format.ReadAs;
import serpentarium.log.ui.list.EndRows;
import serpentarium.log.ui.list.LineRows;
import serpentarium.task.TaskContext;

/// A log that is open.
///
/// @param lines   all of its lines
/// @param live    the file that is written now
/// @param indexes its records, as far as they are known
/// @param as      how a person said that it is to be read
/// @param end     its last lines, while the others are not known; none where they are
record OpenLog(LogLines lines, Path live, RecordIndexes indexes, ReadAs as, Optional<EndRows> end) implements Closeable {
    private static final Strings STRINGS = Strings.of(OpenLog.class);
    /// Below this a log is looked through before it is shown, which takes no longer than a blink.
    private static final long SMALL = 24L << 20;
    private static final int LAST = 2000;

    static OpenLog of(Path file, LogPane.Places places, TaskContext context) throws IOException {
        return of(file, ReadAs.found(), places, context);
    }

    static OpenLog of(Path file, ReadAs as, LogPane.Places places, TaskContext context) throws IOException {
        if (!Files.exists(file)) throw new ProblemException(Problem.of(STRINGS, "log.missing", Place.of(file.toString())));
        RotatedSet set = RotatedSet.of(file);
        var cache = Optional.of(cache(places));
        // An older file of a set that a person names is shown with the others.
        LogLines lines = LogLines.open(set, cache, places.unpacked(), as.charset());
        try {
            if (lines.parts().isEmpty()) throw new ProblemException(Problem.of(STRINGS, "log.missing", Place.of(file.toString())));
            var indexes = new RecordIndexes(lines, as.zone(), as.charset().isPresent() ? Optional.empty() : cache);
            indexes.choose(as.format());
            RecordReader records = indexes.reader();
            records.format(lines.parts().getLast());
            long left = 0;
            for (LogPart part : lines.parts()) left += part.packed() ? SMALL + 1 : part.bytes().size() - part.index().bytes();
            Optional<EndRows> end = Optional.empty();
            if (left <= SMALL) lines.fill(as.charset().isPresent() ? Optional.empty() : cache, context);
            else end = end(lines, records);
            return new OpenLog(lines, set.live(), indexes, as, end);
        } catch (IOException | ProblemException e) {
            lines.close();
            throw e;
        }
    }

    /// What tells single records.
    RecordReader records() {
        return indexes.reader();
    }

    static IndexCache cache(LogPane.Places places) {
        return new IndexCache(places.indexes(), places.kept());
    }

    private static Optional<EndRows> end(LogLines lines, RecordReader records) throws IOException {
        Optional<LogLines.Rows> last = lines.end(LAST);
        return last.isEmpty() ? Optional.empty() : new LineRows(records).end(last.get().part(), last.get().page());
    }

    /// What is called the log's size: that of all its files.
    long size() {
        long size = 0;
        for (LogPart part : lines.parts()) {
            try {
                size += part.file().size();
            } catch (IOException _) {
                // It was closed just now.
            }
        }
        return size;
    }

    List<Path> files() {
        var files = new ArrayList<Path>();
        for (LogPart part : lines.parts()) files.add(part.file().path());
        return files;
    }

    @Override public void close() throws IOException {
        lines.close();
    }
}
