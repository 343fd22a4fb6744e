package serpentarium.traffic.format.har;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times of a HAR: ISO 8601 with or without a zone.
final class HarTime {
    private static final Pattern ISO = Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)[T ](\\d\\d):(\\d\\d)(?::(\\d\\d)(?:[.,](\\d{1,12}))?)?\\s*(Z|z|[+-]\\d\\d:?\\d\\d)?");

    private HarTime() {}

    /// Seconds since 1970; NaN for what is no time. Without a zone it is taken as UTC.
    static double seconds(String text) {
        Matcher match = text.length() > 60 ? null : ISO.matcher(text.strip());
        if (match == null || !match.matches()) return Double.NaN;
        try {
            var local = LocalDateTime.of(number(match, 1), number(match, 2), number(match, 3), number(match, 4), number(match, 5),
                    match.group(6) == null ? 0 : Math.min(59, number(match, 6)));
            double fraction = match.group(7) == null ? 0 : Double.parseDouble("0." + match.group(7));
            return local.toEpochSecond(ZoneOffset.UTC) - offset(match.group(8)) + fraction;
        } catch (java.time.DateTimeException e) {
            return Double.NaN;
        }
    }

    private static int number(Matcher match, int group) {
        return Integer.parseInt(match.group(group));
    }

    private static long offset(String zone) {
        if (zone == null || zone.equalsIgnoreCase("z")) return 0;
        String digits = zone.replace(":", "");
        long seconds = Integer.parseInt(digits.substring(1, 3)) * 3600L + Integer.parseInt(digits.substring(3)) * 60L;
        return zone.charAt(0) == '-' ? -seconds : seconds;
    }

    /// As it is written: UTC, to the microsecond.
    static String text(double seconds) {
        if (Double.isNaN(seconds) || Math.abs(seconds) > 2e11) return "1970-01-01T00:00:00.000Z";
        long micros = Math.round(seconds * 1e6);
        Instant at = Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
        LocalDateTime utc = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
        String fraction = "%06d".formatted(at.getNano() / 1000);
        if (fraction.endsWith("000")) fraction = fraction.substring(0, 3);
        return "%04d-%02d-%02dT%02d:%02d:%02d.%sZ".formatted(utc.getYear(), utc.getMonthValue(), utc.getDayOfMonth(), utc.getHour(), utc.getMinute(),
                utc.getSecond(), fraction);
    }
}
