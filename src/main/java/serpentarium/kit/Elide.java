package serpentarium.kit;

/// Cuts long texts in the middle, where paths say the least.
public final class Elide {
    private Elide() {}

    /// At most `limit` characters: the beginning and the longer end of the text with `…` between them. Surrogate pairs stay whole.
    public static String middle(String text, int limit) {
        if (text.length() <= limit) return text;
        if (limit <= 1) return "…";
        int tail = (limit - 1) * 2 / 3;
        int head = limit - 1 - tail;
        if (head > 0 && Character.isHighSurrogate(text.charAt(head - 1))) head--;
        int from = text.length() - tail;
        if (from < text.length() && Character.isLowSurrogate(text.charAt(from))) from++;
        return text.substring(0, head) + "…" + text.substring(from);
    }
}
