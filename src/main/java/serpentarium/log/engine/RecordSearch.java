package serpentarium.log.engine;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import serpentarium.base.Place;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.log.Warning;
import serpentarium.log.analysis.LogFilter;
import serpentarium.task.TaskContext;

/// The records of a log that pass a filter, whole or not at all: found on all cores, near a place first, while the log grows and its records are still being
/// indexed. What was found so far can be asked for at any moment, from any thread.
public final class RecordSearch {
    private static final Strings STRINGS = Strings.of(RecordSearch.class);

    private final RecordIndexes records;
    private final LogFilter filter;
    private final Map<LogPart, PartSearch> parts = new ConcurrentHashMap<>();

    /// @param records of the log
    /// @param filter  which pass
    public RecordSearch(RecordIndexes records, LogFilter filter) {
        this.records = records;
        this.filter = filter;
    }

    /// Which pass.
    public LogFilter filter() {
        return filter;
    }

    /// All lines of the records of a part that were found so far.
    public LineSet lines(LogPart part) {
        PartSearch search = parts.get(part);
        return search == null ? LineSet.EMPTY : search.found().lines();
    }

    /// The first lines of the records of a part that were found so far.
    public LineSet starts(LogPart part) {
        PartSearch search = parts.get(part);
        return search == null ? LineSet.EMPTY : search.found().starts();
    }

    /// How many records were found so far.
    public long found() {
        long found = 0;
        for (LogPart part : records.log().parts()) found += starts(part).size();
        return found;
    }

    /// How many bytes were searched so far.
    public long searched() {
        long searched = 0;
        for (LogPart part : records.log().parts()) {
            PartSearch search = parts.get(part);
            if (search != null) searched += search.searched();
        }
        return searched;
    }

    /// Whether lines are known that were not searched yet.
    public boolean behind() {
        for (LogPart part : records.log().parts()) if (of(part).behind()) return true;
        return false;
    }

    /// What kept the search from an answer for every record.
    public Optional<Warning> trouble() {
        int many = 0;
        Place first = Place.NOWHERE;
        boolean given = false;
        for (LogPart part : records.log().parts()) {
            PartSearch search = parts.get(part);
            if (search == null || search.tooLong() == 0) continue;
            if (many == 0) first = Place.line(part.bytes().name(), search.firstTooLong() + 1);
            many += search.tooLong();
            given |= search.tooLong() >= PartSearch.PATIENCE;
        }
        if (many == 0) return Optional.empty();
        String id = given ? "records.given-up" : "records.slow";
        return Optional.of(new Warning(id, STRINGS.get(id, Quantity.count((long) many), Quantity.time(RecordTest.ALLOWED / 1e9)), first));
    }

    private PartSearch of(LogPart part) {
        return parts.computeIfAbsent(part, each -> new PartSearch(records.of(each), records.reader().formats(), filter));
    }

    /// Searches what is known of the log and was not searched before; call it again when more is known. One thread at a time.
    ///
    /// @param near a line: records there are found first; without one, those at the end
    /// @throws java.util.concurrent.CancellationException when the task was cancelled; what was found until then stays, and the next call begins again
    public void run(Optional<LogLines.Spot> near, TaskContext context) throws IOException {
        List<LogPart> all = records.log().parts();
        parts.keySet().retainAll(all);
        if (all.isEmpty()) return;
        int at = near.map(spot -> all.indexOf(spot.part())).filter(found -> found >= 0).orElse(all.size() - 1);
        long total = 1;
        for (LogPart part : all) total += part.index().bytes();
        for (int i = 0; i < all.size(); i++) {
            int number = LineSearch.nearest(i, at, all.size());
            LogPart part = all.get(number);
            long line = number == at ? near.map(LogLines.Spot::line).orElse(Long.MAX_VALUE) : number < at ? Long.MAX_VALUE : 0;
            of(part).run(line, all.size() == 1 ? context : context.child((double) part.index().bytes() / total));
        }
    }
}
