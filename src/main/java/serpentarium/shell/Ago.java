package serpentarium.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import serpentarium.base.Strings;

/// Says how long ago something was, the nearer the finer.
final class Ago {
    private static final Strings STRINGS = Strings.of(Ago.class);

    private Ago() {}

    /// `just now`, `5 min ago`, `3 h ago`, `yesterday`, `4 days ago`, then the date.
    static String text(Instant then, Instant now, ZoneId zone) {
        Duration since = Duration.between(then, now);
        if (since.toMinutes() < 1) return STRINGS.get("ago.now");
        if (since.toMinutes() < 60) return STRINGS.get("ago.minutes", since.toMinutes());
        LocalDate day = LocalDate.ofInstant(then, zone);
        long days = ChronoUnit.DAYS.between(day, LocalDate.ofInstant(now, zone));
        if (days == 0) return STRINGS.get("ago.hours", since.toHours());
        if (days == 1) return STRINGS.get("ago.yesterday");
        if (days < 7) return STRINGS.get("ago.days", days);
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).format(day);
    }
}
