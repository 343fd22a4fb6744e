package serpentarium.pack;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.UnsupportedOptionsException;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;

/// What a compressed source holds, unpacked while it is read and never as a whole.
///
/// Damage, an end that comes too early, and more content than [Limits] allow end the content: readers see what came before and an end of
/// file, and [#fault()] says what happened. One stream is looked at, the one opened last.
public final class Unpacked implements Source {
    /// How often a file may be packed into another.
    public static final int MOST_LAYERS = 3;
    private static final Strings STRINGS = Strings.of(Unpacked.class);
    /// How much is read on at the end, so that a checksum behind it is seen.
    private static final int REST = 64 * 1024;

    private final Source packed;
    private final Limits limits;
    private final List<Packing> layers;
    private volatile long taken;
    private volatile Problem fault;

    private Unpacked(Source packed, Limits limits, List<Packing> layers) {
        this.packed = packed;
        this.limits = limits;
        this.layers = List.copyOf(layers);
    }

    /// The content of a source, or the source itself where it is not compressed.
    ///
    /// @throws ProblemException where it is packed more often than [#MOST_LAYERS]
    public static Source of(Source source) throws IOException {
        return of(source, Limits.USUAL);
    }

    /// What a source holds that is packed in a known way.
    public static Unpacked of(Source source, Packing packing) {
        return new Unpacked(source, Limits.USUAL, List.of(packing));
    }

    /// The content of a source under other limits.
    static Source of(Source source, Limits limits) throws IOException {
        List<Packing> layers = new ArrayList<>();
        for (;;) {
            var content = new Unpacked(source, limits, layers);
            Optional<Packing> packing;
            try (InputStream in = content.open()) {
                byte[] head = in.readNBytes(Packing.LOOKED_AT);
                packing = Packing.of(head, head.length);
            }
            if (packing.isEmpty()) return layers.isEmpty() ? source : content;
            if (layers.size() == MOST_LAYERS)
                throw new ProblemException(Problem.of(STRINGS, "unpack.layers", Place.of(source.name()), MOST_LAYERS));
            layers.add(packing.get());
        }
    }

    /// How it is packed, from outside in.
    public List<Packing> layers() {
        return layers;
    }

    @Override public String name() {
        return STRINGS.get("unpacked.name", packed.name());
    }

    /// Nobody knows before all is read.
    @Override public long size() {
        return -1;
    }

    /// What ended the stream that was opened last before its time.
    public Optional<Problem> fault() {
        return Optional.ofNullable(fault);
    }

    /// The context for reading this: where a reader cannot say how far of the whole it is, it says how much of the packed bytes was taken.
    public TaskContext progressOf(TaskContext context) throws IOException {
        return new PackedProgress(context, () -> taken, packed.size());
    }

    @Override public InputStream open() throws IOException {
        fault = null;
        taken = 0;
        var raw = new Raw(packed.open());
        InputStream in = raw;
        for (Packing packing : layers) in = new Layer(packing, in, raw);
        return in;
    }

    private void fail(String id, Object... arguments) {
        if (fault == null) fault = Problem.of(STRINGS, id, Place.of(packed.name()), arguments);
    }

    /// The packed bytes, counted. An error of the disk is told apart from those of the content.
    private final class Raw extends InputStream {
        private final InputStream in;
        private IOException broken;

        Raw(InputStream in) {
            this.in = in;
        }

        @Override public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override public int read(byte[] to, int offset, int length) throws IOException {
            try {
                int got = in.read(to, offset, length);
                if (got > 0) taken += got;
                return got;
            } catch (IOException e) {
                broken = e;
                throw e;
            }
        }

        @Override public void close() throws IOException {
            in.close();
        }
    }

    /// The content of one layer. It ends where it cannot go on.
    private final class Layer extends InputStream {
        private static final int BZIP2_STEP = 4096;

        private final Packing packing;
        private final InputStream outer;
        private final Raw raw;
        private final byte[] one = new byte[1];
        private InputStream in;
        private long given;
        private boolean ended;

        Layer(Packing packing, InputStream outer, Raw raw) {
            this.packing = packing;
            this.outer = outer;
            this.raw = raw;
        }

        @Override public int read() throws IOException {
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override public int read(byte[] to, int offset, int length) throws IOException {
            if (length == 0) return 0;
            if (ended) return -1;
            int got = -1;
            try {
                if (in == null) in = packing.open(outer);
                // A block of bzip2 that is damaged takes with it what was read of the one before at the same time.
                got = in.read(to, offset, packing == Packing.BZIP2 ? Math.min(length, BZIP2_STEP) : length);
            } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
                if (raw.broken != null) {
                    ended = true;
                    throw new IOException(raw.broken.getMessage(), raw.broken);
                }
                failed(e);
            }
            if (got < 0) {
                ended = true;
                return -1;
            }
            given += got;
            if (!limits.allow(taken, given)) {
                boolean ratio = given <= limits.total();
                if (ratio) fail("unpack.ratio", packing.title(), taken, given, limits.ratio(), limits.free());
                else fail("unpack.total", packing.title(), taken, given, limits.total());
                ended = true;
            }
            return got;
        }

        private void failed(Exception e) {
            switch (e) {
                case MemoryLimitException limit -> fail("unpack.memory", packing.title(), limit.getMemoryNeeded() / 1024);
                case UnsupportedOptionsException _ -> fail("unpack.options", packing.title());
                case ZstdIOException z when z.getErrorCode() == Zstd.errFrameParameterWindowTooLarge() -> fail("unpack.window");
                case EOFException _ -> fail("unpack.truncated", packing.title(), given);
                // What zstd and bzip2 say of an end that comes too early; they have no class for it.
                case IOException io when "Truncated source".equals(io.getMessage()) || "Unexpected end of stream".equals(io.getMessage()) ->
                    fail("unpack.truncated", packing.title(), given);
                default -> fail("unpack.damaged", packing.title(), given);
            }
        }

        @Override public void close() throws IOException {
            byte[] rest = new byte[4096];
            for (int left = REST; left > 0 && !ended && fault == null;) {
                int got = read(rest, 0, rest.length);
                if (got < 0) break;
                left -= got;
            }
            ended = true;
            if (in != null) in.close();
            outer.close();
        }
    }
}
