package serpentarium.log.format;

import java.nio.charset.Charset;
import java.util.Map;
import serpentarium.log.LogFormat;

/// Takes lines of one format apart. It keeps what it needs while it does, so that it belongs to one thread; [#copy] is for the next.
interface LineReader {
    /// What it reads.
    LogFormat format();

    /// Whether a record begins with this line, and where its parts are.
    ///
    /// @param spans cleared before
    boolean read(byte[] bytes, int from, int to, Spans spans);

    /// The text of a field that is not one of [Spans]' own, or null. Called only for the line that was read last, or read again before.
    String text(String name, byte[] bytes, int from, int to, Spans spans, Charset charset);

    /// Puts everything that the line names and [Spans] has no place for into `fields`.
    void fields(byte[] bytes, int from, int to, Spans spans, Charset charset, Map<String, Object> fields);

    /// The text of one of [Spans]' own fields.
    default String own(int field, byte[] bytes, Spans spans, Charset charset) {
        return spans.has(field) ? new String(bytes, spans.from[field], spans.to[field] - spans.from[field], charset) : null;
    }

    /// Whether line ends in its texts are written as `\\n`.
    default boolean escapes() {
        return false;
    }

    /// Another one for another thread.
    LineReader copy(Clock clock);
}
