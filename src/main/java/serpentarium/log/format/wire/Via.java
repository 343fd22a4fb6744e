package serpentarium.log.format.wire;

/// By which way a record came.
public enum Via {
    /// Python's `SocketHandler`.
    SOCKET("socket"),
    /// Python's `DatagramHandler`.
    DATAGRAM("datagram"),
    /// Syslog, among it Python's `SysLogHandler`.
    SYSLOG("syslog"),
    /// Python's `HTTPHandler`.
    HTTP("http"),
    /// GELF, as graypy and others send it.
    GELF("gelf"),
    /// OpenTelemetry over HTTP.
    OTLP("otlp"),
    /// JSON objects, one a line.
    JSON("json");

    private final String word;

    Via(String word) {
        this.word = word;
    }

    /// The word for it in records.
    public String word() {
        return word;
    }
}
