package serpentarium.traffic.analysis;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an Authorization field says when it is decoded. A signature is not checked.
public sealed interface Credentials {
    /// A user with a password (RFC 7617).
    record Basic(String user, String password) implements Credentials {}

    /// A JSON web token (RFC 7519).
    ///
    /// @param header  its first part, JSON
    /// @param payload its second part, JSON
    record Token(String header, String payload) implements Credentials {}

    /// A JSON web token wherever it stands in a text.
    Pattern TOKEN = Pattern.compile("\\beyJ[A-Za-z0-9_-]{4,}\\.eyJ[A-Za-z0-9_-]{4,}(?:\\.[A-Za-z0-9_-]*)?");

    /// Decodes a header field's value; empty where there is nothing to decode.
    static Optional<Credentials> of(String value) {
        if (value.regionMatches(true, 0, "Basic ", 0, 6)) {
            Optional<String> text = decoded(value.substring(6).strip());
            if (text.isEmpty()) return Optional.empty();
            int colon = text.get().indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(new Basic(text.get().substring(0, colon), text.get().substring(colon + 1)));
        }
        if (!value.contains("eyJ")) return Optional.empty();
        Matcher token = TOKEN.matcher(value);
        if (!token.find()) return Optional.empty();
        String[] parts = token.group().split("\\.", -1);
        return decoded(parts[0]).flatMap(header -> decoded(parts[1]).map(payload -> new Token(header, payload)));
    }

    private static Optional<String> decoded(String base64) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(base64.replace('-', '+').replace('_', '/')), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
