package serpentarium.traffic.analysis;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Numbers with units in filters.
final class FilterNumber {
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)\\s*([a-zµ]*)");

    /// What a number measures.
    enum Measure { TIME, SIZE, COUNT }

    private FilterNumber() {}

    /// A number in seconds, bytes or pieces; NaN where it is none. A bare number is milliseconds, bytes or pieces.
    static double parse(String text, Measure measure) {
        Matcher matcher = NUMBER.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) return Double.NaN;
        return Double.parseDouble(matcher.group(1)) * factor(matcher.group(2), measure);
    }

    /// Whether a word is a unit.
    static boolean unit(String text, Measure measure) {
        return !text.isEmpty() && !Double.isNaN(factor(text.toLowerCase(Locale.ROOT), measure));
    }

    private static double factor(String unit, Measure measure) {
        return switch (measure) {
            case COUNT -> unit.isEmpty() ? 1 : Double.NaN;
            case TIME -> switch (unit) {
                case "us", "µs" -> 1e-6;
                case "ms", "" -> 1e-3;
                case "s" -> 1;
                case "m", "min" -> 60;
                case "h" -> 3600;
                default -> Double.NaN;
            };
            case SIZE -> switch (unit) {
                case "b", "" -> 1;
                case "k", "kb" -> 1000;
                case "kib" -> 1024;
                case "m", "mb" -> 1e6;
                case "mib" -> 1 << 20;
                case "g", "gb" -> 1e9;
                case "gib" -> 1 << 30;
                default -> Double.NaN;
            };
        };
    }
}
