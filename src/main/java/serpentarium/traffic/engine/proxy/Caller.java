package serpentarium.traffic.engine.proxy;

import io.netty.channel.EventLoop;

/// Who wants a connection to a server.
interface Caller {
    /// How connections are made for it.
    ProxyOptions options();

    /// What records it.
    Tap tap();

    /// Where it is told what became of it.
    EventLoop loop();

    /// Whether it wants none any more.
    boolean closed();
}
