package serpentarium.log.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import serpentarium.base.Place;
import serpentarium.base.Strings;
import serpentarium.log.RecordView;
import serpentarium.log.TextEncoding;
import serpentarium.log.Warning;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;

/// Goes over the records of a log from its start, in memory that does not depend on its size.
public final class RecordScanner implements AutoCloseable {
    private static final Strings STRINGS = Strings.of(RecordScanner.class);
    private static final int BUFFER = 256 * 1024;
    /// Who begins in the midst of a log often wants one record only.
    private static final int FIRST = 16 * 1024;
    /// How much of a line is looked at.
    private static final int LONGEST = 8 << 20;
    private static final int MOST_WARNINGS = 20;

    private final InputStream in;
    private final RecordStarts starts;
    private final TaskContext context;
    private final long total;
    private final Notes notes;
    private final boolean wide;
    private long limit = Long.MAX_VALUE;
    private final LineChunks.Chunk chunk;
    private HeldRecord current;
    private HeldRecord upcoming;
    private boolean waiting;
    private byte[] buffer;
    private int at;
    private int end;
    private boolean ended;
    private long done;
    private long lines;
    private long records;
    private int lineFrom;
    private int lineTo;
    private long taken;
    private boolean going;
    private int orphans;
    private int cleaned;
    private boolean finishing;

    /// Goes over a stream, which is closed with this.
    ///
    /// @param name  what messages call the log
    /// @param total how many bytes there are, or -1
    public RecordScanner(String name, InputStream in, long total, TextEncoding encoding, RecordStarts starts, TaskContext context) throws IOException {
        this(name, in, total, encoding, starts, 0, context);
        buffer = new byte[BUFFER];
        in.skipNBytes(encoding.mark());
        done = encoding.mark();
    }

    /// Goes over a stream that begins with a line in the midst of a log.
    ///
    /// @param before how many lines are before it
    public RecordScanner(String name, InputStream in, long total, TextEncoding encoding, RecordStarts starts, long before, TaskContext context) {
        this.total = total;
        this.starts = starts;
        this.context = context;
        notes = new Notes(name);
        chunk = null;
        wide = encoding.unit() == 2;
        this.in = wide ? new Transcoded(in, encoding.charset()) : in;
        current = new HeldRecord(name, charset(encoding, starts));
        upcoming = new HeldRecord(name, charset(encoding, starts));
        lines = before;
        buffer = new byte[FIRST];
    }

    /// Records that begin behind a line, from 1, are not looked for any more.
    public RecordScanner until(long line) {
        limit = line;
        return this;
    }

    /// Goes over the records that begin in a piece of a log and end in it; [#open()] is the one that may go on.
    RecordScanner(String name, LineChunks.Chunk chunk, TextEncoding encoding, RecordStarts starts, TaskContext context) {
        notes = new Notes(name);
        this.chunk = chunk;
        this.starts = starts;
        this.context = context;
        total = -1;
        wide = false;
        in = InputStream.nullInputStream();
        current = new HeldRecord(name, charset(encoding, starts));
        upcoming = new HeldRecord(name, charset(encoding, starts));
        buffer = chunk.bytes();
        end = chunk.length();
        ended = true;
    }

    private static Charset charset(TextEncoding encoding, RecordStarts starts) {
        return encoding.unit() == 2 || starts.detection().envelope() == Envelope.DOCKER ? StandardCharsets.UTF_8 : encoding.charset();
    }

    /// Goes to the next record; false where there is none. [#view()] shows it.
    public boolean next() throws IOException {
        boolean open = waiting;
        if (open) {
            HeldRecord swapped = current;
            current = upcoming;
            upcoming = swapped;
            waiting = false;
        }
        while (line()) {
            long number = lines;
            long size = clean();
            int length = cleaned;
            int shown = starts.shown(upcoming.bytes, 0, length);
            if (shown >= 0) {
                upcoming.begin(starts, shown, length, number, lines, size);
                records++;
                if (open) {
                    waiting = true;
                    return true;
                }
                HeldRecord swapped = current;
                current = upcoming;
                upcoming = swapped;
                open = true;
            } else if (open) {
                if (!current.append(upcoming.bytes, 0, length, lines, size)) notes.add("record.long", current.line());
            } else {
                if (length > 0) notes.before++;
                orphans = at;
                if (lines >= limit) return false;
            }
        }
        if (chunk == null || chunk.last()) return open;
        going = open;
        return false;
    }

    /// Makes a line, with those in which it goes on, clean: [#cleaned] bytes of what comes next. Gives how many bytes it takes in the file.
    private long clean() throws IOException {
        upcoming.room(lineTo - lineFrom + 1);
        int length = starts.clean(buffer, lineFrom, lineTo, upcoming.bytes, 0);
        long size = taken;
        while (starts.opener().partial() && line()) {
            upcoming.grow(length, lineTo - lineFrom + 1);
            length = starts.clean(buffer, lineFrom, lineTo, upcoming.bytes, length);
            size += taken;
            if (length > LONGEST) break;
        }
        cleaned = length;
        return size;
    }

    /// The record at the end of a piece that may go on in the next one, or null.
    HeldRecord open() {
        return going ? current : null;
    }

    /// Adds the lines before the first record of this piece, once it was gone over, to the record of a piece before.
    ///
    /// @param before how many lines stand before this piece
    void finish(HeldRecord record, long before, Notes to) throws IOException {
        long all = lines;
        lines = before;
        at = 0;
        end = orphans;
        finishing = true;
        while (line()) {
            long size = clean();
            if (!record.append(upcoming.bytes, 0, cleaned, lines, size)) to.add("record.long", record.line());
        }
        lines = all;
    }

    /// The record it stands on.
    public RecordView view() {
        return current;
    }

    /// How many lines were read, as `wc -l` counts, and one for a last line without its end, with those before the first that it was given.
    public long lines() {
        return lines;
    }

    /// How many records were found, with the one after this.
    public long records() {
        return records;
    }

    /// What was noticed so far.
    public List<Warning> warnings() {
        return notes.warnings();
    }

    Notes notes() {
        return notes;
    }

    /// What was noticed on the way.
    static final class Notes {
        private record Note(String id, long line) {}

        private final String name;
        private final List<Note> notes = new ArrayList<>();
        private long before;
        private long zeros;

        Notes(String name) {
            this.name = name;
        }

        void add(String id, long line) {
            if (notes.size() < MOST_WARNINGS && (notes.isEmpty() || notes.getLast().line != line)) notes.add(new Note(id, line));
        }

        /// Adds what was noticed in a piece.
        ///
        /// @param lines how many stand before it
        /// @param first whether no record does
        void add(Notes piece, long lines, boolean first) {
            for (Note note : piece.notes) add(note.id, note.line + lines);
            zeros += piece.zeros;
            if (first) before += piece.before;
        }

        List<Warning> warnings() {
            var all = new ArrayList<Warning>();
            for (Note note : notes) all.add(new Warning("log." + note.id, STRINGS.get("warning." + note.id), Place.line(name, note.line)));
            if (before > 0) all.add(new Warning("log.before", STRINGS.get("warning.before", before), Place.of(name)));
            if (zeros > 0) all.add(new Warning("log.zeros", STRINGS.get("warning.zeros", zeros), Place.of(name)));
            return all;
        }
    }

    /// Finds the next line in the buffer; false at the end.
    private boolean line() throws IOException {
        int from = at;
        long dropped = 0;
        for (;;) {
            int stop = newline(buffer, from, end);
            if (stop >= 0) {
                lineFrom = at;
                lineTo = stop;
                at = stop + 1;
                if (chunk != null) dropped = tooMuch();
                taken = lineTo - lineFrom + 1 + dropped;
                counted(dropped);
                return true;
            }
            from = end;
            if (ended) {
                if (at == end) return false;
                lineFrom = at;
                lineTo = end;
                at = end;
                if (chunk != null) dropped = tooMuch();
                taken = lineTo - lineFrom + dropped;
                counted(dropped);
                return true;
            }
            if (end - at >= LONGEST) {
                dropped += end - at - LONGEST / 2;
                end = at + LONGEST / 2;
                from = end;
            }
            int moved = fill();
            from -= moved;
        }
    }

    /// How much of the line of a piece is passed over; it is cut by that.
    private long tooMuch() {
        int length = lineTo - lineFrom;
        long dropped = at == chunk.length() ? chunk.dropped() : 0;
        if (length < LONGEST) return dropped;
        lineTo = lineFrom + LONGEST / 2;
        return dropped + length - LONGEST / 2;
    }

    private void counted(long dropped) {
        if (dropped > 0) {
            // What was read last of it stands elsewhere in the line.
            lineTo = Math.min(lineTo, lineFrom + LONGEST / 2);
        }
        lines++;
        if (finishing) return;
        if (dropped > 0) notes.add("line.long", lines);
        if (lineFrom < lineTo && buffer[lineFrom] == 0) for (int i = lineFrom; i < lineTo && buffer[i] == 0; i++) notes.zeros++;
    }

    private static int newline(byte[] b, int from, int to) {
        for (int i = from; i < to; i++) if (b[i] == '\n') return i;
        return -1;
    }

    /// Reads on; gives by how much what is there was moved.
    private int fill() throws IOException {
        context.checkpoint();
        int moved = 0;
        if (at > 0 && end == buffer.length || at > buffer.length / 2) {
            byte[] room = buffer.length < BUFFER ? new byte[buffer.length * 2] : buffer;
            System.arraycopy(buffer, at, room, 0, end - at);
            buffer = room;
            moved = at;
            end -= at;
            at = 0;
        } else if (end == buffer.length) buffer = java.util.Arrays.copyOf(buffer, Math.min(buffer.length * 2, LONGEST + BUFFER));
        int got = in.read(buffer, end, buffer.length - end);
        if (got < 0) ended = true;
        else {
            end += got;
            done += got;
            context.progress(wide ? done * 2 : done, total, Progress.Unit.BYTES);
        }
        return moved;
    }

    @Override public void close() throws IOException {
        in.close();
    }
}
