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

    private final String name;
    private final InputStream in;
    private final RecordStarts starts;
    private final TaskContext context;
    private final long total;
    private final List<Warning> warnings = new ArrayList<>();
    private final boolean wide;
    private long limit = Long.MAX_VALUE;
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
    private long before;
    private long zeros;
    private int lineFrom;
    private int lineTo;
    private long taken;

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
        this.name = name;
        this.total = total;
        this.starts = starts;
        this.context = context;
        wide = encoding.unit() == 2;
        this.in = wide ? new Transcoded(in, encoding.charset()) : in;
        // Two threads of one log may look at the same format; each scanner has its own.
        Charset charset = wide || starts.detection().envelope() == Envelope.DOCKER ? StandardCharsets.UTF_8 : encoding.charset();
        current = new HeldRecord(name, charset);
        upcoming = new HeldRecord(name, charset);
        lines = before;
        buffer = new byte[FIRST];
    }

    /// Records that begin behind a line, from 1, are not looked for any more.
    public RecordScanner until(long line) {
        limit = line;
        return this;
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
            upcoming.room(lineTo - lineFrom + 1);
            int length = starts.clean(buffer, lineFrom, lineTo, upcoming.bytes, 0);
            long number = lines;
            long size = taken;
            while (starts.opener().partial() && line()) {
                upcoming.grow(length, lineTo - lineFrom + 1);
                length = starts.clean(buffer, lineFrom, lineTo, upcoming.bytes, length);
                size += taken;
                if (length > LONGEST) break;
            }
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
                if (!current.append(upcoming.bytes, 0, length, lines, size)) warn("record.long", current.line());
            } else {
                if (length > 0) before++;
                if (lines >= limit) return false;
            }
        }
        return open;
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
        var all = new ArrayList<>(warnings);
        if (before > 0) all.add(new Warning("log.before", STRINGS.get("warning.before", before), Place.of(name)));
        if (zeros > 0) all.add(new Warning("log.zeros", STRINGS.get("warning.zeros", zeros), Place.of(name)));
        return all;
    }

    private void warn(String id, long line) {
        if (warnings.size() < MOST_WARNINGS && (warnings.isEmpty() || warnings.getLast().place().line() != line))
            warnings.add(new Warning("log." + id, STRINGS.get("warning." + id), Place.line(name, line)));
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

    private void counted(long dropped) {
        lines++;
        if (dropped > 0) {
            // What was read last of it stands elsewhere in the line.
            lineTo = Math.min(lineTo, lineFrom + LONGEST / 2);
            warn("line.long", lines);
        }
        if (lineFrom < lineTo && buffer[lineFrom] == 0) for (int i = lineFrom; i < lineTo && buffer[i] == 0; i++) zeros++;
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
