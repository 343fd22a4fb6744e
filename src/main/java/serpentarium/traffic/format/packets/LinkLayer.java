package serpentarium.traffic.format.packets;

/// Finds the IP packet behind what a link puts before it.
///
/// Source: the link types of tcpdump.org.
final class LinkLayer {
    private LinkLayer() {}

    /// Whether packets of this link type can be read.
    static boolean known(int linkType) {
        return switch (linkType) {
            case 0, 1, 12, 14, 101, 108, 113, 228, 229, 276 -> true;
            default -> false;
        };
    }

    /// Whether the link is the pseudo interface `any`, on which a packet may be seen twice.
    static boolean any(int linkType) {
        return linkType == 113 || linkType == 276;
    }

    /// Where the IP packet begins, from 0; -1 where there is none.
    static int ip(int linkType, byte[] b, int from, int length) {
        return switch (linkType) {
            case 1 -> length < 14 ? -1 : type(b, from, 14, u16(b, from + 12), length);
            case 113 -> length < 16 ? -1 : type(b, from, 16, u16(b, from + 14), length);
            case 276 -> length < 20 ? -1 : type(b, from, 20, u16(b, from), length);
            case 0, 108 -> length < 4 ? -1 : 4;
            case 12, 14, 101, 228, 229 -> 0;
            default -> -1;
        };
    }

    private static int type(byte[] b, int from, int header, int first, int length) {
        int at = header;
        int type = first;
        for (int tags = 0; tags < 8; tags++) {
            switch (type) {
                case 0x0800, 0x86dd -> {
                    return at;
                }
                case 0x8100, 0x88a8, 0x9100 -> {
                    if (at + 4 > length) return -1;
                    type = u16(b, from + at + 2);
                    at += 4;
                }
                case 0x8864 -> {
                    return at + 8 <= length && (u16(b, from + at + 6) == 0x21 || u16(b, from + at + 6) == 0x57) ? at + 8 : -1;
                }
                case 0x8847, 0x8848 -> {
                    if (at + 4 > length) return -1;
                    boolean bottom = (b[from + at + 2] & 1) != 0;
                    at += 4;
                    if (bottom) return at;
                }
                default -> {
                    return -1;
                }
            }
        }
        return -1;
    }

    static int u16(byte[] b, int at) {
        return (b[at] & 0xff) << 8 | b[at + 1] & 0xff;
    }

    static int i32(byte[] b, int at) {
        return u16(b, at) << 16 | u16(b, at + 2);
    }

    static long i64(byte[] b, int at) {
        return (long) i32(b, at) << 32 | i32(b, at + 4) & 0xffff_ffffL;
    }
}
