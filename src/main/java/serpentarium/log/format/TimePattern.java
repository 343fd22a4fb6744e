package serpentarium.log.format;

import java.util.ArrayList;
import java.util.List;
import serpentarium.log.RecordView;

/// A time as a `strftime` format writes it, for formats whose `datefmt` is known: nothing more and nothing less is read.
final class TimePattern {
    private record Piece(char directive, byte literal) {}

    private final List<Piece> pieces = new ArrayList<>();
    private final Clock clock;
    private final TimeReader words;
    private long time;

    TimePattern(String format, Clock clock) {
        this.clock = clock;
        words = new TimeReader(clock);
        String plain = format.replace("%T", "%H:%M:%S").replace("%D", "%m/%d/%y").replace("%F", "%Y-%m-%d").replace("%R", "%H:%M")
                .replace("%c", "%a %b %e %H:%M:%S %Y").replace("%x", "%m/%d/%y").replace("%X", "%H:%M:%S");
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (c == '%' && i + 1 < plain.length()) {
                char directive = plain.charAt(++i);
                if (directive == '-' && i + 1 < plain.length()) directive = plain.charAt(++i);
                pieces.add(directive == '%' ? new Piece((char) 0, (byte) '%') : new Piece(directive, (byte) 0));
            } else for (byte each : String.valueOf(c).getBytes(java.nio.charset.StandardCharsets.UTF_8)) pieces.add(new Piece((char) 0, each));
        }
    }

    long time() {
        return time;
    }

    /// Reads a time; gives where it ends, or -1 where there is none.
    int read(byte[] b, int from, int to) {
        time = RecordView.NO_TIME;
        int at = from;
        int year = 0;
        int month = 0;
        int day = 0;
        int dayOfYear = 0;
        int hour = 0;
        int minute = 0;
        int second = 0;
        int nanos = 0;
        int half = 0;
        int zone = Clock.NO_ZONE;
        for (Piece piece : pieces) {
            if (piece.directive == 0) {
                if (at >= to || b[at] != piece.literal) return -1;
                at++;
                continue;
            }
            int digits = TimeReader.run(b, at, to);
            switch (piece.directive) {
                case 'Y' -> {
                    if (digits < 4) return -1;
                    year = TimeReader.number(b, at, 4);
                    at += 4;
                }
                case 'm', 'd', 'H', 'I', 'M', 'S', 'y', 'e', 'k', 'l' -> {
                    if (at < to && b[at] == ' ' && digits == 0) digits = TimeReader.run(b, ++at, to);
                    int n = Math.min(2, digits);
                    if (n == 0) return -1;
                    int value = TimeReader.number(b, at, n);
                    at += n;
                    switch (piece.directive) {
                        case 'm' -> month = value;
                        case 'd', 'e' -> day = value;
                        case 'H', 'I', 'k', 'l' -> hour = value;
                        case 'M' -> minute = value;
                        case 'S' -> second = value;
                        default -> year = value + (value < 69 ? 2000 : 1900);
                    }
                }
                case 'j' -> {
                    if (digits < 1) return -1;
                    int n = Math.min(3, digits);
                    dayOfYear = TimeReader.number(b, at, n);
                    at += n;
                }
                case 'f' -> {
                    int n = Math.min(9, digits);
                    if (n == 0) return -1;
                    nanos = TimeReader.number(b, at, n);
                    for (int i = n; i < 9; i++) nanos *= 10;
                    at += n;
                }
                case 'b', 'h' -> {
                    month = TimeReader.month(b, at, Math.min(to, at + 3));
                    if (month == 0) return -1;
                    at += 3;
                }
                case 'B', 'a', 'A' -> {
                    int end = at;
                    while (end < to && ((b[end] | 0x20) >= 'a' && (b[end] | 0x20) <= 'z' || b[end] < 0)) end++;
                    if (end == at) return -1;
                    if (piece.directive == 'B') month = TimeReader.month(b, at, Math.min(to, at + 3));
                    at = end;
                }
                case 'p' -> {
                    if (at + 1 >= to || (b[at + 1] | 0x20) != 'm') return -1;
                    half = b[at] | 0x20;
                    at += 2;
                }
                case 'z' -> {
                    if (at < to && b[at] == 'Z') {
                        zone = 0;
                        at++;
                    } else {
                        if (at + 4 >= to || b[at] != '+' && b[at] != '-') return -1;
                        int colon = b[at + 3] == ':' ? 1 : 0;
                        if (TimeReader.run(b, at + 1, to) < 2 || TimeReader.run(b, at + 3 + colon, to) < 2) return -1;
                        zone = (TimeReader.number(b, at + 1, 2) * 3600 + TimeReader.number(b, at + 3 + colon, 2) * 60) * (b[at] == '-' ? -1 : 1);
                        at += 5 + colon;
                    }
                }
                case 'Z' -> {
                    int end = at;
                    while (end < to && (b[end] | 0x20) >= 'a' && (b[end] | 0x20) <= 'z') end++;
                    boolean greenwich = end - at == 3 && (b[at] == 'U' && b[at + 1] == 'T' && b[at + 2] == 'C' || b[at] == 'G' && b[at + 1] == 'M' && b[at + 2] == 'T');
                    if (greenwich) zone = 0;
                    at = end;
                }
                case 's' -> {
                    int end = words.read(b, at, to);
                    if (end < 0) return -1;
                    time = words.time();
                    return end;
                }
                default -> {
                    int end = at;
                    while (end < to && b[end] > ' ') end++;
                    at = end;
                }
            }
        }
        if (half == 'p' && hour < 12) hour += 12;
        else if (half == 'a' && hour == 12) hour = 0;
        if (hour > 24 || minute > 59 || second > 61) return -1;
        int seconds = hour * 3600 + minute * 60 + second;
        if (dayOfYear > 0 && month == 0) time = clock.instant(year, 1, 1, seconds, nanos, zone) + (dayOfYear - 1) * 86_400L * Clock.SECOND;
        else if (month > 0 && day > 0) {
            time = year > 0 ? clock.instant(year, month, day, seconds, nanos, zone) : clock.yearless(month, day, seconds, nanos, zone);
            if (time == RecordView.NO_TIME) return -1;
        }
        return at;
    }
}
