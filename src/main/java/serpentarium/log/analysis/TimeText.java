package serpentarium.log.analysis;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads times as a person types them to go there: `09:14`, `2026-11-28 09:14:05.5`, `2026-11-28`, `+10m`, `-1h30m`.
public final class TimeText {
    private static final Pattern STEP = Pattern.compile("(\\d{1,9})\\s*(ms|s|min|m|h|d)");
    private static final Pattern STEPS = Pattern.compile("[+-]\\s*(?:\\d{1,9}\\s*(?:ms|s|min|m|h|d)\\s*)+");

    private TimeText() {}

    /// The time that is meant; empty where none is.
    ///
    /// @param zone of times that do not say theirs
    /// @param base from which steps count, and whose day a time without one is of, in nanoseconds since 1970
    public static OptionalLong parse(String typed, ZoneId zone, long base) {
        String text = typed.strip().replace(',', '.').replace('\u2212', '-');
        try {
            if (STEPS.matcher(text).matches()) return OptionalLong.of(Math.addExact(base, (text.charAt(0) == '-' ? -1 : 1) * steps(text)));
            ZonedDateTime day = Instant.ofEpochSecond(Math.floorDiv(base, 1_000_000_000L)).atZone(zone);
            if (text.matches("\\d{1,2}:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?")) return nanos(LocalTime.parse(text.indexOf(':') == 1 ? "0" + text : text).atDate(day.toLocalDate()).atZone(zone).toInstant());
            if (text.matches("\\d{4}-\\d\\d-\\d\\d")) return nanos(LocalDate.parse(text).atStartOfDay(zone).toInstant());
            String whole = text.replaceFirst("(\\d) +(\\d)", "$1T$2").replace(" ", "");
            if (whole.matches(".*(?:Z|[+-]\\d\\d:?\\d\\d)") && whole.indexOf('T') > 0 && (whole.endsWith("Z") || whole.indexOf('T') < whole.length() - 6))
                return nanos(OffsetDateTime.parse(whole.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2")).toInstant());
            return nanos(LocalDateTime.parse(whole).atZone(zone).toInstant());
        } catch (DateTimeException | ArithmeticException _) {
            return OptionalLong.empty();
        }
    }

    private static long steps(String text) {
        long sum = 0;
        Matcher matcher = STEP.matcher(text);
        while (matcher.find()) {
            long unit = switch (matcher.group(2)) {
                case "ms" -> 1_000_000L;
                case "s" -> 1_000_000_000L;
                case "h" -> 3_600_000_000_000L;
                case "d" -> 86_400_000_000_000L;
                default -> 60_000_000_000L;
            };
            sum = Math.addExact(sum, Math.multiplyExact(Long.parseLong(matcher.group(1)), unit));
        }
        return sum;
    }

    private static OptionalLong nanos(Instant instant) {
        return OptionalLong.of(Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano()));
    }
}
