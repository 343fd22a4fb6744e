package serpentarium.traffic.engine.live;

/// Addresses as they are written: the shortest form of RFC 5952, which the readers of captures use too.
final class IpText {
    private static final int WORDS = 8;

    private IpText() {}

    /// Of 4 or 16 bytes in the order of the wire; an IPv4 address inside one of IPv6 is written as IPv4.
    static String of(byte[] address) {
        if (address.length == 4) return v4(address, 0);
        boolean mapped = address[10] == -1 && address[11] == -1;
        for (int i = 0; i < 10; i++) mapped &= address[i] == 0;
        return mapped ? v4(address, 12) : v6(address);
    }

    private static String v4(byte[] a, int from) {
        return (a[from] & 255) + "." + (a[from + 1] & 255) + "." + (a[from + 2] & 255) + "." + (a[from + 3] & 255);
    }

    private static String v6(byte[] a) {
        int best = -1;
        int longest = 1;
        for (int i = 0; i < WORDS; i++) {
            int run = 0;
            while (i + run < WORDS && word(a, i + run) == 0) run++;
            if (run > longest) {
                best = i;
                longest = run;
            }
        }
        var text = new StringBuilder();
        for (int i = 0; i < WORDS; i++) {
            if (i == best) {
                text.append("::");
                i += longest - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') text.append(':');
            text.append(Integer.toHexString(word(a, i)));
        }
        return text.toString();
    }

    private static int word(byte[] a, int i) {
        return (a[2 * i] & 255) << 8 | a[2 * i + 1] & 255;
    }
}
