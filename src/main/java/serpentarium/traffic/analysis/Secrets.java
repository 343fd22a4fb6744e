package serpentarium.traffic.analysis;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What counts as a secret in a conversation, in one place: for what is masked on the screen and for what is taken out of an export.
///
/// @param headers names of header fields, in small letters, whose value is one; those that begin with a prefix of [#PREFIXES] are too
/// @param fields  names of query parameters, form fields and JSON members, in small letters without `-` and `_`, whose value is one
public record Secrets(Set<String> headers, Set<String> fields) {
    /// What stands for a secret.
    public static final String MASK = "••••••";

    /// Beginnings of names of header fields whose value is a secret.
    public static final List<String> PREFIXES = List.of("x-csrf", "x-xsrf", "x-amz-security-");

    /// What is usual.
    public static final Secrets USUAL = new Secrets(
            Set.of("authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "x-auth-token", "x-access-token", "api-key", "apikey",
                    "x-goog-api-key", "x-vault-token", "x-gitlab-token", "private-token", "x-session-token", "authentication-info", "x-hub-signature",
                    "x-hub-signature-256", "dpop"),
            Set.of("token", "accesstoken", "refreshtoken", "idtoken", "authtoken", "apitoken", "sessiontoken", "csrftoken", "apikey", "key", "secret",
                    "clientsecret", "password", "passwd", "pwd", "passphrase", "auth", "authorization", "signature", "sig", "session", "sessionid", "sid",
                    "jwt", "assertion", "clientassertion", "code", "codeverifier", "otp", "pin", "privatekey", "secretkey", "xamzsignature",
                    "xamzcredential", "xamzsecuritytoken", "credential", "cvv", "csrf", "xsrf"));

    private static final UnaryOperator<String> MASKED = _ -> MASK;
    private static final Pattern JWT = Pattern.compile("eyJ[A-Za-z0-9_-]{5,}\\.eyJ[A-Za-z0-9_-]{5,}\\.[A-Za-z0-9_-]*");
    private static final Pattern USER = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]{0,20}://)[^/?#@]*@");

    public Secrets {
        headers = Set.copyOf(headers);
        fields = Set.copyOf(fields);
    }

    /// Whether the value of a header field is a secret.
    public boolean header(String name) {
        String small = name.toLowerCase(Locale.ROOT);
        return headers.contains(small) || PREFIXES.stream().anyMatch(small::startsWith);
    }

    /// Whether the value of a query parameter, a form field or a JSON member is a secret.
    public boolean field(String name) {
        return fields.contains(plain(name));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "").replace(".", "");
    }

    /// These and more: names of header fields and of other fields at once.
    public Secrets and(Collection<String> names) {
        Set<String> moreHeaders = new HashSet<>(headers);
        Set<String> moreFields = new HashSet<>(fields);
        for (String name : names) {
            if (name.isBlank()) continue;
            moreHeaders.add(name.strip().toLowerCase(Locale.ROOT));
            moreFields.add(plain(name.strip()));
        }
        return new Secrets(moreHeaders, moreFields);
    }

    /// These without some.
    public Secrets without(Collection<String> names) {
        Set<String> fewerHeaders = new HashSet<>(headers);
        Set<String> fewerFields = new HashSet<>(fields);
        for (String name : names) {
            fewerHeaders.remove(name.strip().toLowerCase(Locale.ROOT));
            fewerFields.remove(plain(name.strip()));
        }
        return new Secrets(fewerHeaders, fewerFields);
    }

    /// A header field's value as it may be seen: the scheme of an authorization stays, and the names of cookies with what they allow.
    public String headerValue(String name, String value) {
        return headerValue(name, value, MASKED);
    }

    /// A header field's value with something else for its secrets. See [#headerValue(String, String)].
    public String headerValue(String name, String value, UnaryOperator<String> stand) {
        if (!header(name)) return url(value, stand);
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "authorization", "proxy-authorization" -> {
                int space = value.indexOf(' ');
                yield space > 0 && space < 20 ? value.substring(0, space + 1) + stand.apply(value.substring(space + 1)) : stand.apply(value);
            }
            case "cookie" -> cookies(value, stand);
            case "set-cookie" -> {
                int end = value.indexOf(';');
                yield cookies(end < 0 ? value : value.substring(0, end), stand) + (end < 0 ? "" : value.substring(end));
            }
            default -> stand.apply(value);
        };
    }

    private static String cookies(String value, UnaryOperator<String> stand) {
        var masked = new StringBuilder();
        for (String part : value.split(";", -1)) {
            int equals = part.indexOf('=');
            if (!masked.isEmpty()) masked.append(';');
            if (equals < 0) masked.append(part.isBlank() ? part : stand.apply(part.strip()));
            else masked.append(part, 0, equals + 1).append(stand.apply(part.substring(equals + 1)));
        }
        return masked.toString();
    }

    /// A text with its JSON web tokens masked.
    public static String tokens(String text) {
        return tokens(text, MASKED);
    }

    /// A text with something else for its JSON web tokens.
    public static String tokens(String text, UnaryOperator<String> stand) {
        if (!text.contains("eyJ")) return text;
        return JWT.matcher(text).replaceAll(found -> Matcher.quoteReplacement(stand.apply(found.group())));
    }

    /// A URL, or its path and query, with the usual secrets masked. See [#url(String)].
    public static String maskUrl(String url) {
        return USUAL.url(url);
    }

    /// A URL, or its path and query, with its user and password, the values of secret parameters, and web tokens masked.
    public String url(String url) {
        return url(url, MASKED);
    }

    /// A URL with something else for its secrets. See [#url(String)].
    public String url(String url, UnaryOperator<String> stand) {
        String masked = url;
        Matcher user = url.indexOf('@') < 0 ? null : USER.matcher(url);
        if (user != null && user.find())
            masked = user.group(1) + stand.apply(url.substring(user.end(1), user.end() - 1)) + url.substring(user.end() - 1);
        int query = masked.indexOf('?');
        if (query >= 0) masked = masked.substring(0, query + 1) + parameters(masked.substring(query + 1), stand);
        return tokens(masked, stand);
    }

    /// A query or a form, `name=value&…`, with the values of secret parameters masked.
    public String parameters(String text) {
        return parameters(text, MASKED);
    }

    /// A query or a form with something else for its secrets. See [#parameters(String)].
    public String parameters(String text, UnaryOperator<String> stand) {
        if (text.indexOf('=') < 0) return text;
        var masked = new StringBuilder(text.length());
        int at = 0;
        while (at <= text.length()) {
            int end = at;
            while (end < text.length() && text.charAt(end) != '&' && text.charAt(end) != ';' && text.charAt(end) != '#') end++;
            int equals = text.indexOf('=', at);
            if (equals >= at && equals < end && field(decoded(text.substring(at, equals))))
                masked.append(text, at, equals + 1).append(stand.apply(text.substring(equals + 1, end)));
            else masked.append(text, at, end);
            if (end < text.length()) masked.append(text.charAt(end));
            at = end + 1;
        }
        return masked.toString();
    }

    private static String decoded(String name) {
        if (name.indexOf('%') < 0) return name;
        try {
            return java.net.URLDecoder.decode(name, java.nio.charset.StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }
}
