package serpentarium.log.engine.receive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/// A server in a program of its own, which tests kill.
final class KilledServer {
    private KilledServer() {}

    /// Listens for HTTP and TCP, and says on which ports.
    ///
    /// @param arguments the folder, and the file in which the ports are said
    public static void main(String... arguments) throws IOException, InterruptedException {
        var server = new ReceiveServer(Path.of(arguments[0]), new StoreLimits(4 << 20, Duration.ofDays(1), 8L << 30), ReceiveOptions.USUAL);
        int http = server.start(ReceiverSpec.of(ReceiverSpec.Kind.HTTP, 0)).port();
        int tcp = server.start(ReceiverSpec.of(ReceiverSpec.Kind.TCP, 0)).port();
        Files.writeString(Path.of(arguments[1]), http + " " + tcp + "\n");
        new CountDownLatch(1).await();
    }
}
