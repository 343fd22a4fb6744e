package serpentarium.log.analysis;

import serpentarium.log.RecordView;

/// Numbers in records: of a field, or as `name=12.5`, `name: 12 ms` in the message where it has no such field.
final class FieldNumber {
    private static final int LONGEST = 40;
    private static final int UNIT = 3;

    private FieldNumber() {}

    /// The number of a field; NaN where it has none.
    static double of(RecordView view, String field) {
        String text = view.text(field);
        return text != null ? number(text) : inMessage(view.bytes(), view.messageFrom(), view.to(), field);
    }

    /// A number in a text, with a unit of a few letters behind it or none; NaN where it is none.
    static double number(String text) {
        if (text == null) return Double.NaN;
        int end = 0;
        while (end < text.length() && (Character.isDigit(text.charAt(end)) || ".-+eE".indexOf(text.charAt(end)) >= 0)) end++;
        if (end == 0 || text.length() - end > UNIT) return Double.NaN;
        return parsed(text.substring(0, end));
    }

    private static double parsed(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException _) {
            return Double.NaN;
        }
    }

    private static double inMessage(byte[] b, int from, int to, String name) {
        int length = name.length();
        for (int at = from; at + length < to; at++) {
            if (!same(b, at, name) || at > from && wordy(b[at - 1]) || wordy(b[at + length])) continue;
            int value = at + length;
            while (value < to && (b[value] == '"' || b[value] == '\'' || b[value] == '\\' || b[value] == ' ')) value++;
            if (value >= to || b[value] != '=' && b[value] != ':') continue;
            value++;
            while (value < to && (b[value] == '"' || b[value] == '\'' || b[value] == '\\' || b[value] == ' ')) value++;
            int end = value;
            while (end < to && end - value < LONGEST && (b[end] >= '0' && b[end] <= '9' || b[end] == '.' || b[end] == '-' && end == value)) end++;
            while (end > value && b[end - 1] == '.') end--;
            double number = end == value ? Double.NaN : parsed(new String(b, value, end - value, java.nio.charset.StandardCharsets.ISO_8859_1));
            if (!Double.isNaN(number)) return number;
        }
        return Double.NaN;
    }

    private static boolean same(byte[] b, int at, String name) {
        for (int i = 0; i < name.length(); i++) {
            int c = name.charAt(i);
            int d = b[at + i];
            if (c != d && ((c | 0x20) != (d | 0x20) || (c | 0x20) < 'a' || (c | 0x20) > 'z')) return false;
        }
        return true;
    }

    private static boolean wordy(int c) {
        return c >= '0' && c <= '9' || (c | 0x20) >= 'a' && (c | 0x20) <= 'z' || c == '_';
    }
}
