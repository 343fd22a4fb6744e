package serpentarium.traffic.format.wire;

import serpentarium.traffic.WireText;

/// Texts that come again and again, such as the names of fields: kept once. A newer one takes the place of an older one.
final class Names {
    private static final int SIZE = 1 << 12;
    private static final int LONGEST = 128;

    private final String[] texts = new String[SIZE];

    /// The bytes as text, which may have been made before.
    String text(byte[] bytes, int from, int length) {
        if (length == 0) return "";
        if (length > LONGEST) return WireText.decode(bytes, from, length);
        int hash = length;
        for (int i = from; i < from + length; i++) hash = hash * 31 + bytes[i];
        int slot = (hash ^ hash >>> 15) & SIZE - 1;
        String known = texts[slot];
        if (known != null && same(known, bytes, from, length)) return known;
        String made = WireText.decode(bytes, from, length);
        texts[slot] = made;
        return made;
    }

    private static boolean same(String text, byte[] bytes, int from, int length) {
        if (text.length() != length) return false;
        for (int i = 0; i < length; i++) if (bytes[from + i] < 0 || text.charAt(i) != bytes[from + i]) return false;
        return true;
    }
}
