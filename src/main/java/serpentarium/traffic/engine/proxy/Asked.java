package serpentarium.traffic.engine.proxy;

/// A request whose response is still to come.
///
/// @param head      whether the response has no body whatever it says
/// @param upgrade   whether the connection may become another protocol's
/// @param authority the host that the client asked for, as it wrote it; empty where it did not
record Asked(boolean head, boolean upgrade, String authority) {}
