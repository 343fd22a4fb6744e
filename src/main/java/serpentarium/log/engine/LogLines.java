package serpentarium.log.engine;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import serpentarium.base.Place;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.log.Warning;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;

/// A log as it is shown: parts that follow one another, with rows numbered through. It may be asked at any moment from any thread while parts are being
/// filled, grow, and are added; a row's number moves while parts before it are not filled, its [Spot] never does.
public final class LogLines implements Closeable {
    private static final Strings STRINGS = Strings.of(LogLines.class);

    private final Object changing = new Object();
    private volatile List<LogPart> parts = List.of();
    private final List<Warning> warnings = new CopyOnWriteArrayList<>();

    /// A line, whatever comes before its part.
    ///
    /// @param part which part
    /// @param line its number in it, from 0
    public record Spot(LogPart part, long line) {}

    /// Lines of one part.
    ///
    /// @param part which
    /// @param page its lines
    public record Rows(LogPart part, LinePage page) {}

    /// Opens the files of a rotated set; an older one that cannot be opened is a warning. Nothing is read yet but their heads.
    public static LogLines open(RotatedSet set, Optional<IndexCache> cache, Path folder) throws IOException {
        return open(set, cache, folder, Optional.empty());
    }

    /// @param charset how a person says that the files' bytes stand for text; empty to find it out
    public static LogLines open(RotatedSet set, Optional<IndexCache> cache, Path folder, Optional<Charset> charset) throws IOException {
        var lines = new LogLines();
        lines.warnings.addAll(set.warnings());
        try {
            for (RotatedSet.Member member : set.members()) {
                try {
                    lines.add(LogPart.open(member.path(), cache, folder, charset));
                } catch (NoSuchFileException _) {
                    // Rotated away a moment ago.
                } catch (IOException | ProblemException e) {
                    if (member.live()) throw e;
                    lines.warn(unreadable(member.path()));
                }
            }
        } catch (IOException | ProblemException e) {
            lines.close();
            throw e;
        }
        return lines;
    }

    /// That an older file is left out.
    static Warning unreadable(Path file) {
        return new Warning("rotated.unreadable", STRINGS.get("rotated.unreadable", file.getFileName()), Place.of(file.toString()));
    }

    /// Opens one file.
    public static LogLines open(Path file, Optional<IndexCache> cache, Path folder) throws IOException {
        var lines = new LogLines();
        lines.add(LogPart.open(file, cache, folder));
        return lines;
    }

    /// The parts, the oldest first.
    public List<LogPart> parts() {
        return parts;
    }

    /// Adds a part behind the others.
    void add(LogPart part) {
        add(part, null);
    }

    /// Adds a part before another, or behind all where that is null.
    void add(LogPart part, LogPart before) {
        synchronized (changing) {
            var all = new ArrayList<>(parts);
            int at = before == null ? -1 : all.indexOf(before);
            all.add(at < 0 ? all.size() : at, part);
            parts = List.copyOf(all);
        }
    }

    void warn(Warning warning) {
        warnings.add(warning);
    }

    /// What is to be said about the log and its parts.
    public List<Warning> warnings() {
        var all = new ArrayList<>(warnings);
        parts.forEach(part -> all.addAll(part.warnings()));
        return all;
    }

    /// Finds all lines: first of the last part, for that is looked at first, then of the others from the oldest on. What was found is kept for the next time.
    public void fill(Optional<IndexCache> cache, TaskContext context) throws IOException {
        List<LogPart> all = parts;
        if (all.isEmpty()) return;
        long total = 1;
        for (LogPart part : all) total += part.file().size();
        fill(all.getLast(), cache, total, context);
        for (LogPart part : all.subList(0, all.size() - 1)) fill(part, cache, total, context);
    }

    private static void fill(LogPart part, Optional<IndexCache> cache, long total, TaskContext context) throws IOException {
        long before = part.index().bytes();
        TaskContext share = context.child((part.file().size() + 0.1) / total);
        part.fill(share);
        share.progress(1, 1, Progress.Unit.STEPS);
        if (!part.packed() && part.index().bytes() - before >= IndexCache.WORTH) cache.ifPresent(each -> each.keep(part.file(), part.index()));
    }

    /// Whether rows have their last numbers: all parts but the last are filled, and so was that one once.
    public boolean settled() {
        return parts.stream().allMatch(LogPart::filled);
    }

    /// How many rows there are now.
    public long rows() {
        long rows = 0;
        for (LogPart part : parts) rows += part.index().lines();
        return rows;
    }

    /// The number of a line now; -1 where its part is not here.
    public long row(Spot spot) {
        long before = 0;
        for (LogPart part : parts) {
            if (part == spot.part()) return before + spot.line();
            before += part.index().lines();
        }
        return -1;
    }

    /// The line that has a number now.
    public Optional<Spot> spot(long row) {
        long before = 0;
        if (row < 0) return Optional.empty();
        for (LogPart part : parts) {
            long lines = part.index().lines();
            if (row < before + lines) return Optional.of(new Spot(part, row - before));
            before += lines;
        }
        return Optional.empty();
    }

    /// The rows `first…first + count - 1`, fewer where there are no more, part by part.
    public List<Rows> rows(long first, int count) throws IOException {
        var all = new ArrayList<Rows>();
        long before = 0;
        int left = count;
        for (LogPart part : parts) {
            if (left <= 0) break;
            long lines = part.index().lines();
            long from = Math.max(0, first - before);
            if (from < lines) {
                LinePage page = part.pages().page(from, left);
                all.add(new Rows(part, page));
                left -= page.count();
            }
            before += lines;
        }
        return all;
    }

    /// The last lines, before anything is indexed: those of the last part that has any.
    public Optional<Rows> end(int count) throws IOException {
        List<LogPart> all = parts;
        for (int i = all.size() - 1; i >= 0; i--) {
            LinePage page = all.get(i).pages().before(Long.MAX_VALUE, count);
            if (page.count() > 0) return Optional.of(new Rows(all.get(i), page));
        }
        return Optional.empty();
    }

    @Override public void close() throws IOException {
        for (LogPart part : parts) part.close();
    }
}
