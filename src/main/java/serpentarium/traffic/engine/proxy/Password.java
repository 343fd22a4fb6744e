package serpentarium.traffic.engine.proxy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/// A name and a password that a client must show. They are compared in the same time whatever it shows.
final class Password {
    private final byte[] expected;

    Password(ProxyOptions.Credentials credentials) {
        expected = (credentials.user() + ":" + credentials.password()).getBytes(StandardCharsets.UTF_8);
    }

    /// Whether a field of Basic authentication shows it.
    ///
    /// @param field null where there is none
    boolean matches(String field) {
        if (field == null || !field.regionMatches(true, 0, "basic ", 0, 6)) return false;
        try {
            return same(Base64.getDecoder().decode(field.substring(6).strip()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// Whether these are the name and the password.
    boolean matches(String user, String password) {
        return same((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private boolean same(byte[] shown) {
        return MessageDigest.isEqual(expected, shown);
    }
}
