package serpentarium.log.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file's name taken apart as one of a rotated set: `app.log`, `app.log.3.gz`, `app-20261122.log`, `app.log.2026-11-22_06`, `app.log.1.old` …
///
/// Names are those of Python's `RotatingFileHandler` and `TimedRotatingFileHandler` with any suffix of date and time, logrotate's with `dateext`,
/// `dateformat`, `extension`, `addextension`, `start` and its ways of compressing, loguru's, and what people make of them.
///
/// @param live   what the file is called that is written now
/// @param number how often it was rotated; -1 where the name has no number
/// @param date   digits of the date in it, so that a later one is greater; empty where there is none
/// @param day    whether the date is of a day and nothing finer
/// @param packed whether the name ends as that of a compressed file
record RotatedName(String live, long number, String date, boolean day, boolean packed) {
    private static final String NUMBER = "(?<number>\\d{1,6})";
    private static final String TIME = "[T_.\\- ]?\\d{2}(?:[-:._h]?\\d{2}(?:[-:._m]?\\d{2}(?:[._,]\\d{1,9})?)?)?";
    private static final String DATE = "(?<date>(?:19|20)\\d{2}(?<split>[-_.]?)(?:0[1-9]|1[0-2])\\k<split>(?:0[1-9]|[12]\\d|3[01]))(?<time>" + TIME + ")?";
    /// Seconds since 1970, as `-%s` gives them.
    private static final String SECONDS = "(?:[-._](?<seconds>\\d{9,11}))?";
    private static final String COUNTER = "(?:[-._](?<counter>\\d{1,6}))?";
    private static final List<Pattern> SUFFIXES = List.of(
            Pattern.compile("(?<base>.+?)(?:[-._](?<before>\\d{1,6}))?[-._]" + DATE + SECONDS + COUNTER + "(?<end>\\.[A-Za-z][A-Za-z0-9]{0,7})?"),
            Pattern.compile("(?<base>.+?)[-._](?<seconds>1\\d{9})(?<end>\\.[A-Za-z][A-Za-z0-9]{0,7})?"),
            Pattern.compile("(?<base>.+?)\\." + NUMBER + "(?<end>\\.[A-Za-z][A-Za-z0-9]{0,7})?"),
            Pattern.compile("(?<base>.+?\\.[A-Za-z]{1,8})\\.(?<end>old|bak|prev|previous)"));
    private static final Pattern PACKED = Pattern.compile("(?<name>.+)\\.(?:gz|bz2|xz|zst|zstd|Z|lzma)", Pattern.CASE_INSENSITIVE);
    /// Ends that belong to the file which is written, not to the rotated one.
    private static final Pattern OWN_END = Pattern.compile("\\.(?:log|txt|out|err|json|jsonl|ndjson|csv|trace)", Pattern.CASE_INSENSITIVE);

    /// The name as it stands, of a file that is written now.
    static RotatedName live(String name) {
        return new RotatedName(name, -1, "", false, false);
    }

    /// A name without what says that the file is compressed.
    static String plain(String name) {
        Matcher packed = PACKED.matcher(name);
        return packed.matches() ? packed.group("name") : name;
    }

    boolean isLive() {
        return number < 0 && date.isEmpty() && !packed;
    }

    /// All ways to read a name, the most likely one first. The last is always that it is not rotated.
    static List<RotatedName> readings(String name) {
        String plain = plain(name);
        boolean isPacked = !plain.equals(name);
        var all = new ArrayList<RotatedName>();
        for (Pattern suffix : SUFFIXES) {
            Matcher matcher = suffix.matcher(plain);
            if (!matcher.matches()) continue;
            String base = matcher.group("base");
            String end = Optional.ofNullable(group(matcher, "end")).orElse("");
            String dotted = end.isEmpty() || end.startsWith(".") ? end : "." + end;
            boolean word = !end.isEmpty() && !end.startsWith(".");
            String own = base + dotted;
            var first = of(matcher, OWN_END.matcher(dotted).matches() && !word ? own : base, isPacked, word);
            all.add(first);
            if (!dotted.isEmpty() && !word) all.add(of(matcher, first.live.equals(own) ? base : own, isPacked, false));
        }
        all.add(new RotatedName(plain, -1, "", false, isPacked));
        return all;
    }

    private static RotatedName of(Matcher matcher, String live, boolean packed, boolean word) {
        String date = digits(group(matcher, "date"));
        String time = digits(group(matcher, "time"));
        String seconds = digits(group(matcher, "seconds"));
        // Without a date, seconds since 1970 are one of their own kind.
        String whole = date.isEmpty() && !seconds.isEmpty() ? "s" + "0".repeat(11 - seconds.length()) + seconds
                : date.isEmpty() ? "" : date + time + (seconds.isEmpty() ? "" : " " + "0".repeat(11 - seconds.length()) + seconds);
        String counter = group(matcher, "counter");
        String number = date.isEmpty() ? group(matcher, "number") : null;
        if (counter != null) whole = whole + " " + String.format(Locale.ROOT, "%06d", Long.parseLong(counter));
        long rotated = word ? 1 : number == null ? -1 : Long.parseLong(number);
        return new RotatedName(live, rotated, whole, !date.isEmpty() && time.isEmpty() && seconds.isEmpty() && counter == null, packed);
    }

    private static String group(Matcher matcher, String name) {
        return matcher.namedGroups().containsKey(name) ? matcher.group(name) : null;
    }

    private static String digits(String text) {
        return text == null ? "" : text.replaceAll("\\D", "");
    }
}
