package serpentarium.traffic.analysis;

import java.util.BitSet;
import java.util.function.UnaryOperator;

/// Takes secrets out of JSON, or of what looks like it: everything else stays as it was written, to the space.
///
/// A secret is the value of a member whose name [Secrets] knows, all that is in it where it is an object or array, and the `value` beside a
/// `name` that is known.
public final class JsonSecrets {
    private static final int DEEPEST = 10_000;

    private final String text;
    private final Secrets secrets;
    private final UnaryOperator<String> stand;
    private final StringBuilder out;
    private final BitSet named = new BitSet();
    private int at;
    private int depth;
    private int secretDepth = -1;
    private boolean secretNext;
    private String key = "";

    private JsonSecrets(String text, Secrets secrets, UnaryOperator<String> stand) {
        this.text = text;
        this.secrets = secrets;
        this.stand = stand;
        out = new StringBuilder(text.length() + 64);
    }

    /// The text without its secrets.
    ///
    /// @param stand gives what stands for a secret
    public static String masked(String json, Secrets secrets, UnaryOperator<String> stand) {
        return new JsonSecrets(json, secrets, stand).masked();
    }

    private String masked() {
        while (at < text.length()) {
            char c = text.charAt(at);
            switch (c) {
                case '"' -> string();
                case '{', '[' -> {
                    if (depth < DEEPEST) depth++;
                    named.clear(depth);
                    if (secretNext && secretDepth < 0) secretDepth = depth;
                    secretNext = false;
                    key = "";
                    keep(c);
                }
                case '}', ']' -> {
                    if (depth == secretDepth) secretDepth = -1;
                    if (depth > 0) depth--;
                    secretNext = false;
                    keep(c);
                }
                case ',', '\n' -> {
                    if (c == ',') secretNext = false;
                    keep(c);
                }
                default -> {
                    if (secret() && (c == '-' || c >= '0' && c <= '9')) number();
                    else keep(c);
                }
            }
        }
        return out.toString();
    }

    private void keep(char c) {
        out.append(c);
        at++;
    }

    private boolean secret() {
        return secretDepth >= 0 || secretNext;
    }

    private void number() {
        int end = at;
        while (end < text.length() && ",]} \t\r\n".indexOf(text.charAt(end)) < 0) end++;
        out.append('"').append(stand.apply(text.substring(at, end))).append('"');
        at = end;
        secretNext = false;
    }

    private void string() {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != '"') end += text.charAt(end) == '\\' ? 2 : 1;
        if (end >= text.length()) {
            // It breaks off: what is there of a secret is one.
            out.append(secret() ? "\"" + stand.apply(text.substring(at + 1)) : Secrets.tokens(text.substring(at), stand));
            at = text.length();
            return;
        }
        String inside = text.substring(at + 1, end);
        int next = end + 1;
        while (next < text.length() && text.charAt(next) <= ' ') next++;
        boolean isKey = next < text.length() && text.charAt(next) == ':';
        if (isKey) {
            key = inside;
            secretNext = known(inside) || key.equalsIgnoreCase("value") && named.get(depth);
            out.append(text, at, end + 1);
        } else {
            if (secret()) out.append('"').append(stand.apply(inside)).append('"');
            else out.append('"').append(secrets.url(inside, stand)).append('"');
            if (key.equalsIgnoreCase("name")) named.set(depth, known(inside));
            secretNext = false;
        }
        at = end + 1;
    }

    private boolean known(String name) {
        return secrets.field(name) || secrets.header(name);
    }
}
