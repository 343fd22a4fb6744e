package serpentarium.log.engine;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import serpentarium.base.Head;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.log.TextEncoding;
import serpentarium.log.Warning;
import serpentarium.pack.Unpacked;
import serpentarium.task.TaskContext;

/// One file's worth of a log: its bytes and where its lines are. It can be asked for lines from the start; [#fill(TaskContext)] makes all of them known.
public final class LogPart implements Closeable {
    private final LogFile file;
    private volatile Closeable held;
    private final LinePages pages;
    private final ReentrantLock filling = new ReentrantLock();
    private final UnpackedBytes unpacked;
    private final boolean lasting;
    private final List<Warning> warnings = new CopyOnWriteArrayList<>();
    private volatile boolean filled;

    private LogPart(LogFile file, LinePages pages, UnpackedBytes unpacked, boolean lasting) {
        this.lasting = lasting;
        this.file = file;
        this.pages = pages;
        this.unpacked = unpacked;
    }

    /// Opens a file, which may be compressed: its bytes say so, not its name.
    ///
    /// @param cache  where indexes are kept
    /// @param folder where compressed files are unpacked to; the unpacked file is gone when this is closed
    /// @throws IOException where it cannot be read
    /// @throws serpentarium.base.ProblemException where it is packed too often
    public static LogPart open(Path path, Optional<IndexCache> cache, Path folder) throws IOException {
        return open(path, cache, folder, Optional.empty());
    }

    /// @param charset how a person says that its bytes stand for text; empty to find it out
    static LogPart open(Path path, Optional<IndexCache> cache, Path folder, Optional<Charset> charset) throws IOException {
        LogFile file = LogFile.open(path);
        try {
            var source = new FileSource(file);
            if (Unpacked.of(source) instanceof Unpacked packed) {
                var bytes = UnpackedBytes.of(packed, folder);
                return new LogPart(file, new LinePages(bytes, new LineIndex(charset.isEmpty() ? bytes.encoding() : chosen(packed, charset.get()))), bytes, false);
            }
            LineIndex index = charset.isPresent() ? new LineIndex(chosen(source, charset.get())) : cache.flatMap(each -> each.find(file)).orElse(null);
            return of(file, 0, index != null ? index : new LineIndex(detect(file)));
        } catch (IOException | ProblemException e) {
            file.close();
            throw e;
        }
    }

    private static TextEncoding chosen(Source source, Charset charset) throws IOException {
        byte[] head = Head.of(source).bytes();
        return TextEncoding.chosen(charset, head, head.length);
    }

    /// A file that is open, or what is in it from a position on.
    static LogPart of(LogFile file, long base, LineIndex index) {
        return new LogPart(file, new LinePages(new Backing(file.from(base)), index), null, base == 0);
    }

    /// From now on the same text is read from elsewhere: the file was cut, and this is its copy.
    ///
    /// @param copy is closed with this; null where nothing has to be
    void moved(LogPart copy, LogBytes text) {
        if (copy != null) held = copy;
        if (text != bytes()) ((Backing) bytes()).change(text);
    }

    /// The encoding of a file by its first bytes.
    static TextEncoding detect(LogBytes bytes) throws IOException {
        byte[] head = bytes.some(0, Head.LIMIT);
        return TextEncoding.detect(head, head.length);
    }

    /// The file as it lies on the disk; where it is compressed, not what is in it.
    public LogFile file() {
        return file;
    }

    /// The lines, as far as they are known.
    public LinePages pages() {
        return pages;
    }

    /// Where the lines are.
    public LineIndex index() {
        return pages.index();
    }

    /// The text, unpacked where the file is compressed.
    public LogBytes bytes() {
        return pages.bytes();
    }

    /// Whether the file is compressed.
    public boolean packed() {
        return unpacked != null;
    }

    /// Whether its bytes are those of its file, so that what is known of it may be kept under the file's name.
    boolean lasting() {
        return lasting && held == null;
    }

    /// Whether everything that was there when [#fill(TaskContext)] was called last is known.
    public boolean filled() {
        return filled;
    }

    /// What is to be said about it.
    public List<Warning> warnings() {
        return List.copyOf(warnings);
    }

    void warn(Warning warning) {
        warnings.add(warning);
    }

    /// Finds all lines, unpacking the file first where it is compressed; continues where it was cancelled. A second thread waits for the first.
    public void fill(TaskContext context) throws IOException {
        filling.lock();
        try {
            if (unpacked == null) IndexBuild.extend(index(), bytes(), context);
            else if (!filled) unpacked.fill(index(), context).ifPresent(warnings::add);
            filled = true;
        } finally {
            filling.unlock();
        }
    }

    /// Held by who adds to the index.
    ReentrantLock filling() {
        return filling;
    }

    void filledNow() {
        filled = true;
    }

    @Override public void close() throws IOException {
        file.close();
        if (unpacked != null) unpacked.close();
        if (held != null) held.close();
    }

    /// A file that is open already as something that is read from the start.
    private record FileSource(LogFile file) implements Source {
        @Override public String name() {
            return file.name();
        }

        @Override public long size() throws IOException {
            return file.size();
        }

        @Override public InputStream open() {
            return new BytesStream(file);
        }
    }
}
