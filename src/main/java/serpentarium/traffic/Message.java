package serpentarium.traffic;

/// One message of a WebSocket, event of a stream, piece of TCP or datagram. Its content lies in the session.
///
/// @param from     who sent it
/// @param time     when, in seconds since 1970
/// @param opcode   of WebSocket: 1 text, 2 binary, 8 close, 9 ping, 10 pong; 0 elsewhere
/// @param size     bytes of content
/// @param dropped  whether a proxy did not pass it on
/// @param injected whether a proxy made it
public record Message(Side from, double time, int opcode, long size, boolean dropped, boolean injected) {}
