package serpentarium.traffic.analysis.body;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// In which character set a text is, and who said so: a byte order mark, the content type, the text's own declaration (XML, HTML, CSS), or that
/// it is valid UTF-8; else the set that browsers take for unknown ones.
///
/// @param charset the set
/// @param skip    bytes before the text: a byte order mark
/// @param from    who said so
public record TextCharset(Charset charset, int skip, From from) {
    private static final int LOOK = 2048;
    private static final Pattern XML = Pattern.compile("^\\s{0,20}<\\?xml[^>]{0,200}?encoding\\s{0,9}=\\s{0,9}[\"']([A-Za-z0-9._-]{1,40})");
    private static final Pattern META = Pattern.compile("<meta[^>]{0,200}?charset\\s{0,9}=\\s{0,9}[\"']?([A-Za-z0-9._-]{1,40})", Pattern.CASE_INSENSITIVE);
    private static final Pattern CSS = Pattern.compile("^@charset \"([A-Za-z0-9._-]{1,40})\"");

    /// Who said in which character set a text is.
    public enum From {
        /// A byte order mark.
        MARK,
        /// The content type.
        HEADER,
        /// The text itself.
        TEXT,
        /// Nobody; it was guessed.
        GUESS
    }

    /// What a content is in.
    public static TextCharset of(BodyInput in) {
        if (in.starts(0xef, 0xbb, 0xbf)) return new TextCharset(StandardCharsets.UTF_8, 3, From.MARK);
        if (in.starts(0xff, 0xfe, 0, 0)) return new TextCharset(Charset.forName("UTF-32LE"), 4, From.MARK);
        if (in.starts(0xff, 0xfe)) return new TextCharset(StandardCharsets.UTF_16LE, 2, From.MARK);
        if (in.starts(0xfe, 0xff)) return new TextCharset(StandardCharsets.UTF_16BE, 2, From.MARK);
        Charset named = named(in.parameter("charset"));
        if (named != null) return new TextCharset(named, 0, From.HEADER);
        String head = in.head();
        if (head.length() > LOOK) head = head.substring(0, LOOK);
        for (Pattern each : new Pattern[] {XML, META, CSS}) {
            Matcher matcher = each.matcher(head);
            named = matcher.find() ? named(matcher.group(1)) : null;
            if (named != null) return new TextCharset(named.name().startsWith("UTF-16") ? StandardCharsets.UTF_8 : named, 0, From.TEXT);
        }
        return new TextCharset(utf8(in.bytes()) ? StandardCharsets.UTF_8 : Charset.forName("windows-1252"), 0, From.GUESS);
    }

    private static Charset named(String name) {
        if (name == null || name.isEmpty()) return null;
        try {
            Charset charset = Charset.forName(name.strip());
            return charset.equals(StandardCharsets.ISO_8859_1) || charset.equals(StandardCharsets.US_ASCII) ? Charset.forName("windows-1252") : charset;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException _) {
            return null;
        }
    }

    /// Whether bytes are UTF-8; a character that is cut at the end is forgiven.
    static boolean utf8(byte[] bytes) {
        int end = bytes.length;
        for (int back = 1; back <= 3 && back <= bytes.length; back++) {
            int b = bytes[bytes.length - back] & 0xff;
            if (b < 0x80) break;
            if (b >= 0xc0) {
                if (back < (b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2)) end = bytes.length - back;
                break;
            }
        }
        try {
            var decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
            var out = java.nio.CharBuffer.allocate(8192);
            var from = ByteBuffer.wrap(bytes, 0, end);
            for (;;) {
                var result = decoder.decode(from, out, true);
                if (result.isError()) result.throwException();
                if (result.isUnderflow()) return true;
                out.clear();
            }
        } catch (CharacterCodingException _) {
            return false;
        }
    }

    /// The text of bytes in this set; what is not of it becomes U+FFFD.
    public String decode(byte[] bytes) {
        int from = Math.min(skip, bytes.length);
        return new String(bytes, from, bytes.length - from, charset);
    }
}
