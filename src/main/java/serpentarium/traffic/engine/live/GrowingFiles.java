package serpentarium.traffic.engine.live;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import serpentarium.task.TaskContext;
import serpentarium.traffic.format.GrowingSource;

/// The files of one folder that a program writes one after the other, read as one while it does; older ones may go meanwhile.
final class GrowingFiles implements GrowingSource {
    private static final long WAIT_MILLIS = 40;
    private static final Pattern NUMBER = Pattern.compile("^_(\\d{1,9})_");

    private final Path folder;
    private final String prefix;
    private final BooleanSupplier ended;
    private final TaskContext context;
    private final Semaphore news = new Semaphore(0);
    private Turn beside = () -> {};
    private volatile long read;
    private volatile long packets;
    private volatile int files;
    private volatile int missed;

    /// @param prefix what the files' names begin with; the order of the names is that of the files
    /// @param ended  whether the program has ended: nothing is written any more
    GrowingFiles(Path folder, String prefix, BooleanSupplier ended, TaskContext context) {
        this.folder = folder;
        this.prefix = prefix;
        this.ended = ended;
        this.context = context;
    }

    @Override public String name() {
        return folder.resolve(prefix).toString();
    }

    @Override public long size() {
        return -1;
    }

    @Override public InputStream open() throws IOException {
        return open(() -> {});
    }

    @Override public InputStream open(Turn turn) {
        return new Bytes(turn);
    }

    /// How many bytes were read.
    long read() {
        return read;
    }

    @Override public void read(long count) {
        packets = count;
    }

    /// How many packets were read.
    long packets() {
        return packets;
    }

    /// How many files were begun.
    int files() {
        return files;
    }

    /// How many files went before they were read.
    int missed() {
        return missed;
    }

    /// Does something more at each turn of its reader.
    GrowingFiles beside(Turn turn) {
        beside = turn;
        return this;
    }

    /// Waits for some milliseconds, or until it is woken.
    void await() {
        try {
            if (news.tryAcquire(WAIT_MILLIS, TimeUnit.MILLISECONDS)) news.drainPermits();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
    }

    /// Looks again at once.
    void wake() {
        news.release();
    }

    private Path after(Path last) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> later = all.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .filter(file -> last == null || file.getFileName().toString().compareTo(last.getFileName().toString()) > 0).sorted().toList();
            return later.isEmpty() ? null : later.getFirst();
        }
    }

    /// The number after the prefix, as in `packets_00012_20261128010203.pcapng`; 0 where there is none.
    private int number(Path file) {
        Matcher matcher = NUMBER.matcher(file.getFileName().toString().substring(prefix.length()));
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    private final class Bytes extends InputStream {
        private final Turn turn;
        private Path file;
        private InputStream in;

        Bytes(Turn turn) {
            this.turn = turn;
        }

        @Override public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override public int read(byte[] to, int offset, int length) throws IOException {
            if (length == 0) return 0;
            while (true) {
                context.checkpoint();
                beside.turn();
                turn.turn();
                // Asked before reading: what is written until then is there when it has ended.
                boolean last = ended.getAsBoolean();
                Path next = after(file);
                int got = in == null ? -1 : in.read(to, offset, length);
                if (got > 0) {
                    read += got;
                    return got;
                }
                if (next != null) begin(next);
                else if (last) return -1;
                else GrowingFiles.this.await();
            }
        }

        private void begin(Path next) throws IOException {
            if (in != null) in.close();
            in = null;
            int number = number(next);
            if (file != null && number > number(file) + 1) missed += number - number(file) - 1;
            file = next;
            files++;
            try {
                in = Files.newInputStream(next);
            } catch (NoSuchFileException e) {
                // The ring has gone over it already.
                missed++;
            }
        }

        @Override public void close() throws IOException {
            if (in != null) in.close();
        }
    }
}
