package serpentarium.log.ui.time;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Round times along an axis, and how they are written.
final class TimeTicks {
    private static final long SECOND = 1_000_000_000L;
    private static final long DAY = 86_400 * SECOND;
    private static final long[] STEPS = {SECOND / 1000, SECOND / 200, SECOND / 100, SECOND / 20, SECOND / 10, SECOND / 2, SECOND, 5 * SECOND, 10 * SECOND, 30 * SECOND, 60 * SECOND,
        300 * SECOND, 600 * SECOND, 1800 * SECOND, 3600 * SECOND, 3 * 3600 * SECOND, 6 * 3600 * SECOND, 12 * 3600 * SECOND, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 91 * DAY, 365 * DAY};

    private TimeTicks() {}

    /// A time with its name.
    record Tick(long time, String text) {}

    /// Ticks from one time to another.
    ///
    /// @param most how many there is room for
    static List<Tick> of(long from, long to, int most, ZoneId zone) {
        long step = STEPS[STEPS.length - 1];
        for (long each : STEPS) if ((to - from) / each < Math.max(1, most)) {
            step = each;
            break;
        }
        var ticks = new ArrayList<Tick>();
        // Round in the zone in which they are read.
        long offset = zone.getRules().getOffset(instant(from)).getTotalSeconds() * SECOND;
        for (long time = Math.ceilDiv(from + offset, step) * step - offset; time <= to && ticks.size() < 200; time += step) ticks.add(new Tick(time, text(time, step, zone)));
        return ticks;
    }

    private static String text(long time, long step, ZoneId zone) {
        ZonedDateTime at = instant(time).atZone(zone);
        boolean midnight = at.toLocalTime().toNanoOfDay() == 0;
        String pattern = step >= DAY || midnight && step >= 3600 * SECOND ? "MM-dd" : step >= 60 * SECOND ? "HH:mm" : step >= SECOND ? "HH:mm:ss" : "HH:mm:ss.SSS";
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(at);
    }

    /// A stretch of time, as precise as its length asks for.
    static String stretch(long from, long to, ZoneId zone) {
        long length = to - from;
        String clock = length < SECOND ? "HH:mm:ss.SSS" : length < 60 * SECOND ? "HH:mm:ss" : "HH:mm";
        ZonedDateTime first = instant(from).atZone(zone);
        ZonedDateTime last = instant(to).atZone(zone);
        String begin = DateTimeFormatter.ofPattern("uuuu-MM-dd " + clock, Locale.ROOT).format(first);
        boolean day = first.toLocalDate().equals(last.toLocalDate());
        return begin + " – " + DateTimeFormatter.ofPattern(day ? clock : "uuuu-MM-dd " + clock, Locale.ROOT).format(last);
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    }
}
