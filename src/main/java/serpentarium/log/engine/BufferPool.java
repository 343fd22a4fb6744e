package serpentarium.log.engine;

import java.util.concurrent.ConcurrentLinkedQueue;

/// Buffers of one size that are used again by the threads of one piece of work.
final class BufferPool {
    private final ConcurrentLinkedQueue<byte[]> free = new ConcurrentLinkedQueue<>();
    private final int size;

    BufferPool(int size) {
        this.size = size;
    }

    /// A buffer; what is in it is left from before.
    byte[] take() {
        byte[] buffer = free.poll();
        return buffer == null ? new byte[size] : buffer;
    }

    /// Takes a buffer back.
    void give(byte[] buffer) {
        free.add(buffer);
    }
}
