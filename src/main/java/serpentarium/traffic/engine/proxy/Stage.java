package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;

/// What is done at one end of a passage for the time being.
interface Stage {
    /// Bytes that came. They belong to the stage now.
    void read(ByteBuf bytes);

    /// All that was there for the moment was read.
    default void pause() {}

    /// No more comes from there, but it may still be written to.
    void end();

    /// The connection is gone.
    ///
    /// @param reset whether it was broken off
    void gone(boolean reset);
}
