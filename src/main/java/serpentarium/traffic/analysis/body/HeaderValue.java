package serpentarium.traffic.analysis.body;

/// Parameters of a header field's value: `type/subtype; name=value; other="quoted \" value"`.
final class HeaderValue {
    private HeaderValue() {}

    /// The value of a parameter without its quotes; null where there is none.
    static String parameter(String value, String name) {
        int at = value.indexOf(';');
        while (at >= 0 && at < value.length()) {
            at++;
            int equals = at;
            while (equals < value.length() && value.charAt(equals) != '=' && value.charAt(equals) != ';') equals++;
            boolean wanted = value.substring(at, equals).strip().equalsIgnoreCase(name);
            if (equals >= value.length()) return null;
            if (value.charAt(equals) == ';') {
                at = equals;
                continue;
            }
            at = equals + 1;
            while (at < value.length() && value.charAt(at) == ' ') at++;
            var out = new StringBuilder();
            if (at < value.length() && value.charAt(at) == '"') {
                for (at++; at < value.length() && value.charAt(at) != '"'; at++) {
                    if (value.charAt(at) == '\\' && at + 1 < value.length()) at++;
                    out.append(value.charAt(at));
                }
                at = value.indexOf(';', at);
            } else {
                int end = value.indexOf(';', at);
                out.append(value, at, end < 0 ? value.length() : end);
                at = end;
            }
            if (wanted) return out.toString().strip();
        }
        return null;
    }
}
