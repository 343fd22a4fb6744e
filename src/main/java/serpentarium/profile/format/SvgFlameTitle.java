package serpentarium.profile.format;

import java.nio.charset.StandardCharsets;

/// What the title of a box says: `NAME (COUNT UNIT, PERCENT%)`, in a picture of a difference `NAME (COUNT UNIT, PERCENT%; DIFFERENCE%)`.
///
/// @param name       the function as it stands there
/// @param count      its cost with all above it
/// @param unit       what is counted
/// @param difference whether it says how much it differs
record SvgFlameTitle(String name, double count, String unit, boolean difference) {
    /// Takes a title apart; null where it is of another shape.
    static SvgFlameTitle of(String title) {
        String text = title.strip();
        // Lines below the first may say more.
        int end = text.indexOf('\n');
        SvgFlameTitle first = end < 0 ? null : ofLine(text.substring(0, end).strip());
        return first != null ? first : ofLine(text);
    }

    private static SvgFlameTitle ofLine(String text) {
        int open = text.endsWith("%)") ? text.lastIndexOf(" (") : -1;
        int blank = open < 0 ? -1 : text.indexOf(' ', open + 2);
        int comma = text.lastIndexOf(", ");
        if (open <= 0 || blank < 0 || comma < blank - 1) return null;
        byte[] digits = text.substring(open + 2, blank).replace(",", "").getBytes(StandardCharsets.ISO_8859_1);
        double count = AsciiNumber.parse(digits, 0, digits.length);
        if (!(count >= 0 && count <= 1e15)) return null;
        String name = text.substring(0, open);
        String unit = comma > blank ? text.substring(blank + 1, comma) : "";
        return new SvgFlameTitle(name, count, unit, text.indexOf(';', Math.max(comma, open)) >= 0);
    }
}
