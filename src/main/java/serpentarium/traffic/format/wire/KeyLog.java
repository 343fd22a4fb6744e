package serpentarium.traffic.format.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/// The secrets of TLS connections by the client's random number, as programs write them under `SSLKEYLOGFILE`.
///
/// Source: the NSS Key Log Format.
public final class KeyLog {
    private static final int MOST = 2_000_000;
    private static final int LONGEST = 1 << 10;

    private final Map<String, byte[]> secrets = new HashMap<>();

    /// An empty one.
    public KeyLog() {}

    /// Adds the lines of a log; what is no line of a key log is left out.
    ///
    /// @return how many secrets it had
    public int add(InputStream in) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1), 1 << 14);
        int found = 0;
        var line = new StringBuilder();
        while (true) {
            int c = lines.read();
            if (c >= 0 && c != '\n' && c != '\r') {
                if (line.length() < LONGEST) line.append((char) c);
                continue;
            }
            if (add(line.toString())) found++;
            line.setLength(0);
            if (c < 0) return found;
        }
    }

    private boolean add(String line) {
        String[] words = line.strip().split(" +");
        if (words.length != 3 || words[0].startsWith("#") || words[1].length() != 64 || secrets.size() >= MOST) return false;
        try {
            HexFormat.of().parseHex(words[1]);
            secrets.put(words[0] + " " + words[1].toLowerCase(Locale.ROOT), HexFormat.of().parseHex(words[2]));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// Whether anything is known of a connection.
    boolean knows(String random) {
        return secret("CLIENT_RANDOM", random) != null || secret("CLIENT_TRAFFIC_SECRET_0", random) != null || secret("SERVER_TRAFFIC_SECRET_0", random) != null;
    }

    /// A secret; null where it is not known.
    ///
    /// @param label  such as `CLIENT_RANDOM`
    /// @param random the client's, in hexadecimal
    byte[] secret(String label, String random) {
        return secrets.get(label + " " + random);
    }
}
