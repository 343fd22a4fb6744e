package serpentarium.traffic;

/// The status line of an HTTP response with its header.
///
/// @param status      the code; 0 where none came
/// @param reason      the phrase; empty where there is none
/// @param httpVersion such as `HTTP/1.1`; empty where it is not known
/// @param headers     the fields
public record ResponseHead(int status, String reason, String httpVersion, Headers headers) {}
