package serpentarium.log.format;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import serpentarium.log.RecordView;

/// Makes instants of what a line says, where it leaves out the zone or the year. It remembers the last answers, so it belongs to one thread.
public final class Clock {
    /// What a line says that has no zone.
    static final int NO_ZONE = Integer.MIN_VALUE;
    static final long SECOND = 1_000_000_000L;
    private static final int DAY = 86_400;
    private static final int QUARTER = 900;

    private final ZoneId zone;
    private final ZoneRules rules;
    private final long latest;
    private int lastDate;
    private long lastDay;
    private long offsetFor = Long.MIN_VALUE;
    private int offset;

    /// Local times are those of `zone`.
    ///
    /// @param latest a time (seconds since 1970) that no line without a year is much later than, such as when the file was last written
    public Clock(ZoneId zone, long latest) {
        this.zone = zone;
        rules = zone.getRules();
        this.latest = latest;
    }

    /// A clock for files written now, in the zone of this machine.
    public static Clock here() {
        return new Clock(ZoneId.systemDefault(), Instant.now().getEpochSecond());
    }

    /// Another clock for another thread.
    public Clock copy() {
        return new Clock(zone, latest);
    }

    /// The instant of a local time; [RecordView#NO_TIME] where there is no such date.
    ///
    /// @param second of the day
    /// @param nanos  of the second
    /// @param zone   seconds east of Greenwich, or [#NO_ZONE]
    long instant(int year, int month, int day, int second, int nanos, int zone) {
        if (month < 1 || month > 12 || day < 1 || day > 31 || year < 1700 || year > 2200 || second > DAY) return RecordView.NO_TIME;
        long local = day(year, month, day) * DAY + second;
        return (local - (zone == NO_ZONE ? offset(local) : zone)) * SECOND + nanos;
    }

    /// The instant of a local time without a year: the last one that is not after [#latest] by more than a day.
    long yearless(int month, int day, int second, int nanos, int zone) {
        int year = LocalDateTime.ofEpochSecond(latest, 0, ZoneOffset.UTC).getYear();
        long here = instant(year, month, day, second, nanos, zone);
        long next = instant(year + 1, month, day, second, nanos, zone);
        if (next != RecordView.NO_TIME && next / SECOND <= latest + DAY) return next;
        return here != RecordView.NO_TIME && here / SECOND > latest + DAY ? instant(year - 1, month, day, second, nanos, zone) : here;
    }

    private long day(int year, int month, int day) {
        int date = year << 9 | month << 5 | day;
        if (date == lastDate) return lastDay;
        // Howard Hinnant's days_from_civil.
        long y = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(y, 400);
        long ofEra = y - era * 400;
        long ofYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        lastDay = era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468;
        lastDate = date;
        return lastDay;
    }

    private int offset(long local) {
        long quarter = Math.floorDiv(local, QUARTER);
        if (quarter == offsetFor) return offset;
        offset = rules.getOffset(LocalDateTime.ofEpochSecond(quarter * QUARTER, 0, ZoneOffset.UTC)).getTotalSeconds();
        offsetFor = quarter;
        return offset;
    }
}
