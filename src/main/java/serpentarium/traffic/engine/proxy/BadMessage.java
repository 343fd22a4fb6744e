package serpentarium.traffic.engine.proxy;

/// A message of HTTP/1 that is not passed on, because who reads it next could understand it differently.
final class BadMessage extends Exception {
    private final int status;

    /// @param status what a client is answered
    /// @param why    for the flow; says nothing of what was sent
    BadMessage(int status, String why) {
        super(why, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
