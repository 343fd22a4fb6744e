package serpentarium.profile.format;

import java.io.IOException;
import java.io.InputStream;

import serpentarium.base.Source;

/// A run of bytes of a source.
///
/// @param whole  the source
/// @param from   where the run starts
/// @param length how long it is, if the source is long enough
record SourcePart(Source whole, long from, long length) implements Source {
    @Override public String name() {
        return whole.name();
    }

    @Override public long size() throws IOException {
        long size = whole.size();
        return size < 0 ? -1 : Math.clamp(size - from, 0, length);
    }

    @Override public InputStream open() throws IOException {
        InputStream in = whole.open();
        long left = from;
        while (left > 0) {
            long stepped = in.skip(left);
            if (stepped <= 0) {
                if (in.read() < 0) break;
                stepped = 1;
            }
            left -= stepped;
        }
        return new Run(in, length);
    }

    /// Ends after so many bytes.
    private static final class Run extends InputStream {
        private final InputStream in;
        private long left;

        Run(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override public int read(byte[] to, int offset, int count) throws IOException {
            if (count == 0) return 0;
            if (left == 0) return -1;
            int got = in.read(to, offset, (int) Math.min(count, left));
            left = got < 0 ? 0 : left - got;
            return got;
        }

        @Override public void close() throws IOException {
            in.close();
        }
    }
}
