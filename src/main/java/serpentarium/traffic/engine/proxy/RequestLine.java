package serpentarium.traffic.engine.proxy;

import serpentarium.base.Strings;

/// The first line of a request.
///
/// @param method  as it came
/// @param target  as it came
/// @param version `HTTP/1.0` or `HTTP/1.1`
record RequestLine(String method, String target, String version) {
    private static final Strings STRINGS = Strings.of(RequestLine.class);

    /// Reads it strictly: three words, one space between them.
    static RequestLine of(Head head) throws BadMessage {
        String line = head.line();
        int first = line.indexOf(' ');
        int second = line.indexOf(' ', first + 1);
        if (first <= 0 || second <= first + 1 || line.indexOf(' ', second + 1) >= 0 || line.indexOf('\t') >= 0) throw bad();
        String method = line.substring(0, first);
        for (int i = 0; i < method.length(); i++) {
            char c = method.charAt(i);
            if (!(c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "!#$%&'*+-.^_`|~".indexOf(c) >= 0)) throw bad();
        }
        String version = line.substring(second + 1);
        if (!version.equals("HTTP/1.1") && !version.equals("HTTP/1.0")) throw new BadMessage(505, STRINGS.get("bad.version"));
        return new RequestLine(method, line.substring(first + 1, second), version);
    }

    private static BadMessage bad() {
        return new BadMessage(400, STRINGS.get("bad.request-line"));
    }
}
