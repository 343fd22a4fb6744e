package serpentarium.log.engine.receive;

import com.github.luben.zstd.ZstdOutputStream;
import io.netty.util.concurrent.DefaultEventExecutor;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import serpentarium.base.AtomicMove;
import serpentarium.base.PrivateFiles;
import serpentarium.task.ServiceThreads;

/// Packs the files of a store that were ended, and takes away the oldest where all take more room than they may; on a thread of its own.
final class Packer implements AutoCloseable {
    /// How the names of packed files end.
    static final String END = ".zst";
    /// How the names of those begin that are being packed.
    static final String UNFINISHED = ".packing-";
    private static final Logger LOG = LoggerFactory.getLogger(Packer.class);
    private static final int LEVEL = 3;
    private static final int CHUNK = 1 << 16;

    private final Path folder;
    private final long total;
    private final DefaultEventExecutor thread;
    private final AtomicLong removed = new AtomicLong();
    private volatile boolean closing;

    Packer(Path folder, long total, ServiceThreads threads) {
        this.folder = folder;
        this.total = total;
        thread = new DefaultEventExecutor(threads.loops());
        thread.execute(this::all);
    }

    /// How many bytes were taken away, because more came than may be kept.
    long removed() {
        return removed.get();
    }

    /// Packs a file soon.
    void ended(Path file) {
        thread.execute(this::all);
    }

    private void all() {
        try {
            for (Path file : files()) {
                if (closing) return;
                String name = file.getFileName().toString();
                if (!name.equals(LogStore.LIVE) && !name.endsWith(END)) pack(file);
            }
            limit();
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{} could not be packed", folder, e);
        }
    }

    /// The store's files, the oldest first.
    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return new ArrayList<>(all.filter(file -> file.getFileName().toString().startsWith(LogStore.LIVE + "."))
                    .sorted(Comparator.comparing(file -> file.getFileName().toString())).toList());
        }
    }

    private void pack(Path file) throws IOException {
        Path unfinished = folder.resolve(UNFINISHED + file.getFileName());
        Path packed = file.resolveSibling(file.getFileName() + END);
        Files.deleteIfExists(unfinished);
        try (InputStream in = Files.newInputStream(file); FileChannel to = PrivateFiles.create(unfinished)) {
            OutputStream kept = new FilterOutputStream(Channels.newOutputStream(to)) {
                @Override public void write(byte[] bytes, int from, int length) throws IOException {
                    out.write(bytes, from, length);
                }

                @Override public void close() {
                    // It is closed when its bytes are safe.
                }
            };
            try (var out = new ZstdOutputStream(kept, LEVEL).setChecksum(true)) {
                byte[] chunk = new byte[CHUNK];
                for (int n; (n = in.read(chunk)) > 0;) {
                    if (closing) return;
                    out.write(chunk, 0, n);
                }
            }
            to.force(false);
        }
        AtomicMove.over(unfinished, packed);
        Files.deleteIfExists(file);
        Files.deleteIfExists(LogStore.sums(file));
    }

    private void limit() throws IOException {
        List<Path> files = files();
        long sum = Files.exists(folder.resolve(LogStore.LIVE)) ? Files.size(folder.resolve(LogStore.LIVE)) : 0;
        for (Path file : files) sum += Files.size(file);
        while (sum > total && !files.isEmpty()) {
            Path oldest = files.removeFirst();
            long size = Files.size(oldest);
            Files.deleteIfExists(oldest);
            Files.deleteIfExists(LogStore.sums(oldest));
            sum -= size;
            removed.addAndGet(size);
        }
    }

    @Override public void close() {
        closing = true;
        thread.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
