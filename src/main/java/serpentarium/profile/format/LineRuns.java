package serpentarium.profile.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

import serpentarium.base.Source;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;

/// The lines of a source, as many at once as lie whole in one large buffer, for a reader that looks at each byte once. Every line of a run
/// ends with LF, also the last one of a source that lacks it. A UTF-8 byte order mark is skipped. Says how far it is and stops when
/// cancelled, at every run.
final class LineRuns implements AutoCloseable {
    /// How many bytes there are at least behind a run.
    static final int SPARE = 16;
    private static final int CHUNK = 64 * 1024;

    private final InputStream in;
    private final TaskContext context;
    private final long total;
    private final int longest;
    private byte[] buffer = new byte[2 * CHUNK + 1 + SPARE];
    private int filled;
    private int start;
    private int end;
    private long read;
    private boolean atEnd;
    private boolean tooLong;

    /// Opens the source.
    ///
    /// @param longest the length in bytes from which a line is [#tooLong()]
    LineRuns(Source source, TaskContext context, int longest) throws IOException {
        this.context = context;
        this.total = source.size();
        this.longest = longest;
        this.in = source.open();
    }

    /// Goes to the next run; false when there is none.
    boolean next() throws IOException {
        boolean first = read == 0;
        tooLong = false;
        System.arraycopy(buffer, end, buffer, 0, filled - end);
        filled -= end;
        start = 0;
        end = 0;
        int searched = 0;
        while (end == 0) {
            if (atEnd) {
                if (filled == 0 && !tooLong) return false;
                close(filled);
                break;
            }
            fill();
            end = lastEnd(searched);
            if (end > 0 && tooLong) end = firstEnd();
            else if (end == 0 && filled >= longest) {
                tooLong = true;
                filled = 0;
            }
            searched = filled;
        }
        if (first && end >= 3 && buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF) start = 3;
        return true;
    }

    private void close(int length) {
        if (length + 1 + SPARE > buffer.length) buffer = Arrays.copyOf(buffer, length + 1 + SPARE);
        buffer[length] = '\n';
        end = filled = length + 1;
    }

    private int lastEnd(int from) {
        int i = filled;
        while (i > from && buffer[i - 1] != '\n') i--;
        return i == from ? 0 : i;
    }

    private int firstEnd() {
        int i = 0;
        while (buffer[i] != '\n') i++;
        return i + 1;
    }

    private void fill() throws IOException {
        context.checkpoint();
        context.progress(read, total, Progress.Unit.BYTES);
        if (buffer.length - filled < CHUNK + SPARE) buffer = Arrays.copyOf(buffer, buffer.length * 2);
        int got = in.read(buffer, filled, CHUNK);
        if (got < 0) atEnd = true;
        else {
            filled += got;
            read += got;
        }
    }

    /// The bytes that the run lies in; perhaps another array after [#next()].
    byte[] bytes() {
        return buffer;
    }

    /// Where the first line starts in [#bytes()].
    int start() {
        return start;
    }

    /// One past the LF of the last line.
    int end() {
        return end;
    }

    /// Whether the run is the rest of one line that was longer than this reader takes.
    boolean tooLong() {
        return tooLong;
    }

    @Override public void close() throws IOException {
        in.close();
    }
}
