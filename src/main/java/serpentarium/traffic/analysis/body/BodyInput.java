package serpentarium.traffic.analysis.body;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// The content of a message as the views see it: without its content encoding, and perhaps cut.
///
/// @param bytes       the content, or its beginning; not to be changed
/// @param whole       whether this is all of it
/// @param contentType the field's value as it was sent; empty where there was none
public record BodyInput(byte[] bytes, boolean whole, String contentType) {
    private static final int HEAD = 4096;

    public BodyInput {
        contentType = contentType == null ? "" : contentType;
    }

    /// All of a content.
    public static BodyInput of(byte[] bytes, String contentType) {
        return new BodyInput(bytes, true, contentType);
    }

    /// The content type in small letters without parameters; empty where there is none.
    public String mediaType() {
        int end = contentType.indexOf(';');
        String type = (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        int comma = type.indexOf(',');
        return comma < 0 ? type : type.substring(0, comma).strip();
    }

    /// A parameter of the content type such as `charset`, without quotes; null where there is none.
    public String parameter(String name) {
        return HeaderValue.parameter(contentType, name);
    }

    /// The first bytes as text in which each byte is a character.
    public String head() {
        return new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.ISO_8859_1);
    }

    /// The first character that is no white space, as a byte; -1 where there is none near the beginning.
    public int firstSign() {
        int at = bytes.length >= 3 && (bytes[0] & 0xff) == 0xef && (bytes[1] & 0xff) == 0xbb && (bytes[2] & 0xff) == 0xbf ? 3 : 0;
        for (int end = Math.min(bytes.length, HEAD); at < end; at++)
            if (bytes[at] != ' ' && bytes[at] != '\n' && bytes[at] != '\r' && bytes[at] != '\t') return bytes[at] & 0xff;
        return -1;
    }

    /// Whether the content begins with these bytes.
    public boolean starts(int... magic) {
        if (bytes.length < magic.length) return false;
        for (int i = 0; i < magic.length; i++) if ((bytes[i] & 0xff) != magic[i]) return false;
        return true;
    }

    /// The content as text, in the character set that it says or seems to be in.
    public String text() {
        return TextCharset.of(this).decode(bytes);
    }
}
