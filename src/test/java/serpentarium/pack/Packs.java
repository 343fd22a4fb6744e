package serpentarium.pack;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/// Packs bytes for tests.
public final class Packs {
    private Packs() {}

    /// The bytes, packed.
    public static byte[] pack(Packing packing, byte[] bytes) {
        return pack(packing, bytes, 1);
    }

    /// The bytes so many times in a row, packed as one.
    public static byte[] pack(Packing packing, byte[] bytes, int times) {
        var out = new ByteArrayOutputStream();
        try (OutputStream packer = packer(packing, out)) {
            for (int i = 0; i < times; i++) packer.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static OutputStream packer(Packing packing, OutputStream out) throws IOException {
        return switch (packing) {
            case GZIP -> new GZIPOutputStream(out);
            case ZSTD -> new ZstdOutputStream(out);
            case BZIP2 -> new BZip2CompressorOutputStream(out);
            case XZ -> new XZOutputStream(out, new LZMA2Options(1));
        };
    }

    /// One after another, so many times.
    public static byte[] repeat(byte[] bytes, int times) {
        byte[] all = new byte[bytes.length * times];
        for (int i = 0; i < times; i++) System.arraycopy(bytes, 0, all, i * bytes.length, bytes.length);
        return all;
    }

    /// One behind the other.
    public static byte[] join(byte[] first, byte[] second) {
        byte[] all = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
