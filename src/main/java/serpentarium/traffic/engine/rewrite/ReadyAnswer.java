package serpentarium.traffic.engine.rewrite;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import serpentarium.base.Strings;
import serpentarium.traffic.Headers;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.WireText;

/// An answer that is given in a server's place.
///
/// @param head its fields say nothing of how the body ends
/// @param body as it is sent
public record ReadyAnswer(ResponseHead head, Body body) {
    private static final Strings STRINGS = Strings.of(ReadyAnswer.class);

    /// A body that need not be held.
    ///
    /// @param length how many bytes it has
    /// @param from   opens it
    public record Body(long length, Opening from) {
        static Body of(byte[] bytes) {
            return new Body(bytes.length, () -> new ByteArrayInputStream(bytes));
        }
    }

    /// Opens a body.
    public interface Opening {
        /// From its beginning.
        InputStream open() throws IOException;
    }

    /// One that a person made up.
    ///
    /// @param type content type; empty for none
    public static ReadyAnswer made(int status, String type, String body) {
        return of(status, type, WireText.encode(body));
    }

    /// Nothing was found.
    static ReadyAnswer notFound(String key) {
        return of(404, "text/plain; charset=utf-8", (STRINGS.get(key) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /// Something is there and cannot be used.
    static ReadyAnswer unusable(String key) {
        return of(502, "text/plain; charset=utf-8", (STRINGS.get(key) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static ReadyAnswer of(int status, String type, byte[] body) {
        return of(status, type, Body.of(body));
    }

    static ReadyAnswer of(int status, String type, Body body) {
        var fields = new ArrayList<Headers.Field>();
        if (!type.isEmpty()) fields.add(new Headers.Field("Content-Type", type));
        fields.add(new Headers.Field("Cache-Control", "no-store"));
        return new ReadyAnswer(new ResponseHead(status, reason(status), "HTTP/1.1", new Headers(fields)), body);
    }

    /// The usual phrase of a status; empty where there is none.
    public static String reason(int status) {
        String key = "reason." + status;
        return STRINGS.has(key) ? STRINGS.get(key) : "";
    }
}
