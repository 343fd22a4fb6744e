package serpentarium.traffic.analysis;

import java.util.ArrayList;
import java.util.List;
import serpentarium.traffic.Flow;
import serpentarium.traffic.Side;

/// A cookie as it was sent or set.
///
/// @param name       empty where it has none, as browsers allow
/// @param value      as it was written, quotes included
/// @param attributes what follows the value of a cookie that is set, such as `Path=/`; in their order
public record Cookie(String name, String value, List<String> attributes) {
    public Cookie {
        attributes = List.copyOf(attributes);
    }

    /// The cookies of one side of a flow, in their order: those sent, or those set.
    public static List<Cookie> of(Flow flow, Side side) {
        var cookies = new ArrayList<Cookie>();
        if (side == Side.REQUEST) for (String value : flow.headers(side).all("cookie")) sent(value, cookies);
        else for (String value : flow.headers(side).all("set-cookie")) cookies.add(set(value));
        return cookies;
    }

    private static void sent(String header, List<Cookie> to) {
        for (String part : header.split(";")) if (!part.isBlank()) to.add(pair(part, List.of()));
    }

    private static Cookie set(String header) {
        String[] parts = header.split(";");
        var attributes = new ArrayList<String>();
        for (int i = 1; i < parts.length; i++) if (!parts[i].isBlank()) attributes.add(parts[i].strip());
        return pair(parts.length == 0 ? "" : parts[0], attributes);
    }

    private static Cookie pair(String part, List<String> attributes) {
        int equals = part.indexOf('=');
        return equals < 0 ? new Cookie("", part.strip(), attributes)
                : new Cookie(part.substring(0, equals).strip(), part.substring(equals + 1).strip(), attributes);
    }
}
