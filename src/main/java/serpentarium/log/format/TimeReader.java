package serpentarium.log.format;

import serpentarium.log.RecordView;

/// Reads a time in any of the forms that logs have: ISO 8601 and what Python, Apache, nginx, syslog, `ctime` and the American and German habits make
/// of it, a bare clock, seconds since 1970. It makes no objects and belongs to one thread.
final class TimeReader {
    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
    private static final String DAYS = "montuewedthufrisatsun";

    private final Clock clock;
    private long time;
    private boolean dayFirst;
    private int end;
    private int second;
    private int nanos;
    private int zone;

    TimeReader(Clock clock) {
        this.clock = clock;
    }

    /// `22/11/2026` instead of `11/22/2026`.
    void dayFirst(boolean first) {
        dayFirst = first;
    }

    boolean isDayFirst() {
        return dayFirst;
    }

    /// The time that was read last; [RecordView#NO_TIME] where it was a clock without a date.
    long time() {
        return time;
    }

    /// Reads a time.
    ///
    /// @return where it ends, or -1 where there is none
    int read(byte[] b, int at, int to) {
        if (at >= to) return -1;
        time = RecordView.NO_TIME;
        int first = b[at];
        if (first >= '0' && first <= '9') return digits(b, at, to);
        if ((first | 0x20) >= 'a' && (first | 0x20) <= 'z') return words(b, at, to);
        return -1;
    }

    private int digits(byte[] b, int at, int to) {
        int n = run(b, at, to);
        if (at + n == to) return epoch(b, at, n, to);
        int next = b[at + n];
        if (n == 4 && (next == '-' || next == '/' || next == '.')) return iso(b, at, to, next);
        if (n <= 2) {
            return switch (next) {
                case ':' -> bareClock(b, at, to);
                case '/' -> slashes(b, at, n, to);
                case '.' -> dots(b, at, n, to);
                case ' ', '-' -> dayMonth(b, at, n, to, next);
                default -> -1;
            };
        }
        if (n == 8 && (next == ' ' || next == 'T' || next == '-' || next == '_')) return compact(b, at, to);
        return epoch(b, at, n, to);
    }

    private int iso(byte[] b, int at, int to, int separator) {
        int year = number(b, at, 4);
        int m = run(b, at + 5, to);
        int dayAt = at + 5 + m + 1;
        if (m < 1 || m > 2 || dayAt >= to || b[dayAt - 1] != separator) return -1;
        int d = run(b, dayAt, to);
        int after = dayAt + d;
        if (d < 1 || d > 2 || after >= to || b[after] != ' ' && b[after] != 'T' && b[after] != '_' && b[after] != '-') return -1;
        if (!clock(b, after + 1, to)) return -1;
        return at(clock.instant(year, number(b, at + 5, m), number(b, dayAt, d), second, nanos, zone));
    }

    private int at(long instant) {
        if (instant == RecordView.NO_TIME) return -1;
        time = instant;
        return end;
    }

    /// `20261122 07:49:05` and `20261122T074905Z`.
    private int compact(byte[] b, int at, int to) {
        int from = at + 9;
        int n = run(b, from, to);
        if (n == 6) {
            second = number(b, from, 2) * 3600 + number(b, from + 2, 2) * 60 + number(b, from + 4, 2);
            end = from + 6;
            rest(b, to);
        } else if (!clock(b, from, to)) return -1;
        return at(clock.instant(number(b, at, 4), number(b, at + 4, 2), number(b, at + 6, 2), second, nanos, zone));
    }

    private int bareClock(byte[] b, int at, int to) {
        if (!clock(b, at, to) || end - at < 7) return -1;
        return end;
    }

    /// `22/Nov/2026:08:01:18 +0000`, `11/22/2026 07:49:05 AM`, `22/11/26 07:49`.
    private int slashes(byte[] b, int at, int n, int to) {
        int next = at + n + 1;
        int month = month(b, next, to);
        int m = month > 0 ? 3 : run(b, next, to);
        if (m < 1 || m > 3 || month == 0 && m > 2) return -1;
        int yearAt = next + m + 1;
        if (yearAt >= to || b[yearAt - 1] != '/') return -1;
        int y = run(b, yearAt, to);
        int after = yearAt + y;
        if (y != 4 && y != 2 || after >= to || b[after] != ':' && b[after] != ' ' && b[after] != ',') return -1;
        int from = after + 1;
        if (from < to && b[from] == ' ') from++;
        if (!clock(b, from, to)) return -1;
        int year = number(b, yearAt, y) + (y == 2 ? 2000 : 0);
        int left = number(b, at, n);
        if (month > 0) return at(clock.instant(year, month, left, second, nanos, zone));
        int right = number(b, next, m);
        boolean swap = dayFirst || left > 12;
        return at(clock.instant(year, swap ? right : left, swap ? left : right, second, nanos, zone));
    }

    private int dots(byte[] b, int at, int n, int to) {
        int next = at + n + 1;
        int m = run(b, next, to);
        int yearAt = next + m + 1;
        if (m < 1 || m > 2 || yearAt >= to || b[yearAt - 1] != '.') return -1;
        int y = run(b, yearAt, to);
        int after = yearAt + y;
        if (y != 4 || after >= to || b[after] != ' ' || !clock(b, after + 1, to)) return -1;
        return at(clock.instant(number(b, yearAt, y), number(b, next, m), number(b, at, n), second, nanos, zone));
    }

    /// `22 Nov 2026 07:49:05`, `22-Nov-2026 07:49:05.123`.
    private int dayMonth(byte[] b, int at, int n, int to, int separator) {
        int next = at + n + 1;
        int month = month(b, next, to);
        int yearAt = next + 4;
        if (month == 0 || yearAt >= to || b[yearAt - 1] != separator) return -1;
        int y = run(b, yearAt, to);
        int after = yearAt + y;
        if (y != 4 || after >= to || b[after] != ' ' || !clock(b, after + 1, to)) return -1;
        return at(clock.instant(number(b, yearAt, 4), month, number(b, at, n), second, nanos, zone));
    }

    /// `Nov 22 07:32:20`, `Sun Nov 22 08:01:18.123456 2026`, `Sun, 22 Nov 2026 08:01:18 GMT`.
    private int words(byte[] b, int at, int to) {
        int from = at;
        if (named(b, from, to, DAYS) > 0) {
            from += 3;
            if (from < to && b[from] == ',') from++;
            if (from >= to || b[from] != ' ') return -1;
            from++;
            if (from < to && b[from] >= '0' && b[from] <= '9') return dayMonth(b, from, run(b, from, to), to, ' ');
        }
        int month = month(b, from, to);
        if (month == 0) return -1;
        from += 3;
        if (from >= to || b[from] != ' ') return -1;
        while (from < to && b[from] == ' ') from++;
        int d = run(b, from, to);
        int day = number(b, from, Math.min(d, 2));
        from += d;
        if (d < 1 || d > 2 || from >= to) return -1;
        int year = 0;
        if (b[from] == ',' && from + 6 < to && run(b, from + 2, to) == 4) {
            year = number(b, from + 2, 4);
            from += 6;
        } else if (b[from] == ' ' && from + 5 < to && run(b, from + 1, to) == 4) {
            year = number(b, from + 1, 4);
            from += 5;
        }
        if (from < to && b[from] == ',') from++;
        if (from >= to || b[from] != ' ' || !clock(b, from + 1, to)) return -1;
        if (year == 0 && end + 4 < to && b[end] == ' ' && run(b, end + 1, to) == 4 && b[end + 1] == '2') {
            year = number(b, end + 1, 4);
            end += 5;
        }
        return at(year > 0 ? clock.instant(year, month, day, second, nanos, zone) : clock.yearless(month, day, second, nanos, zone));
    }

    /// Seconds since 1970 with or without a fraction; thousandths, millionths and billionths where there are so many digits.
    private int epoch(byte[] b, int at, int n, int to) {
        if (n != 10 && n != 13 && n != 16 && n != 19) return -1;
        long value = 0;
        for (int i = at; i < at + n; i++) value = value * 10 + b[i] - '0';
        long unit = n == 10 ? Clock.SECOND : n == 13 ? 1_000_000 : n == 16 ? 1000 : 1;
        if (value > Long.MAX_VALUE / unit || value * unit / Clock.SECOND < 500_000_000L) return -1;
        end = at + n;
        nanos = 0;
        if (n == 10) fraction(b, to, false);
        time = value * unit + nanos;
        return end;
    }

    /// `07:49:05.123 AM +0100` from `at`.
    boolean clock(byte[] b, int at, int to) {
        int h = run(b, at, to);
        if (h < 1 || h > 2 || at + h + 3 > to || b[at + h] != ':') return false;
        int minuteAt = at + h + 1;
        if (run(b, minuteAt, to) != 2) return false;
        int hour = number(b, at, h);
        int minute = number(b, minuteAt, 2);
        int secondAt = minuteAt + 3;
        end = minuteAt + 2;
        int seconds = 0;
        if (secondAt + 1 < to && b[secondAt - 1] == ':' && run(b, secondAt, to) == 2) {
            seconds = number(b, secondAt, 2);
            end = secondAt + 2;
        }
        if (hour > 24 || minute > 59 || seconds > 60) return false;
        second = hour * 3600 + minute * 60 + seconds;
        rest(b, to);
        return true;
    }

    private void rest(byte[] b, int to) {
        nanos = 0;
        fraction(b, to, true);
        int half = end + 2 < to && b[end] == ' ' ? end + 1 : end;
        if (half + 1 < to && (b[half + 1] | 0x20) == 'm' && ((b[half] | 0x20) == 'a' || (b[half] | 0x20) == 'p') && (half + 2 == to || !letter(b[half + 2]))) {
            boolean noon = second / 3600 == 12;
            boolean after = (b[half] | 0x20) == 'p';
            if (after && !noon) second += 12 * 3600;
            else if (!after && noon) second -= 12 * 3600;
            end = half + 2;
        }
        zone(b, to);
    }

    private void fraction(byte[] b, int to, boolean comma) {
        if (end + 1 >= to || b[end] != '.' && !(comma && b[end] == ',')) return;
        int n = run(b, end + 1, to);
        if (n < 1 || n > 12) return;
        int scale = 100_000_000;
        for (int i = end + 1; i <= end + Math.min(n, 9); i++, scale /= 10) nanos += (b[i] - '0') * scale;
        end += 1 + n;
    }

    private void zone(byte[] b, int to) {
        zone = Clock.NO_ZONE;
        if (end >= to) return;
        if (b[end] == 'Z' && (end + 1 == to || !letter(b[end + 1]))) {
            zone = 0;
            end++;
            return;
        }
        int from = b[end] == ' ' ? end + 1 : end;
        if (from + 2 < to && (b[from] == 'U' && b[from + 1] == 'T' && b[from + 2] == 'C' || b[from] == 'G' && b[from + 1] == 'M' && b[from + 2] == 'T')
                && (from + 3 == to || !letter(b[from + 3]))) {
            zone = 0;
            end = from + 3;
            return;
        }
        if (from + 4 >= to || b[from] != '+' && b[from] != '-') return;
        int n = run(b, from + 1, to);
        int hours;
        int minutes;
        int past;
        if (n == 4) {
            hours = number(b, from + 1, 2);
            minutes = number(b, from + 3, 2);
            past = from + 5;
        } else if (n == 2 && from + 5 < to && b[from + 3] == ':' && run(b, from + 4, to) == 2) {
            hours = number(b, from + 1, 2);
            minutes = number(b, from + 4, 2);
            past = from + 6;
        } else return;
        if (hours > 18 || minutes > 59) return;
        zone = (hours * 3600 + minutes * 60) * (b[from] == '-' ? -1 : 1);
        end = past;
    }

    private static boolean letter(int c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' || c >= '0' && c <= '9';
    }

    static int run(byte[] b, int from, int to) {
        int at = from;
        int most = Math.min(to, from + 24);
        while (at < most && b[at] >= '0' && b[at] <= '9') at++;
        return at - from;
    }

    static int number(byte[] b, int from, int n) {
        int value = 0;
        for (int i = from; i < from + n; i++) value = value * 10 + b[i] - '0';
        return value;
    }

    static int month(byte[] b, int from, int to) {
        return named(b, from, to, MONTHS);
    }

    /// Number of a three-letter name, from 1; 0 where it is none.
    private static int named(byte[] b, int from, int to, String names) {
        if (from + 3 > to) return 0;
        if (from + 3 < to && letter(b[from + 3])) return 0;
        int x = b[from] | 0x20;
        int y = b[from + 1] | 0x20;
        int z = b[from + 2] | 0x20;
        for (int i = 0; i < names.length(); i += 3)
            if (x == names.charAt(i) && y == names.charAt(i + 1) && z == names.charAt(i + 2)) return i / 3 + 1;
        return 0;
    }
}
