package serpentarium.traffic.format.har;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import serpentarium.traffic.Headers;

/// The cookies of header fields as HAR lists them.
///
/// Source: RFC 6265 sections 4.1 and 4.2.
final class HarCookies {
    private HarCookies() {}

    static void request(JsonGenerator to, Headers headers) throws IOException {
        to.writeArrayFieldStart("cookies");
        for (String value : headers.all("cookie")) {
            for (String part : value.split(";")) {
                if (part.isBlank()) continue;
                int equals = part.indexOf('=');
                HarEntryWriter.pair(to, equals < 0 ? "" : part.substring(0, equals).strip(), part.substring(equals + 1).strip());
            }
        }
        to.writeEndArray();
    }

    static void response(JsonGenerator to, Headers headers) throws IOException {
        to.writeArrayFieldStart("cookies");
        for (String value : headers.all("set-cookie")) set(to, value.split(";"));
        to.writeEndArray();
    }

    private static void set(JsonGenerator to, String[] parts) throws IOException {
        if (parts.length == 0) return;
        int equals = parts[0].indexOf('=');
        to.writeStartObject();
        to.writeStringField("name", equals < 0 ? "" : parts[0].substring(0, equals).strip());
        to.writeStringField("value", parts[0].substring(equals + 1).strip());
        boolean httpOnly = false;
        boolean secure = false;
        String path = null;
        String domain = null;
        String expires = null;
        String sameSite = null;
        for (int i = 1; i < parts.length; i++) {
            int at = parts[i].indexOf('=');
            String name = (at < 0 ? parts[i] : parts[i].substring(0, at)).strip().toLowerCase(Locale.ROOT);
            String value = at < 0 ? "" : parts[i].substring(at + 1).strip();
            switch (name) {
                case "httponly" -> httpOnly = true;
                case "secure" -> secure = true;
                case "path" -> path = value;
                case "domain" -> domain = value;
                case "expires" -> expires = value;
                case "samesite" -> sameSite = value;
                default -> { }
            }
        }
        if (path != null) to.writeStringField("path", path);
        if (domain != null) to.writeStringField("domain", domain);
        if (expires != null) to.writeStringField("expires", iso(expires));
        to.writeBooleanField("httpOnly", httpOnly);
        to.writeBooleanField("secure", secure);
        if (sameSite != null) to.writeStringField("sameSite", sameSite);
        to.writeEndObject();
    }

    /// HAR has ISO 8601; a date that is none of HTTP's stays as it is.
    private static String iso(String date) {
        try {
            var at = java.time.ZonedDateTime.parse(date.replace('-', ' '), java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME);
            return HarTime.text(at.toEpochSecond());
        } catch (java.time.DateTimeException e) {
            return date;
        }
    }
}
