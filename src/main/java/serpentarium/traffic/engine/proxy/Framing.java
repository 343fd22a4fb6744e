package serpentarium.traffic.engine.proxy;

import serpentarium.base.Strings;

/// How long a body is, as its head says it without a doubt.
///
/// @param kind   how its end is found
/// @param length where it is known
record Framing(Kind kind, long length) {
    /// No body.
    static final Framing NONE = new Framing(Kind.NONE, 0);
    private static final Strings STRINGS = Strings.of(Framing.class);
    private static final Framing CHUNKED = new Framing(Kind.CHUNKED, 0);
    private static final Framing TO_CLOSE = new Framing(Kind.TO_CLOSE, 0);

    /// How the end of a body is found.
    enum Kind { NONE, LENGTH, CHUNKED, TO_CLOSE }

    /// The body of a request.
    ///
    /// @throws BadMessage when its length can be understood in two ways
    static Framing ofRequest(Head head, boolean http10) throws BadMessage {
        String coding = head.only("transfer-encoding");
        String length = head.only("content-length");
        if (coding != null) {
            if (length != null || http10 || !chunked(coding)) throw bad();
            return CHUNKED;
        }
        return length == null ? NONE : ofLength(length);
    }

    /// The body of a response.
    ///
    /// @param bodiless whether the request was one whose response has no body
    /// @throws BadMessage when its length can be understood in two ways
    static Framing ofResponse(Head head, int status, boolean bodiless) throws BadMessage {
        String coding = head.only("transfer-encoding");
        String length = head.only("content-length");
        if (coding != null && length != null) throw bad();
        if (status < 200 || status == 204) {
            if (coding != null) throw bad();
            return NONE;
        }
        if (bodiless || status == 304) return NONE;
        if (coding != null) return chunked(coding) ? CHUNKED : TO_CLOSE;
        return length == null ? TO_CLOSE : ofLength(length);
    }

    private static Framing ofLength(String digits) throws BadMessage {
        boolean plain = !digits.isEmpty() && digits.length() <= 18 && digits.chars().allMatch(c -> c >= '0' && c <= '9') && (digits.equals("0") || digits.charAt(0) != '0');
        if (!plain) throw bad();
        long length = Long.parseLong(digits);
        return length == 0 ? NONE : new Framing(Kind.LENGTH, length);
    }

    /// Whether chunked is the last coding, stands there once, and the ones before it are known.
    private static boolean chunked(String codings) {
        String[] names = codings.split(",", -1);
        for (int i = 0; i < names.length; i++) {
            String name = names[i].strip();
            boolean last = i == names.length - 1;
            if (last != name.equalsIgnoreCase("chunked")) return false;
            if (!last && !name.equalsIgnoreCase("gzip") && !name.equalsIgnoreCase("deflate") && !name.equalsIgnoreCase("compress")) return false;
        }
        return true;
    }

    private static BadMessage bad() {
        return new BadMessage(400, STRINGS.get("bad.length"));
    }
}
