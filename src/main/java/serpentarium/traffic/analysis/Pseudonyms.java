package serpentarium.traffic.analysis;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What stands for secrets in one export: the same for the same secret, so that it is seen which flows belong together, and nothing that a
/// secret could be found by, because the key is thrown away.
public final class Pseudonyms implements UnaryOperator<String> {
    /// What all of them begin with.
    public static final String PREFIX = "redacted-";
    private static final int SHOWN = 5;

    private final Mac mac;

    /// With a key of its own.
    public Pseudonyms() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override public synchronized String apply(String secret) {
        if (secret.isEmpty()) return secret;
        return PREFIX + HexFormat.of().formatHex(mac.doFinal(secret.getBytes(StandardCharsets.UTF_8)), 0, SHOWN);
    }
}
