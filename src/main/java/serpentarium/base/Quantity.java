package serpentarium.base;

import java.time.Duration;
import java.util.Locale;

/// The one formatter each for time, size, count and share. Pure; the results are for people, not for parsing.
public final class Quantity {
    private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Quantity() {}

    /// A time in seconds with three significant digits and a fitting unit: `1.23 s`, `45.6 ms`, `789 µs`, `12 ns`; from two
    /// minutes on `2 min 03 s`, from two hours on `2 h 05 min`. Negative times keep their sign.
    public static String time(double seconds) {
        if (Double.isNaN(seconds)) return "–";
        double size = Math.abs(seconds);
        String sign = seconds < 0 ? "−" : "";
        if (size == 0) return "0 s";
        if (Double.isInfinite(size)) return sign + "∞";
        if (size >= 7200) return sign + String.format(Locale.ROOT, "%,d h %02d min", (long) (size / 3600), (long) (size / 60) % 60);
        if (size >= 120) return sign + String.format(Locale.ROOT, "%d min %02d s", (long) (size / 60), (long) size % 60);
        if (size >= 0.9995) return sign + digits(size) + " s";
        if (size >= 0.9995e-3) return sign + digits(size * 1e3) + " ms";
        if (size >= 0.9995e-6) return sign + digits(size * 1e6) + " µs";
        return size < 0.9995e-12 ? "<0.001 ns" : sign + digits(size * 1e9) + " ns";
    }

    /// See [#time(double)].
    public static String time(Duration duration) {
        return time(duration.toNanos() / 1e9);
    }

    /// A size in bytes: `512 B`, `1.50 KiB`, `2.00 GiB`.
    public static String size(double bytes) {
        if (Double.isNaN(bytes)) return "–";
        double size = Math.abs(bytes);
        String sign = bytes < 0 ? "−" : "";
        if (Double.isInfinite(size)) return sign + "∞";
        if (size < 1024) return sign + (size == Math.rint(size) ? String.valueOf((long) size) : digits(size)) + " B";
        int unit = 0;
        while (size >= 1023.5 && unit < BINARY.length - 1) {
            size /= 1024;
            unit++;
        }
        return sign + digits(size) + " " + BINARY[unit];
    }

    /// A whole number with thousands separated: `1,234,567`.
    public static String count(long value) {
        if (value == Long.MIN_VALUE) return String.format(Locale.ROOT, "%,d", value).replace('-', '−');
        var digits = new StringBuilder(Long.toString(Math.abs(value)));
        for (int at = digits.length() - 3; at > 0; at -= 3) digits.insert(at, ',');
        return value < 0 ? digits.insert(0, '−').toString() : digits.toString();
    }

    /// A number of things that need not be whole: whole ones as [#count(long)], others with three significant digits.
    public static String count(double value) {
        if (Double.isNaN(value)) return "–";
        if (Double.isInfinite(value)) return value < 0 ? "−∞" : "∞";
        if (value == Math.rint(value) && Math.abs(value) < 1e15) return count((long) value);
        double size = Math.abs(value);
        return (value < 0 ? "−" : "") + (size >= 1e15 ? String.format(Locale.ROOT, "%.3g", size) : digits(size));
    }

    /// A share of a whole, 0…1, as per cent with one decimal: `12.5 %`; small but not zero is `<0.1 %`.
    public static String share(double share) {
        if (Double.isNaN(share) || Double.isInfinite(share)) return "–";
        double percent = share * 100;
        if (percent > 0 && percent < 0.05) return "<0.1 %";
        if (percent < 0 && percent > -0.05) return ">−0.1 %";
        return String.format(Locale.ROOT, "%.1f %%", percent).replace("-", "−");
    }

    /// Three significant digits without exponent for 0.001…999.5; thousands are separated above.
    private static String digits(double value) {
        if (value >= 999.5) return String.format(Locale.ROOT, "%,.0f", value);
        if (value >= 99.95) return fixed(value, 0, 1);
        if (value >= 9.995) return fixed(value, 1, 10);
        if (value >= 0.9995 || value == 0) return fixed(value, 2, 100);
        return String.format(Locale.ROOT, "%.3g", value);
    }

    /// As a format string says it, which takes ten times as long: lists that grow ask some thousand times a second.
    private static String fixed(double value, int places, int scale) {
        double scaled = value * scale;
        double whole = Math.floor(scaled);
        // Where rounding hangs on the last bit, the slow way is the one that is right.
        if (Math.abs(scaled - whole - 0.5) < 1e-6) return String.format(Locale.ROOT, "%." + places + "f", value);
        long rounded = (long) (scaled - whole < 0.5 ? whole : whole + 1);
        if (places == 0) return Long.toString(rounded);
        String rest = Long.toString(rounded % scale);
        return rounded / scale + "." + "0".repeat(places - rest.length()) + rest;
    }
}
