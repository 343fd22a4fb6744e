package serpentarium.traffic.analysis;

import java.util.List;

/// Writes a request as code that sends it again. Whatever the request holds, the code holds it as data.
public sealed interface CodeWriter permits CodeWriter.Url, CurlCode, PythonCode, PythonTestCode {
    /// All of them, in the order in which they are offered.
    List<CodeWriter> ALL = List.of(new Url(), new CurlCode(), new PythonCode(PythonCode.Library.REQUESTS), new PythonCode(PythonCode.Library.HTTPX),
            new PythonCode(PythonCode.Library.AIOHTTP), new PythonCode(PythonCode.Library.URLLIB), new PythonTestCode(PythonTestCode.Kind.PYTEST),
            new PythonTestCode(PythonTestCode.Kind.RESPONSES), new PythonTestCode(PythonTestCode.Kind.RESPX));

    /// Stable identifier, such as `curl`.
    String id();

    /// Whether it needs the response.
    default boolean needsResponse() {
        return false;
    }

    /// The code, with a line break at its end where it has several lines.
    String write(HttpCall call);

    /// The URL alone.
    record Url() implements CodeWriter {
        @Override public String id() {
            return "url";
        }

        @Override public String write(HttpCall call) {
            return call.url(false);
        }
    }
}
