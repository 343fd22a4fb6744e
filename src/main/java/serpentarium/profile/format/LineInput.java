package serpentarium.profile.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

import serpentarium.base.Source;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;

/// The lines of a source as ranges of one large buffer: no object a line. Lines end with LF or CR LF; the last one may lack it. A UTF-8
/// byte order mark is skipped. Says how far it is and stops when cancelled, every 64 KB.
final class LineInput implements AutoCloseable {
    private static final int CHUNK = 64 * 1024;
    private static final int KEPT = 4096;

    private final InputStream in;
    private final TaskContext context;
    private final long total;
    private final int longest;
    private byte[] buffer = new byte[4 * CHUNK];
    private int filled;
    private int next;
    private int start;
    private int end;
    private long line;
    private long read;
    private boolean atEnd;
    private boolean tooLong;

    /// Opens the source.
    ///
    /// @param longest the length in bytes from which a line is [#tooLong()]
    LineInput(Source source, TaskContext context, int longest) throws IOException {
        this(source.open(), source.size(), context, longest);
    }

    /// The same over an open stream, which is closed with this.
    ///
    /// @param total how many bytes it has
    LineInput(InputStream in, long total, TaskContext context, int longest) {
        this.context = context;
        this.total = total;
        this.longest = longest;
        this.in = in;
    }

    /// Goes to the next line; false when there is none.
    boolean next() throws IOException {
        start = next;
        tooLong = false;
        int from = next;
        for (;;) {
            byte[] b = buffer;
            int stop = filled;
            int i = ByteSearch.find(b, from, stop, '\n');
            if (i < stop) {
                end = i;
                next = i + 1;
                break;
            }
            if (atEnd) {
                if (start == filled && !tooLong) return false;
                end = filled;
                next = filled;
                break;
            }
            if (filled - start >= longest) tooLong = true;
            if (tooLong) filled = start + Math.min(KEPT, filled - start);
            int length = filled - start;
            fill();
            from = start + length;
        }
        line++;
        if (line == 1 && utf8Mark()) start += 3;
        if (end > start && buffer[end - 1] == '\r') end--;
        return true;
    }

    private boolean utf8Mark() {
        return end - start >= 3 && buffer[start] == (byte) 0xEF && buffer[start + 1] == (byte) 0xBB && buffer[start + 2] == (byte) 0xBF;
    }

    private void fill() throws IOException {
        context.checkpoint();
        context.progress(read, total, Progress.Unit.BYTES);
        if (start > 0 && buffer.length - filled < CHUNK) {
            System.arraycopy(buffer, start, buffer, 0, filled - start);
            filled -= start;
            start = 0;
        }
        if (buffer.length - filled < CHUNK) buffer = Arrays.copyOf(buffer, buffer.length * 2);
        int got = in.read(buffer, filled, CHUNK);
        if (got < 0) atEnd = true;
        else {
            filled += got;
            read += got;
        }
    }

    /// The bytes that the line lies in; another array after [#next()].
    byte[] bytes() {
        return buffer;
    }

    /// Where the line starts in [#bytes()].
    int start() {
        return start;
    }

    /// One past its last byte, the line end left out.
    int end() {
        return end;
    }

    /// Its number from 1.
    long line() {
        return line;
    }

    /// Whether the line was longer than this reader takes; what [#start()] and [#end()] say is then not the whole of it.
    boolean tooLong() {
        return tooLong;
    }

    /// Whether the line starts with a byte order mark of UTF-16.
    boolean utf16() {
        if (line != 1 || end - start < 2) return false;
        int mark = (buffer[start] & 0xff) << 8 | buffer[start + 1] & 0xff;
        return mark == 0xFEFF || mark == 0xFFFE;
    }

    @Override public void close() throws IOException {
        in.close();
    }
}
