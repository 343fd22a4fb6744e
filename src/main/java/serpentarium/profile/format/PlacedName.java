package serpentarium.profile.format;

import serpentarium.profile.FrameTable;

/// A function's name with the place that stands behind it in many tracers' texts: `NAME (FILE:LINE)`.
///
/// @param name the name alone
/// @param file null where the text has none
/// @param line [FrameTable#NO_LINE] where the text has none
record PlacedName(String name, String file, int line) {
    /// Takes a text apart; one of another shape is a name as a whole.
    static PlacedName of(String text) {
        int length = text.length();
        if (length > 5 && text.charAt(length - 1) == ')') {
            int digits = length - 1;
            while (digits > 0 && AsciiNumber.digit(text.charAt(digits - 1))) digits--;
            int count = length - 1 - digits;
            int open = text.indexOf(" (");
            if (count > 0 && count < 10 && open > 0 && open + 3 < digits && text.charAt(digits - 1) == ':')
                return new PlacedName(text.substring(0, open), text.substring(open + 2, digits - 1),
                        Integer.parseInt(text, digits, length - 1, 10));
        }
        return new PlacedName(text, null, FrameTable.NO_LINE);
    }
}
