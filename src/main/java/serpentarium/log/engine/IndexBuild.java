package serpentarium.log.engine;

import java.io.IOException;
import java.util.Arrays;
import serpentarium.task.Abreast;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;

/// Fills a [LineIndex]: pieces of 4 MiB on all cores, added in their order, so that what is known grows from the start of the file on.
public final class IndexBuild {
    private static final int PIECE = 4 << 20;
    /// Small enough to stay in the core's own cache between being read and being counted.
    private static final int BUFFER = 1 << 18;

    private IndexBuild() {}

    /// Looks at all bytes that are there now and were not looked at before.
    ///
    /// @return how many were added
    /// @throws java.util.concurrent.CancellationException when the task was cancelled; what was added until then stays
    public static long extend(LineIndex index, LogBytes bytes, TaskContext context) throws IOException {
        return extend(index, bytes, bytes.size(), context);
    }

    /// Looks at the bytes before `size` that were not looked at before. A writer may cut the file meanwhile: then it ends where the bytes do.
    public static long extend(LineIndex index, LogBytes bytes, long size, TaskContext context) throws IOException {
        long start = index.bytes();
        long end = size - size % index.encoding().unit();
        if (end <= start) return 0;
        var pool = new BufferPool((int) Math.min(BUFFER, Long.highestOneBit(Math.max(LineIndex.PAGE, end - start)) * 2));
        long base = start - start % PIECE;
        int pieces = (int) ((end - base + PIECE - 1) / PIECE);
        try (var work = new Abreast<LineIndex.Piece>(pieces, number -> {
            long from = Math.max(start, base + (long) number * PIECE);
            return piece(index, bytes, from, Math.min(end, base + (number + 1L) * PIECE), pool, context);
        })) {
            for (LineIndex.Piece piece; (piece = work.next()) != null; ) {
                context.checkpoint();
                // What follows bytes that are gone cannot be reached.
                if (piece.from() != index.bytes()) break;
                index.add(piece);
                context.progress(piece.to(), end, Progress.Unit.BYTES);
            }
        }
        return index.bytes() - start;
    }

    private static LineIndex.Piece piece(LineIndex index, LogBytes bytes, long from, long to, BufferPool pool, TaskContext context) throws IOException {
        byte[] buffer = pool.take();
        try {
            int first = (int) (from / LineIndex.PAGE);
            char[] counts = new char[(int) ((to - 1) / LineIndex.PAGE) - first + 1];
            boolean open = false;
            long at = from;
            while (at < to) {
                if (context.cancelled()) break;
                int got = bytes.scan(at, buffer, 0, (int) Math.min(buffer.length, to - at));
                got -= got % index.encoding().unit();
                if (got <= 0) break;
                index.count(at, buffer, 0, got, counts, first);
                open = index.open(buffer, 0, got);
                at += got;
            }
            return new LineIndex.Piece(from, at, at == to ? counts : cut(counts, from, at), open);
        } finally {
            pool.give(buffer);
        }
    }

    private static char[] cut(char[] counts, long from, long to) {
        return to == from ? new char[0] : Arrays.copyOf(counts, (int) ((to - 1) / LineIndex.PAGE - from / LineIndex.PAGE) + 1);
    }
}
