package serpentarium.traffic;

/// When what happened, in seconds since 1970 (UTC). What is not known is NaN.
///
/// @param started       when the flow began: the first byte of the request, or before it where the source knows more
/// @param dnsStart      the name was asked for
/// @param dnsEnd        the name was answered
/// @param connectStart  the connection to the server was begun
/// @param connectEnd    the connection stood, before TLS
/// @param tlsEnd        TLS stood
/// @param requestStart  the first byte of the request
/// @param requestEnd    the last byte of the request
/// @param responseStart the first byte of the response
/// @param responseEnd   the last byte of the response
public record Timing(double started, double dnsStart, double dnsEnd, double connectStart, double connectEnd, double tlsEnd, double requestStart,
                     double requestEnd, double responseStart, double responseEnd) {
    /// Only the beginning is known.
    public static Timing started(double at) {
        double no = Double.NaN;
        return new Timing(at, no, no, no, no, no, no, no, no, no);
    }

    /// From the beginning to the last byte of the response, in seconds; NaN where it has not ended.
    public double duration() {
        return responseEnd - started;
    }

    /// From the beginning to the first byte of the response, in seconds; NaN where none came.
    public double firstByte() {
        return responseStart - started;
    }
}
