package serpentarium.log.engine;

import java.io.IOException;

/// Bytes that may come to be read from elsewhere.
final class Backing implements LogBytes {
    private volatile LogBytes now;

    Backing(LogBytes first) {
        now = first;
    }

    void change(LogBytes other) {
        now = other;
    }

    @Override public String name() {
        return now.name();
    }

    @Override public long size() throws IOException {
        return now.size();
    }

    @Override public int read(long position, byte[] to, int offset, int length) throws IOException {
        return now.read(position, to, offset, length);
    }

    @Override public int scan(long position, byte[] to, int offset, int length) throws IOException {
        return now.scan(position, to, offset, length);
    }
}
