package serpentarium.traffic.engine;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import serpentarium.traffic.WireText;
import serpentarium.traffic.analysis.JsonSecrets;
import serpentarium.traffic.analysis.MarkupSecrets;
import serpentarium.traffic.analysis.Secrets;

/// Takes secrets out of content by its type: for an export, and for the screen while secrets are masked there.
///
/// @param secrets what counts as one
/// @param stand   gives what stands for one
public record RedactedBody(Secrets secrets, UnaryOperator<String> stand) {
    private static final RedactedBody DOTS = new RedactedBody(Secrets.USUAL, _ -> Secrets.MASK);
    private static final RedactedBody ASTERISKS = new RedactedBody(Secrets.USUAL, _ -> "*".repeat(Secrets.MASK.length()));
    private static final int LONGEST_LINE = 1 << 16;
    private static final Pattern CREDENTIAL = Pattern.compile("(?i)(?:basic|bearer|token|digest) +[A-Za-z0-9+/=_.~-]{4,}");
    private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{1,20}+://[^\\s\"'<>]{1,8000}+");
    private static final Pattern MEMBER = Pattern.compile("\"([\\w-]{1,80}+)\"\\s{0,20}+:\\s{0,20}+\"");
    private static final Pattern PART_NAME = Pattern.compile("name=\"?([^\";\\r\\n]*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";,\\s]{1,70})", Pattern.CASE_INSENSITIVE);

    /// For the screen: with [Secrets#MASK] for the usual secrets, or with asterisks where a character set has no dots.
    ///
    /// @return the same array where there are none
    public static byte[] masked(byte[] content, String type) {
        boolean dots = WireText.decode(content).chars().noneMatch(c -> c >= 0xdc80 && c <= 0xdcff) || wide(content) != null;
        int charset = type.toLowerCase(Locale.ROOT).indexOf("charset=");
        if (charset >= 0 && !type.regionMatches(true, charset + 8, "utf-8", 0, 5) && !type.regionMatches(true, charset + 8, "\"utf-8", 0, 6)) dots = false;
        return (dots ? DOTS : ASTERISKS).of(content, type);
    }

    /// The content without its secrets; the same array where there are none.
    public byte[] of(byte[] content, String type) {
        if (content.length == 0) return content;
        String small = type.toLowerCase(Locale.ROOT);
        if (small.startsWith("image/") || small.startsWith("audio/") || small.startsWith("video/") || small.startsWith("font/")) return content;
        Charset wide = wide(content);
        String text = wide == null ? WireText.decode(content) : new String(content, wide);
        String masked = masked(text, type, small);
        return masked.equals(text) ? content : wide == null ? WireText.encode(masked) : masked.getBytes(wide);
    }

    /// The character set of two bytes that its mark promises and that gives the same bytes back; else null.
    private static Charset wide(byte[] content) {
        if (content.length < 4 || content.length % 2 != 0) return null;
        int mark = (content[0] & 0xff) << 8 | content[1] & 0xff;
        Charset wide = mark == 0xfffe ? StandardCharsets.UTF_16LE : mark == 0xfeff ? StandardCharsets.UTF_16BE : null;
        return wide != null && Arrays.equals(new String(content, wide).getBytes(wide), content) ? wide : null;
    }

    private String masked(String text, String type, String small) {
        if (small.startsWith("application/x-www-form-urlencoded")) return Secrets.tokens(secrets.parameters(text, stand), stand);
        if (small.startsWith("multipart/")) return parts(text, type);
        if (small.startsWith("text/event-stream") && text.lines().anyMatch(line -> line.startsWith("data:"))) return events(text);
        if (small.contains("xml") || small.contains("html")) return markup(text);
        if (small.contains("json") || small.contains("graphql") || looksLikeJson(text)) return JsonSecrets.masked(text, secrets, stand);
        boolean readable = small.startsWith("text/") || small.contains("javascript") || small.isEmpty();
        // The lengths in binary content stay true.
        return readable ? plain(text) : Secrets.tokens(text, token -> "x".repeat(token.length()));
    }

    private static boolean looksLikeJson(String text) {
        // A number before it is how some protocols over WebSocket say what kind of message it is.
        String start = text.substring(0, Math.min(64, text.length())).replaceFirst("^[\\s\uFEFF]*\\d*", "");
        return start.startsWith("{") || start.startsWith("[");
    }

    /// Text that says nothing of what it is: one that is a credential or a query alone is taken for that.
    private String plain(String text) {
        String all = text.strip();
        if (all.length() < LONGEST_LINE && CREDENTIAL.matcher(all).matches())
            return text.replace(all, secrets.headerValue("authorization", all, stand));
        if (all.startsWith("<")) return markup(text);
        boolean query = all.length() < LONGEST_LINE && all.indexOf('=') > 0 && all.chars().noneMatch(Character::isWhitespace);
        if (query && !all.contains("://")) return Secrets.tokens(secrets.parameters(text, stand), stand);
        return Secrets.tokens(URL.matcher(members(text)).replaceAll(url -> Matcher.quoteReplacement(secrets.url(url.group(), stand))), stand);
    }

    private String markup(String text) {
        return Secrets.tokens(members(new MarkupSecrets(secrets, stand).masked(text)), stand);
    }

    /// JSON inside something else, such as a page or a script: the strings that follow a name that is known.
    private String members(String text) {
        Matcher name = MEMBER.matcher(text);
        var out = new StringBuilder(text.length());
        int at = 0;
        while (name.find()) {
            if (name.start() < at || !secrets.field(name.group(1))) continue;
            int end = name.end();
            while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != '\n') end += text.charAt(end) == '\\' ? 2 : 1;
            end = Math.min(end, text.length());
            out.append(text, at, name.end()).append(stand.apply(text.substring(name.end(), end)));
            at = end;
        }
        return at == 0 ? text : out.append(text, at, text.length()).toString();
    }

    /// Each line of an event stream for itself: its data are often JSON.
    private String events(String text) {
        var out = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); ) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end + 1;
            String line = text.substring(at, end);
            int value = line.startsWith("data:") ? 5 : 0;
            String data = line.substring(value);
            out.append(line, 0, value).append(value > 0 && looksLikeJson(data) ? JsonSecrets.masked(data, secrets, stand) : Secrets.tokens(data, stand));
            at = end;
        }
        return out.toString();
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
