package serpentarium.traffic.engine.trust;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Blocks of base64 between lines of dashes (RFC 7468).
final class Pem {
    static final String CERTIFICATE = "CERTIFICATE";
    static final String PRIVATE_KEY = "PRIVATE KEY";

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    /// A block.
    ///
    /// @param label what stands after BEGIN
    /// @param bytes what the base64 says
    record Block(String label, byte[] bytes) {}

    private Pem() {}

    /// A block as text that ends in a line feed.
    static String text(String label, byte[] bytes) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return BEGIN + label + DASHES + "\n" + body + "\n" + END + label + DASHES + "\n";
    }

    /// The blocks of a text, in order; what stands between blocks, and blocks that end nowhere or hold no base64, are left out.
    static List<Block> blocks(String text) {
        var found = new ArrayList<Block>();
        for (int at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at + 1)) block(text, at).ifPresent(found::add);
        return found;
    }

    private static Optional<Block> block(String text, int begin) {
        int labelled = text.indexOf(DASHES, begin + BEGIN.length());
        if (labelled < 0 || labelled - begin > 80) return Optional.empty();
        String label = text.substring(begin + BEGIN.length(), labelled);
        int end = text.indexOf(END + label + DASHES, labelled);
        int next = text.indexOf(BEGIN, labelled);
        if (end < 0 || next >= 0 && next < end) return Optional.empty();
        String body = text.substring(labelled + DASHES.length(), end).replaceAll("\\s", "");
        try {
            return Optional.of(new Block(label, Base64.getDecoder().decode(body.getBytes(StandardCharsets.ISO_8859_1))));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
