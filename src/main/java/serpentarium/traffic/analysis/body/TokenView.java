package serpentarium.traffic.analysis.body;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import serpentarium.base.Bid;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;

/// Tokens that carry something readable: JSON Web Tokens and the user and password of Basic, as bodies or as values of a header field. No signature
/// is checked.
///
/// Source: RFC 7519, RFC 7515, RFC 7617.
public final class TokenView implements BodyView {
    private static final Strings STRINGS = Strings.of(TokenView.class);
    private static final Pattern JWT = Pattern.compile("\\A\\s{0,20}(?:Bearer\\s{1,9})?(eyJ[A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]*)\\s{0,20}\\z",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BASIC = Pattern.compile("\\A\\s{0,20}Basic\\s{1,9}([A-Za-z0-9+/_-]{2,4000}={0,2})\\s{0,20}\\z", Pattern.CASE_INSENSITIVE);
    private static final Pattern TIME = Pattern.compile("\"(exp|iat|nbf|auth_time)\"\\s{0,9}:\\s{0,9}(\\d{9,11})\\b");
    private static final int LONGEST = 64 * 1024;

    @Override public String id() {
        return "token";
    }

    @Override public Bid bid(BodyInput in) {
        if (in.bytes().length > LONGEST) return new Bid.No(STRINGS.get("bid.token"));
        String text = new String(in.bytes(), StandardCharsets.ISO_8859_1);
        return in.mediaType().equals("application/jwt") || JWT.matcher(text).matches() || BASIC.matcher(text).matches() ? new Bid.Yes(92)
                : new Bid.No(STRINGS.get("bid.token"));
    }

    @Override public BodyModel model(BodyInput in, TaskContext context) {
        BodyModel.Text decoded = in.bytes().length > LONGEST ? null : decode(new String(in.bytes(), StandardCharsets.ISO_8859_1), context);
        if (decoded == null) throw new ProblemException(Problem.of(STRINGS, "body.token", Place.NOWHERE));
        return decoded;
    }

    /// What a token says, of a body or of a field's value with or without its scheme; null where it is none that can be read.
    public static BodyModel.Text decode(String value, TaskContext context) {
        var out = new PrettyText();
        Matcher basic = BASIC.matcher(value);
        if (basic.matches()) {
            byte[] pair = bytes(basic.group(1));
            if (pair == null) return null;
            String text = new String(pair, TextCharset.utf8(pair) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
            int colon = text.indexOf(':');
            out.add(STRINGS.get("token.user"), Spans.Kind.NAME).add(": ").add(colon < 0 ? text : text.substring(0, colon), Spans.Kind.STRING);
            if (colon >= 0) out.line(0).add(STRINGS.get("token.password"), Spans.Kind.NAME).add(": ").add(text.substring(colon + 1), Spans.Kind.STRING);
            return out.model("");
        }
        Matcher jwt = JWT.matcher(value);
        if (!jwt.matches()) return null;
        byte[] head = bytes(jwt.group(1));
        byte[] claims = bytes(jwt.group(2));
        if (head == null || claims == null) return null;
        part(out, "token.header", head, context);
        out.line(0).line(0);
        part(out, "token.claims", claims, context);
        String said = new String(claims, StandardCharsets.UTF_8);
        Matcher time = TIME.matcher(said);
        boolean first = true;
        while (time.find()) {
            if (first) out.line(0);
            first = false;
            out.line(0).add(time.group(1), Spans.Kind.NAME).add(" = ").add(instant(time.group(2)), Spans.Kind.NUMBER);
        }
        out.line(0).line(0).add(STRINGS.get("token.signature", jwt.group(3).length() * 3 / 4), Spans.Kind.COMMENT);
        return out.model("");
    }

    private static String instant(String seconds) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(seconds)).toString();
        } catch (DateTimeException _) {
            return seconds;
        }
    }

    private static void part(PrettyText out, String title, byte[] json, TaskContext context) {
        out.add(STRINGS.get(title), Spans.Kind.COMMENT).line(0);
        String text = new String(json, StandardCharsets.UTF_8);
        var walk = new JsonWalk(text, context);
        if (!walk.value(0, new JsonPretty(text, out))) out.add(text, walk.fault(), text.length(), Spans.Kind.FAULT);
    }

    private static byte[] bytes(String base64) {
        try {
            return Base64.getUrlDecoder().decode(base64.replace('+', '-').replace('/', '_').replaceAll("=+$", ""));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
