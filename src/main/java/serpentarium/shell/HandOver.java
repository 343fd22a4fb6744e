package serpentarium.shell;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What two starts of the program say to each other: `SRP1`, the number of paths as a 32-bit number, and for each its length in bytes
/// and its UTF-8 text; the answer is one byte. Everything is bounded in size and time, and read without blocking for good.
final class HandOver {
    /// The most paths that are handed over at once.
    static final int MOST = 256;

    private static final int MAGIC = 0x53525031;
    private static final int LONGEST = 16 * 1024;
    private static final byte TAKEN = 1;

    private final SocketChannel channel;
    private final Selector selector;
    private final long deadline;

    private HandOver(SocketChannel channel, Selector selector, Duration patience) {
        this.channel = channel;
        this.selector = selector;
        deadline = System.nanoTime() + patience.toNanos();
    }

    /// Sends paths and waits for the answer; says whether they were taken.
    static boolean send(SocketChannel channel, List<Path> files, Duration patience) throws IOException {
        var texts = files.stream().limit(MOST).map(file -> file.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8))
                .filter(text -> text.length <= LONGEST).toList();
        var message = ByteBuffer.allocate(8 + texts.stream().mapToInt(text -> 4 + text.length).sum()).putInt(MAGIC).putInt(texts.size());
        texts.forEach(text -> message.putInt(text.length).put(text));
        try (Selector selector = Selector.open()) {
            var talk = new HandOver(channel, selector, patience);
            talk.start();
            talk.write(message.flip());
            return talk.read(1).get() == TAKEN;
        }
    }

    /// Receives paths and answers that they were taken.
    ///
    /// @throws IOException when what arrives is not of this form, or does not arrive in time
    static List<Path> receive(SocketChannel channel, Duration patience) throws IOException {
        try (Selector selector = Selector.open()) {
            var talk = new HandOver(channel, selector, patience);
            talk.start();
            if (talk.read(4).getInt() != MAGIC) throw new IOException("magic");
            int count = talk.read(4).getInt();
            if (count < 0 || count > MOST) throw new IOException("count " + count);
            var files = new ArrayList<Path>();
            for (int i = 0; i < count; i++) {
                int length = talk.read(4).getInt();
                if (length < 0 || length > LONGEST) throw new IOException("length " + length);
                Path file = path(StandardCharsets.UTF_8.decode(talk.read(length)).toString());
                if (file.isAbsolute()) files.add(file);
            }
            talk.write(ByteBuffer.wrap(new byte[] {TAKEN}));
            return files;
        }
    }

    private static Path path(String text) throws IOException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IOException(e);
        }
    }

    private void start() throws IOException {
        channel.configureBlocking(false);
        channel.register(selector, 0);
    }

    private ByteBuffer read(int length) throws IOException {
        var buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            int count = channel.read(buffer);
            if (count < 0) throw new EOFException();
            if (count == 0) await(SelectionKey.OP_READ);
        }
        return buffer.flip();
    }

    private void write(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) if (channel.write(buffer) == 0) await(SelectionKey.OP_WRITE);
    }

    private void await(int operation) throws IOException {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) throw new SocketTimeoutException();
        channel.keyFor(selector).interestOps(operation);
        selector.select(left);
        selector.selectedKeys().clear();
    }
}
