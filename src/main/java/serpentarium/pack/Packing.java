package serpentarium.pack;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/// A way in which one file is compressed. Several that follow one another in a file unpack to one stream, as the tools themselves do it.
public enum Packing {
    /// RFC 1952; `gzip`, `pigz`, Python's `gzip`.
    GZIP("gzip"),
    /// RFC 8878; `zstd`.
    ZSTD("zstd"),
    /// `bzip2`.
    BZIP2("bzip2"),
    /// `xz`.
    XZ("xz");

    /// How many of the first bytes are looked at.
    static final int LOOKED_AT = 10;
    /// What xz's dictionary may take; `xz -9` takes 65 MiB.
    private static final int XZ_KIB = 192 << 10;
    /// The largest zstd window, as a power of two; what zstd itself takes without being asked.
    private static final int ZSTD_WINDOW = 27;

    private final String title;

    Packing(String title) {
        this.title = title;
    }

    /// What people call it.
    public String title() {
        return title;
    }

    /// What the bytes of a file's start say.
    ///
    /// @param head its first bytes
    /// @param size how many of them there are
    static Optional<Packing> of(byte[] head, int size) {
        if (starts(head, size, 0x1f, 0x8b, 8) && size > 3 && (head[3] & 0xe0) == 0) return Optional.of(GZIP);
        if (starts(head, size, 0x28, 0xb5, 0x2f, 0xfd)) return Optional.of(ZSTD);
        boolean skippable = size > 3 && (head[0] & 0xf0) == 0x50 && head[1] == 0x2a && head[2] == 0x4d && head[3] == 0x18;
        if (skippable) return Optional.of(ZSTD);
        if (starts(head, size, 0xfd, '7', 'z', 'X', 'Z', 0)) return Optional.of(XZ);
        boolean level = starts(head, size, 'B', 'Z', 'h') && size >= LOOKED_AT && head[3] >= '1' && head[3] <= '9';
        if (!level) return Optional.empty();
        boolean block = head[4] == 0x31 && head[5] == 0x41 && head[6] == 0x59;
        boolean empty = head[4] == 0x17 && head[5] == 0x72 && head[6] == 0x45;
        return block || empty ? Optional.of(BZIP2) : Optional.empty();
    }

    private static boolean starts(byte[] head, int size, int... magic) {
        if (size < magic.length) return false;
        for (int i = 0; i < magic.length; i++) if ((head[i] & 0xff) != magic[i]) return false;
        return true;
    }

    /// A stream of what was packed. It throws an [IOException] where the bytes are not what they should be, and closes `in`.
    public InputStream open(InputStream in) throws IOException {
        return switch (this) {
            case GZIP -> new GzipStream(in);
            case ZSTD -> new ZstdInputStream(in).setLongMax(ZSTD_WINDOW);
            case BZIP2 -> new BZip2CompressorInputStream(in, true);
            case XZ -> new XZInputStream(in, XZ_KIB);
        };
    }
}
