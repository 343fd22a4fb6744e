package serpentarium.traffic.engine.proxy;

import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import serpentarium.task.ServiceThreads;

/// Both ends of a connection within this program.
///
/// @param one   the end of who asks
/// @param other the end of who answers
record Pair(End one, End other) {
    /// Makes one; it is handed over on the event loop that both belong to.
    ///
    /// @param failed is told why there is none
    static void make(ServiceThreads threads, EventLoop loop, Consumer<Pair> then, Consumer<String> failed) {
        threads.aside("pair", () -> {
            SocketChannel one = null;
            SocketChannel other = null;
            try (ServerSocketChannel server = ServerSocketChannel.open()) {
                server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                one = SocketChannel.open(server.getLocalAddress());
                other = accept(server, one);
                SocketChannel[] both = {one, other};
                loop.execute(() -> then.accept(new Pair(end(both[0], loop), end(both[1], loop))));
            } catch (IOException e) {
                close(one);
                close(other);
                loop.execute(() -> failed.accept(String.valueOf(e.getMessage())));
            }
        });
    }

    /// Whoever else connects in this moment is not let in.
    private static SocketChannel accept(ServerSocketChannel server, SocketChannel one) throws IOException {
        while (true) {
            SocketChannel came = server.accept();
            if (one.getLocalAddress().equals(came.getRemoteAddress())) return came;
            came.close();
        }
    }

    private static void close(SocketChannel channel) {
        if (channel == null) return;
        try {
            channel.close();
        } catch (IOException _) {
            // It is given up anyway.
        }
    }

    private static End end(SocketChannel socket, EventLoop loop) {
        var channel = new NioSocketChannel(socket);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        var end = new End(channel);
        channel.pipeline().addLast(end);
        loop.register(channel);
        return end;
    }
}
