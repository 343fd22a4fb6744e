package serpentarium.log.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import serpentarium.log.RecordView;
import serpentarium.log.Warning;
import serpentarium.task.Abreast;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;

/// What was collected of all records of a log, on all cores at once: each looks at the records of a stretch, and what they find is put together in the order of
/// the log. A record that goes on beyond its stretch is completed there. Whatever is collected is the same as if one had gone over the log from its start.
///
/// @param all      it
/// @param lines    how many lines were read, as [RecordScanner#lines()] says
/// @param records  how many records were found
/// @param whole    whether the log was read to its end
/// @param warnings what was noticed
/// @param <G>      what collects
public record Gathered<G>(G all, long lines, long records, boolean whole, List<Warning> warnings) {
    /// One stretch.
    private record Stretch<G>(RecordScanner scanner, G found, LineChunks.Chunk chunk) {}

    /// Collects from a log.
    public static <G> Gathered<G> of(LogSource source, Gatherer<G> gatherer, TaskContext context) throws IOException {
        return of(source, gatherer, LineChunks.SIZE, context);
    }

    /// @param size how many bytes a stretch has
    static <G> Gathered<G> of(LogSource source, Gatherer<G> gatherer, int size, TaskContext context) throws IOException {
        RecordStarts starts = RecordStarts.of(source.detection(), source.clock().copy());
        // Where pieces are parted is told by one of its own, which has read other lines than those that look at them.
        RecordStarts cutter = starts.copy(source.clock().copy());
        try (var chunks = new LineChunks(source.content().open(), source.encoding(), cutter, size)) {
            LineChunks.Chunk first = chunks.take(0);
            int pieces = first == null ? 0 : first.last() ? 1 : Integer.MAX_VALUE;
            try (var work = new Abreast<Stretch<G>>(pieces, number -> stretch(source, number == 0 ? first : chunks.take(number), starts, gatherer, context))) {
                return new Order<>(source, gatherer, context).of(work);
            }
        }
    }

    private static <G> Stretch<G> stretch(LogSource source, LineChunks.Chunk chunk, RecordStarts starts, Gatherer<G> gatherer, TaskContext context) throws IOException {
        if (chunk == null) return new Stretch<>(null, null, null);
        context.checkpoint();
        var scanner = new RecordScanner(source.name(), chunk, source.encoding(), starts.copy(source.clock().copy()), context);
        G found = gatherer.fresh();
        while (scanner.next()) gatherer.add(found, scanner.view());
        return new Stretch<>(scanner, found, chunk);
    }

    /// Puts stretches together.
    private static final class Order<G> {
        private final LogSource source;
        private final Gatherer<G> gatherer;
        private final TaskContext context;
        private final RecordScanner.Notes notes;
        private final G all;
        private HeldRecord open;
        private long lines;
        private long records;

        Order(LogSource source, Gatherer<G> gatherer, TaskContext context) {
            this.source = source;
            this.gatherer = gatherer;
            this.context = context;
            notes = new RecordScanner.Notes(source.name());
            all = gatherer.fresh();
        }

        Gathered<G> of(Abreast<Stretch<G>> work) throws IOException {
            long total = source.content().size();
            boolean whole = true;
            for (Stretch<G> next; whole && (next = work.next()) != null && next.scanner != null; ) {
                whole = add(next);
                context.checkpoint();
                context.progress(next.chunk.done(), total, Progress.Unit.BYTES);
            }
            if (whole) close();
            return new Gathered<>(all, lines, records, whole, notes.warnings());
        }

        private boolean add(Stretch<G> next) throws IOException {
            RecordScanner scanner = next.scanner;
            if (open != null) scanner.finish(open, lines, notes);
            notes.add(scanner.notes(), lines, records == 0 && open == null);
            if (scanner.records() > 0) close();
            boolean on = gatherer.follow(all, next.found, lines);
            HeldRecord last = scanner.open();
            records += scanner.records() - (last == null ? 0 : 1);
            if (last != null) {
                open = last;
                open.behind(lines);
            }
            lines += scanner.lines();
            return on;
        }

        private void close() {
            if (open == null) return;
            RecordView view = open;
            gatherer.add(all, view);
            records++;
            open = null;
        }
    }
}
