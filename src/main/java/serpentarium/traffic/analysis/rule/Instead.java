package serpentarium.traffic.analysis.rule;

/// What a client gets instead of the server's answer.
public sealed interface Instead {
    /// A file.
    ///
    /// @param path a file or a folder of this machine
    record File(String path) implements Instead {}

    /// What was recorded.
    ///
    /// @param session where
    /// @param onward  whether the server is asked for what was not recorded
    record Recorded(String session, boolean onward) implements Instead {}

    /// A made-up answer.
    ///
    /// @param type content type; empty for none
    record Made(int status, String type, String body) implements Instead {}

    /// The end of the connection.
    record Nothing() implements Instead {}
}
