package serpentarium.traffic.engine;

import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import serpentarium.traffic.WireText;
import serpentarium.traffic.analysis.JsonSecrets;
import serpentarium.traffic.analysis.Secrets;

/// Takes secrets out of content by its type.
///
/// @param secrets what counts as one
/// @param stand   gives what stands for one
record RedactedBody(Secrets secrets, UnaryOperator<String> stand) {
    private static final Pattern PART_NAME = Pattern.compile("name=\"?([^\";\\r\\n]*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";,\\s]{1,70})", Pattern.CASE_INSENSITIVE);

    /// The content without its secrets; the same array where there are none.
    byte[] of(byte[] content, String type) {
        if (content.length == 0) return content;
        String small = type.toLowerCase(Locale.ROOT);
        if (small.startsWith("image/") || small.startsWith("audio/") || small.startsWith("video/") || small.startsWith("font/")) return content;
        String text = WireText.decode(content);
        String masked = masked(text, type, small);
        return masked.equals(text) ? content : WireText.encode(masked);
    }

    private String masked(String text, String type, String small) {
        if (small.startsWith("application/x-www-form-urlencoded")) return Secrets.tokens(secrets.parameters(text, stand), stand);
        if (small.startsWith("multipart/")) return parts(text, type);
        if (small.contains("json") || small.contains("graphql") || looksLikeJson(text)) return JsonSecrets.masked(text, secrets, stand);
        boolean readable = small.startsWith("text/") || small.contains("xml") || small.contains("javascript") || small.isEmpty();
        // The lengths in binary content stay true.
        return Secrets.tokens(text, readable ? stand : token -> "x".repeat(token.length()));
    }

    private static boolean looksLikeJson(String text) {
        String start = text.substring(0, Math.min(64, text.length())).stripLeading();
        return start.startsWith("{") || start.startsWith("[");
    }

    private String parts(String text, String type) {
        Matcher found = BOUNDARY.matcher(type);
        if (!found.find()) return Secrets.tokens(text, stand);
        String line = "--" + found.group(1);
        var out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int start = text.indexOf(line, at);
            if (start < 0) break;
            int head = start + line.length();
            int end = text.indexOf(line, head);
            if (end < 0) end = text.length();
            out.append(text, at, head);
            part(text.substring(head, end), out);
            at = end;
        }
        return out.append(text, at, text.length()).toString();
    }

    private void part(String part, StringBuilder out) {
        int crlf = part.indexOf("\r\n\r\n");
        int lf = part.indexOf("\n\n");
        int head = crlf >= 0 ? crlf + 4 : lf >= 0 ? lf + 2 : -1;
        if (head < 0) {
            out.append(Secrets.tokens(part, stand));
            return;
        }
        Matcher name = PART_NAME.matcher(part).region(0, head);
        boolean secret = name.find() && secrets.field(name.group(1));
        String tail = part.endsWith("\r\n") ? "\r\n" : part.endsWith("\n") ? "\n" : "";
        String value = part.substring(head, Math.max(head, part.length() - tail.length()));
        out.append(part, 0, head);
        if (secret) out.append(stand.apply(value));
        else out.append(looksLikeJson(value) ? JsonSecrets.masked(value, secrets, stand) : Secrets.tokens(value, stand));
        out.append(tail);
    }
}
