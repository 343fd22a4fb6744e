package serpentarium.traffic.analysis;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import serpentarium.traffic.WireText;

/// A parameter of a query or a form.
///
/// @param rawName  as it was written
/// @param rawValue as it was written; null where there is no `=`
public record Parameter(String rawName, String rawValue) {
    /// The parameters of a path with its query, in their order; empty where there is no query.
    public static List<Parameter> ofPath(String path) {
        int query = path.indexOf('?');
        if (query < 0) return List.of();
        int fragment = path.indexOf('#', query);
        return of(path.substring(query + 1, fragment < 0 ? path.length() : fragment));
    }

    /// The parameters of a query or of a form's body, in their order.
    public static List<Parameter> of(String text) {
        var parameters = new ArrayList<Parameter>();
        for (String part : text.split("&")) {
            if (part.isEmpty()) continue;
            int equals = part.indexOf('=');
            parameters.add(equals < 0 ? new Parameter(part, null) : new Parameter(part.substring(0, equals), part.substring(equals + 1)));
        }
        return parameters;
    }

    /// The name without its encoding.
    public String name() {
        return decoded(rawName);
    }

    /// The value without its encoding; empty where there is none.
    public String value() {
        return rawValue == null ? "" : decoded(rawValue);
    }

    /// Undoes `+` and `%XX`; a `%` that begins no such pair stays. Bytes that are no UTF-8 are kept as [WireText] has them.
    static String decoded(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) return text;
        byte[] wire = WireText.encode(text);
        var bytes = new ByteArrayOutputStream(wire.length);
        for (int i = 0; i < wire.length; i++) {
            int high = wire[i] == '%' && i + 2 < wire.length ? Character.digit(wire[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(wire[i + 2], 16);
            if (low >= 0) {
                bytes.write(high << 4 | low);
                i += 2;
            } else bytes.write(wire[i] == '+' ? ' ' : wire[i]);
        }
        return WireText.decode(bytes.toByteArray());
    }
}
