package serpentarium.log.engine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import serpentarium.log.RecordView;
import serpentarium.log.format.RecordScanner;
import serpentarium.task.Abreast;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;

/// The records of one part: filled in the wake of its [LineIndex] by [#extend(TaskContext)], on all cores, and continued while the part grows. What is
/// known so far can be asked for at any moment, from any thread.
public final class RecordIndex {
    private static final int PIECE_BITS = 22;
    /// A record that has more than this is taken as it was found, however it goes on.
    private static final long LONGEST = 16L << 20;

    private final LogPart part;
    private final PartFormats formats;
    private final Optional<IndexCache> cache;
    private final ReentrantLock extending = new ReentrantLock();
    private PartFormat format;
    private volatile RecordMarks marks = RecordMarks.EMPTY;
    /// The last block as it is being made.
    private Tail tail = new Tail(0);
    private RecordBlock[] blocks = new RecordBlock[0];
    /// From here on, what was found may change: the last line may not be whole, and then be one that goes on in the record before the last.
    private long sure;
    private long lastStart;
    /// How many bytes were looked at.
    private long looked;
    /// How many bytes were looked at when this was kept last.
    private long kept;

    /// @param cache where it is kept between starts
    RecordIndex(LogPart part, PartFormats formats, Optional<IndexCache> cache) {
        this.part = part;
        this.formats = formats;
        this.cache = part.lasting() ? cache : Optional.empty();
    }

    /// The part.
    public LogPart part() {
        return part;
    }

    /// What is known now.
    public RecordMarks marks() {
        return marks;
    }

    /// A block that is not full.
    private static final class Tail {
        private final int block;
        private final byte[] kinds = new byte[RecordBlock.LINES];
        private final long[] first = new long[RecordBlock.GROUPS];
        private final long[] last = new long[RecordBlock.GROUPS];
        private boolean timed = true;
        private int lines;

        Tail(int block) {
            this.block = block;
            Arrays.fill(first, RecordView.NO_TIME);
            Arrays.fill(last, RecordView.NO_TIME);
        }

        static Tail of(int number, RecordBlock block) {
            var tail = new Tail(number);
            System.arraycopy(block.kinds(), 0, tail.kinds, 0, RecordBlock.LINES);
            tail.lines = block.lines();
            tail.timed = block.timed();
            for (int g = 0; g * RecordBlock.GROUP < tail.lines; g++) {
                tail.first[g] = block.from(g);
                tail.last[g] = block.to(g);
            }
            return tail;
        }

        /// Forgets the lines from one on, which begins a group.
        void cut(int to) {
            Arrays.fill(kinds, to, RecordBlock.LINES, (byte) 0);
            Arrays.fill(first, to / RecordBlock.GROUP, RecordBlock.GROUPS, RecordView.NO_TIME);
            Arrays.fill(last, to / RecordBlock.GROUP, RecordBlock.GROUPS, RecordView.NO_TIME);
            lines = to;
        }

        RecordBlock block() {
            return RecordBlock.of(kinds, lines, first, last, timed);
        }
    }

    /// The records that begin in some lines that follow one another.
    private static final class Piece {
        private final long from;
        private final byte[] kinds;
        private final long[] first;
        private final long[] last;
        private boolean timed = true;
        private long lastStart = -1;
        private long beforeLast = -1;

        Piece(long from, long to) {
            this.from = from;
            kinds = new byte[(int) (to - from)];
            int groups = to == from ? 0 : (int) ((to - 1) / RecordBlock.GROUP - from / RecordBlock.GROUP) + 1;
            first = new long[groups];
            last = new long[groups];
            Arrays.fill(first, RecordView.NO_TIME);
            Arrays.fill(last, RecordView.NO_TIME);
        }

        void add(RecordView view) {
            long line = view.line() - 1;
            beforeLast = lastStart;
            lastStart = line;
            kinds[(int) (line - from)] = (byte) RecordKinds.of(view);
            long time = view.time();
            if (time == RecordView.NO_TIME) {
                timed = false;
                return;
            }
            int group = (int) (line / RecordBlock.GROUP - from / RecordBlock.GROUP);
            if (first[group] == RecordView.NO_TIME || time < first[group]) first[group] = time;
            if (time > last[group]) last[group] = time;
        }
    }

    /// Looks at all lines that are known now and were not looked at before, and again at the last records, which may have changed.
    ///
    /// @return whether anything was added or has changed
    /// @throws CancellationException when the task was cancelled; what was found until then stays
    public boolean extend(TaskContext context) throws IOException {
        extending.lock();
        try {
            RecordMarks before = marks;
            PartFormat now = formats.of(part);
            LineIndex.Known known = part.index().known();
            if (format == null || format.starts() != now.starts()) {
                if (format == null || !format.detection().equals(now.detection())) begin(now, known);
                format = now;
            }
            if (known.lines() < marks.lines()) forget();
            boolean all = known.lines() == marks.lines() && (known.bytes() == looked || known.lines() == 0);
            if (all) return marks != before;
            scan(known, context);
            looked = known.bytes();
            if (cache.isPresent() && looked - kept >= Math.max(IndexCache.WORTH, looked / 8) && cache.get().keep(part.file(), part.index(), format, formats.zone(), this)) kept = looked;
            return true;
        } finally {
            extending.unlock();
        }
    }

    /// Begins with a format: with what was kept of it, where something was.
    private void begin(PartFormat now, LineIndex.Known known) {
        forget();
        if (cache.isEmpty() || known.bytes() < IndexCache.WORTH) return;
        if (cache.get().find(part.file(), part.index(), now, formats.zone(), this)) kept = looked;
        else forget();
    }

    private void forget() {
        blocks = new RecordBlock[0];
        tail = new Tail(0);
        marks = RecordMarks.EMPTY;
        sure = 0;
        looked = 0;
        kept = 0;
    }

    private void scan(LineIndex.Known known, TaskContext context) throws IOException {
        long start = Math.max(sure, Math.min(marks.lines(), farthest(known)));
        start -= start % RecordBlock.GROUP;
        cut(start);
        sure = start;
        lastStart = start;
        long base = part.pages().offset(start);
        int first = (int) (base >>> PIECE_BITS);
        int pieces = Math.max(0, (int) (known.bytes() - 1 >>> PIECE_BITS) - first + 1);
        long from = start;
        long done = 0;
        try (var work = new Abreast<Piece>(pieces, number -> {
            long begin = number == 0 ? from : line(first + number, known);
            long end = number == pieces - 1 ? known.lines() : line(first + number + 1, known);
            return piece(Math.max(from, begin), Math.max(from, end), known, context);
        })) {
            for (Piece piece; (piece = work.next()) != null; ) {
                context.checkpoint();
                add(piece);
                done += 1L << PIECE_BITS;
                context.progress(Math.min(done, known.bytes() - base), known.bytes() - base, Progress.Unit.BYTES);
            }
        }
    }

    /// The first line that a piece counts as its own.
    private long line(int piece, LineIndex.Known known) {
        return Math.min(known.lines(), part.index().before((long) piece << PIECE_BITS) + 1);
    }

    private long farthest(LineIndex.Known known) throws IOException {
        long at = part.pages().lineAt(Math.max(0, Math.min(known.bytes(), looked) - LONGEST));
        return Math.max(0, at);
    }

    private Piece piece(long from, long to, LineIndex.Known known, TaskContext context) throws IOException {
        var piece = new Piece(from, to);
        if (from == to) return piece;
        long stop = Math.min(known.bytes(), part.pages().offset(to) + 4 * LONGEST);
        try (RecordScanner scanner = RecordRun.from(part, format, from, stop, true, new Piecework(context)).until(to)) {
            while (scanner.next()) {
                RecordView view = scanner.view();
                if (view.line() > to) break;
                if (view.line() > from) piece.add(view);
            }
        }
        return piece;
    }

    private void add(Piece piece) {
        long line = piece.from;
        int done = 0;
        while (done < piece.kinds.length) {
            if (tail.lines == RecordBlock.LINES) close();
            int step = Math.min(piece.kinds.length - done, RecordBlock.LINES - tail.lines);
            System.arraycopy(piece.kinds, done, tail.kinds, tail.lines, step);
            long end = line + step;
            for (long at = line; at < end; at += RecordBlock.GROUP - at % RecordBlock.GROUP) {
                int group = (int) (at / RecordBlock.GROUP - piece.from / RecordBlock.GROUP);
                int own = (int) (at % RecordBlock.LINES) / RecordBlock.GROUP;
                if (piece.first[group] == RecordView.NO_TIME) continue;
                if (tail.first[own] == RecordView.NO_TIME || piece.first[group] < tail.first[own]) tail.first[own] = piece.first[group];
                tail.last[own] = Math.max(tail.last[own], piece.last[group]);
            }
            tail.timed &= piece.timed;
            tail.lines += step;
            line = end;
            done += step;
        }
        if (piece.lastStart >= 0) {
            sure = piece.beforeLast >= 0 ? piece.beforeLast : lastStart;
            lastStart = piece.lastStart;
        }
        show();
    }

    private void close() {
        put(tail.block());
        tail = new Tail(tail.block + 1);
    }

    private void put(RecordBlock block) {
        if (tail.block >= blocks.length) blocks = Arrays.copyOf(blocks, Math.max(4, tail.block + (tail.block >> 2) + 1));
        blocks[tail.block] = block;
    }

    private void show() {
        put(tail.block());
        marks = new RecordMarks(format.detection(), Arrays.copyOf(blocks, tail.block + 1), ((long) tail.block << RecordBlock.BITS) + tail.lines, sure);
    }

    /// Forgets the lines from one on, which begins a group.
    private void cut(long line) {
        int block = (int) (line >>> RecordBlock.BITS);
        if (block < tail.block) tail = Tail.of(block, blocks[block]);
        tail.cut((int) (line - ((long) block << RecordBlock.BITS)));
    }

    /// Writes what is known.
    void write(DataOutput out) throws IOException {
        RecordMarks now;
        long bytes;
        extending.lock();
        try {
            now = marks;
            bytes = looked;
        } finally {
            extending.unlock();
        }
        out.writeLong(bytes);
        out.writeLong(now.lines());
        out.writeLong(now.sure());
        for (int i = 0; i < now.size(); i++) now.block(i).write(out);
    }

    /// Reads what [#write(DataOutput)] wrote; what is wrong leaves this as it was.
    ///
    /// @param taken what the log was taken for then
    /// @param known the lines of it
    /// @return of how many bytes it is
    long read(DataInput in, PartFormat taken, LineIndex.Known known) throws IOException {
        long bytes = in.readLong();
        long lines = in.readLong();
        long certain = in.readLong();
        boolean fits = bytes >= 0 && bytes <= known.bytes() && lines >= 0 && lines <= known.lines() && certain >= 0 && certain <= lines;
        if (!fits) throw new IOException("records in " + lines + " lines");
        int size = (int) (lines + RecordBlock.LINES - 1 >>> RecordBlock.BITS);
        var read = new RecordBlock[Math.min(size, 1 << 12)];
        for (int i = 0; i < size; i++) {
            if (i == read.length) read = Arrays.copyOf(read, Math.min(size, i * 2));
            read[i] = RecordBlock.read(in);
            if (read[i].lines() != Math.min(RecordBlock.LINES, lines - ((long) i << RecordBlock.BITS))) throw new IOException("a block of " + read[i].lines() + " lines");
        }
        blocks = read;
        tail = size == 0 ? new Tail(0) : Tail.of(size - 1, read[size - 1]);
        sure = certain;
        lastStart = certain;
        looked = bytes;
        format = taken;
        marks = new RecordMarks(taken.detection(), Arrays.copyOf(read, size), lines, certain);
        return bytes;
    }
}
