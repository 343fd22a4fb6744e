package serpentarium.traffic.format.wire;

import java.util.ArrayList;
import java.util.List;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.WireText;

/// A DNS message, as far as a list of flows shows it.
///
/// Source: RFC 1035, RFC 3596, RFC 2782.
///
/// @param id      that an answer has from its query
/// @param answer  whether it is one
/// @param code    0 for no error
/// @param name    that is asked for
/// @param type    that is asked for
/// @param answers a line each: name, type and value
record DnsMessage(int id, boolean answer, int code, String name, int type, String answers) {
    private static final int MOST = 200;
    private static final int LONGEST_NAME = 255;

    /// Reads a message strictly; null where it is none.
    static DnsMessage parse(byte[] b, int from, int length) {
        if (length < 17 || u16(b, from + 4) != 1) return null;
        int flags = u16(b, from + 2);
        boolean answer = flags < 0 || (flags & 0x8000) != 0;
        int opcode = flags >> 11 & 15;
        int records = u16(b, from + 6) + u16(b, from + 8) + u16(b, from + 10);
        if (opcode > 5 || (flags & 0x40) != 0 || records > 2000 || !answer && u16(b, from + 6) > 0) return null;
        var reader = new Reader(b, from, from + length);
        reader.at = from + 12;
        String name = reader.name();
        if (name == null || reader.at + 4 > reader.end) return null;
        int type = u16(b, reader.at);
        int kind = u16(b, reader.at + 2) & 0x7fff;
        if (type == 0 || type > 0x8001 || kind != 1 && kind != 3 && kind != 4 && kind != 255) return null;
        reader.at += 4;
        var answers = new StringBuilder();
        int count = u16(b, from + 6);
        for (int i = 0; i < records; i++) {
            String line = reader.record();
            if (line == null) return null;
            if (i < count && i < MOST) answers.append(line).append('\n');
        }
        if (reader.at != reader.end) return null;
        return new DnsMessage(u16(b, from), answer, flags & 15, name, type, answers.toString());
    }

    /// What is asked for, as a request: the record's type is the method, the name the host.
    RequestHead asked(Link link) {
        return new RequestHead(typeName(type), "dns", name, 0, "", "", "", Headers.NONE);
    }

    /// The name of the code.
    String codeName() {
        return switch (code) {
            case 1 -> "FORMERR";
            case 2 -> "SERVFAIL";
            case 3 -> "NXDOMAIN";
            case 4 -> "NOTIMP";
            case 5 -> "REFUSED";
            default -> String.valueOf(code);
        };
    }

    private static String typeName(int type) {
        return switch (type) {
            case 1 -> "A";
            case 2 -> "NS";
            case 5 -> "CNAME";
            case 6 -> "SOA";
            case 12 -> "PTR";
            case 15 -> "MX";
            case 16 -> "TXT";
            case 28 -> "AAAA";
            case 33 -> "SRV";
            case 35 -> "NAPTR";
            case 41 -> "OPT";
            case 43 -> "DS";
            case 46 -> "RRSIG";
            case 48 -> "DNSKEY";
            case 64 -> "SVCB";
            case 65 -> "HTTPS";
            case 255 -> "ANY";
            case 257 -> "CAA";
            default -> "TYPE" + type;
        };
    }

    private static int u16(byte[] b, int at) {
        return (b[at] & 0xff) << 8 | b[at + 1] & 0xff;
    }

    private static final class Reader {
        private final byte[] b;
        private final int start;
        private final int end;
        private int at;

        Reader(byte[] b, int start, int end) {
            this.b = b;
            this.start = start;
            this.end = end;
        }

        /// A name; pointers go back only, so that it ends.
        String name() {
            var labels = new ArrayList<String>();
            int i = at;
            int after = -1;
            int length = 0;
            int bound = i;
            while (true) {
                if (i >= end) return null;
                int size = b[i] & 0xff;
                if (size == 0) break;
                if (size >= 0xc0) {
                    if (i + 1 >= end) return null;
                    int to = start + ((size & 0x3f) << 8 | b[i + 1] & 0xff);
                    if (after < 0) after = i + 2;
                    if (to >= bound) return null;
                    bound = to;
                    i = to;
                    continue;
                }
                if (size > 63 || i + 1 + size > end) return null;
                length += size + 1;
                if (length > LONGEST_NAME) return null;
                labels.add(WireText.decode(b, i + 1, size));
                i += size + 1;
            }
            at = after < 0 ? i + 1 : after;
            return labels.isEmpty() ? "." : String.join(".", labels);
        }

        String record() {
            String name = name();
            if (name == null || at + 10 > end) return null;
            int type = u16(b, at);
            int length = u16(b, at + 8);
            int data = at + 10;
            if (length > end - data) return null;
            String value = value(type, data, length);
            at = data + length;
            return value == null ? null : name + " " + typeName(type) + " " + value;
        }

        private String value(int type, int data, int length) {
            at = data;
            return switch (type) {
                case 1 -> length != 4 ? null : (b[data] & 255) + "." + (b[data + 1] & 255) + "." + (b[data + 2] & 255) + "." + (b[data + 3] & 255);
                case 28 -> length != 16 ? null : v6(data);
                case 2, 5, 12 -> name();
                case 15 -> {
                    at = data + 2;
                    yield length < 3 ? null : u16(b, data) + " " + name();
                }
                case 16 -> text(data, length);
                default -> length + " bytes";
            };
        }

        private String v6(int data) {
            List<String> words = new ArrayList<>();
            for (int i = 0; i < 16; i += 2) words.add(Integer.toHexString(u16(b, data + i)));
            return String.join(":", words);
        }

        private String text(int data, int length) {
            var text = new StringBuilder();
            for (int i = data; i < data + length; i += (b[i] & 0xff) + 1) {
                int size = Math.min(b[i] & 0xff, data + length - i - 1);
                text.append(text.isEmpty() ? "" : " ").append(WireText.decode(b, i + 1, size));
            }
            return text.toString();
        }
    }
}
