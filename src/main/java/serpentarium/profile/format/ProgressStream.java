package serpentarium.profile.format;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import serpentarium.task.Progress;
import serpentarium.task.TaskContext;

/// Bytes on their way to a parser: says how far they are, and stops when the task was cancelled.
final class ProgressStream extends FilterInputStream {
    private final long total;
    private final TaskContext context;
    private long done;
    private boolean ended;

    /// @param total how many bytes there are, or -1 where nobody knows
    ProgressStream(InputStream in, long total, TaskContext context) {
        super(in);
        this.total = total;
        this.context = context;
    }

    @Override public int read() throws IOException {
        int value = super.read();
        if (value >= 0) count(1);
        return value;
    }

    @Override public int read(byte[] to, int offset, int length) throws IOException {
        context.checkpoint();
        int got = super.read(to, offset, length);
        if (got > 0) count(got);
        else if (got < 0) ended = true;
        return got;
    }

    /// How many bytes there are: what was said, or, at their end, what was counted; the largest number before that.
    long total() {
        return total >= 0 ? total : ended ? done : Long.MAX_VALUE;
    }

    private void count(int bytes) {
        done += bytes;
        context.progress(done, total, Progress.Unit.BYTES);
    }
}
