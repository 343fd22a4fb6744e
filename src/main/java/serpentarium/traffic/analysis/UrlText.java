package serpentarium.traffic.analysis;

import java.util.Locale;
import serpentarium.traffic.WireText;

/// Texts of URLs, encoded so that they stay what they are.
final class UrlText {
    private static final String UNRESERVED = "-._~";
    private static final String RESERVED = ":/?@!$&'()*+,;=";

    private UrlText() {}

    /// A host: what cannot stand in one is encoded.
    static String host(String host) {
        return encoded(host, true, ":");
    }

    /// A path with its query.
    static String path(String path, boolean strict) {
        return encoded(path, strict, RESERVED);
    }

    private static String encoded(String text, boolean strict, String also) {
        byte[] bytes = WireText.encode(text);
        var url = new StringBuilder(bytes.length + 16);
        for (int i = 0; i < bytes.length; i++) {
            int c = bytes[i] & 0xff;
            boolean word = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || UNRESERVED.indexOf(c) >= 0 || also.indexOf(c) >= 0;
            boolean pair = c == '%' && i + 2 < bytes.length && Character.digit(bytes[i + 1], 16) >= 0 && Character.digit(bytes[i + 2], 16) >= 0;
            boolean loose = !strict && c > ' ' && c < 0x7f && c != '#';
            if (word || pair || loose) url.append((char) c);
            else url.append('%').append(String.format(Locale.ROOT, "%02X", c));
        }
        return url.toString();
    }

    /// Whether a path has segments that clients take out: `.` and `..`.
    static boolean dotted(String url) {
        int query = url.indexOf('?');
        String path = (query < 0 ? url : url.substring(0, query)) + "/";
        return path.contains("/./") || path.contains("/../");
    }

    /// The same path with such segments encoded, so that they stay.
    static String undotted(String url) {
        int query = url.indexOf('?');
        String path = (query < 0 ? url : url.substring(0, query)) + "/";
        while (dotted(path)) path = path.replace("/../", "/%2E%2E/").replace("/./", "/%2E/");
        return path.substring(0, path.length() - 1) + (query < 0 ? "" : url.substring(query));
    }

    /// The same URL with escapes that need none undone and the others in capitals, as clients make it before they send it.
    static String canonical(String url) {
        var canonical = new StringBuilder(url.length());
        for (int i = 0; i < url.length(); i++) {
            boolean pair = url.charAt(i) == '%' && i + 2 < url.length() && Character.digit(url.charAt(i + 1), 16) >= 0 && Character.digit(url.charAt(i + 2), 16) >= 0;
            if (!pair) {
                canonical.append(url.charAt(i));
                continue;
            }
            int c = Integer.parseInt(url, i + 1, i + 3, 16);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) canonical.append((char) c);
            else canonical.append(url.substring(i, i + 3).toUpperCase(Locale.ROOT));
            i += 2;
        }
        return canonical.toString();
    }

    /// The URL that clients make of one with `.` and `..` in its path (RFC 3986 section 5.2.4).
    static String resolved(String url) {
        int from = url.indexOf('/', url.indexOf("://") + 3);
        if (from < 0 || !dotted(url)) return url;
        int query = url.indexOf('?', from);
        String path = url.substring(from, query < 0 ? url.length() : query);
        var segments = new java.util.ArrayList<String>();
        for (String segment : path.substring(1).split("/", -1)) {
            if (segment.equals("..") && !segments.isEmpty()) segments.removeLast();
            if (!segment.equals("..") && !segment.equals(".")) segments.add(segment);
        }
        if (path.endsWith("/.") || path.endsWith("/..")) segments.add("");
        return url.substring(0, from) + "/" + String.join("/", segments) + (query < 0 ? "" : url.substring(query));
    }
}
