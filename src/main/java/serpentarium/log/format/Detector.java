package serpentarium.log.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import serpentarium.log.Level;
import serpentarium.log.LogFormat;
import serpentarium.log.RecordView;
import serpentarium.log.TextEncoding;

/// Finds out over a sample of lines how a log is written.
public final class Detector {
    /// How many bytes of a file are looked at.
    public static final int SAMPLE = 256 * 1024;

    private static final int MOST_LINES = 2000;
    private static final int MOST_FORMATS = 4;
    private static final double AS_GOOD = 0.9;
    private static final double ENVELOPED = 0.8;
    private static final double LEAST_SHARE = 0.1;
    private static final double LEAST_UNTIMED = 0.3;
    private static final String GUESSED = "layout";
    private static final double LEAST_SECOND = 0.02;

    private final Clock clock;
    private final TimeReader times;
    private final List<byte[]> lines = new ArrayList<>();
    private final Spans spans = new Spans();
    private Envelope envelope = Envelope.NONE;
    private boolean[] loose;
    private int candidates;
    private boolean dayFirst;

    private Detector(Clock clock) {
        this.clock = clock;
        times = new TimeReader(clock);
    }

    /// Looks at the first bytes of a log, in an encoding in which line ends are the byte 10.
    ///
    /// @param whole whether these are all there are, so that the last line is whole
    public static Detection of(byte[] sample, int size, boolean whole, Clock clock) {
        var detector = new Detector(clock);
        detector.split(sample, size, whole);
        return detector.detect();
    }

    /// Looks at the first bytes of a log in whatever encoding.
    ///
    /// @param head  with its mark where it has one
    /// @param whole whether these are all there are
    public static Detection of(byte[] head, boolean whole, TextEncoding encoding, Clock clock) {
        int mark = Math.min(encoding.mark(), head.length);
        byte[] sample = head;
        if (encoding.unit() == 2) sample = encoding.text(head, mark, head.length).getBytes(StandardCharsets.UTF_8);
        else if (mark > 0) sample = Arrays.copyOfRange(head, mark, head.length);
        return of(sample, sample.length, whole, clock);
    }

    private void split(byte[] sample, int size, boolean whole) {
        int from = 0;
        while (from < size && lines.size() < MOST_LINES) {
            int end = from;
            while (end < size && sample[end] != '\n') end++;
            if (end == size && !whole && !lines.isEmpty()) break;
            byte[] line = new byte[end - from];
            int length = LineSplit.copy(sample, from, end, line, 0);
            lines.add(Arrays.copyOfRange(line, LineSplit.shown(line, 0, length), length));
            from = end + 1;
        }
    }

    private Detection detect() {
        unwrap();
        classify();
        boolean[] taken = new boolean[lines.size()];
        var found = new ArrayList<LogFormat>();
        int fitting = 0;
        String ownName = null;
        while (found.size() < MOST_FORMATS) {
            LogFormat best = best(taken, found.isEmpty());
            if (best == null) break;
            LineReader reader = LogFormats.reader(best, clock);
            int fits = 0;
            var names = new TreeMap<Integer, TreeSet<String>>();
            for (int i = 0; i < lines.size(); i++) {
                if (taken[i] || !fits(reader, lines.get(i))) continue;
                taken[i] = true;
                fits++;
                if (best.family() == LogFormat.Family.LAYOUT && spans.has(Spans.LEVEL) && spans.number > 0)
                    names.computeIfAbsent(spans.number, _ -> new TreeSet<>()).add(reader.own(Spans.LEVEL, lines.get(i), spans, StandardCharsets.ISO_8859_1));
            }
            if (fits == 0) break;
            if (ownName == null) ownName = ownName(names);
            fitting += fits;
            found.add(best);
        }
        boolean log = !found.isEmpty() && fitting >= Math.max(1, candidates * LEAST_SHARE) && (fitting > 1 || candidates <= 2);
        if (!log) return new Detection(List.of(LogFormats.named("plain")), envelope, false, candidates, 0, null, false);
        return new Detection(found, envelope, true, candidates, fitting, ownName, dayFirst);
    }

    /// Two names for one level in one program are two levels; the usual one is Python's.
    private static String ownName(Map<Integer, TreeSet<String>> names) {
        for (var each : names.entrySet()) {
            String title = Level.of(each.getKey()).name();
            if (each.getValue().size() == 2 && each.getValue().contains(title))
                for (String name : each.getValue()) if (!name.equalsIgnoreCase(title) && name.length() > 1) return name;
        }
        return null;
    }

    private void unwrap() {
        for (Envelope each : new Envelope[] {Envelope.DOCKER, Envelope.CRI}) {
            var opener = new Envelope.Opener(each, clock);
            var inside = new ArrayList<byte[]>();
            int filled = 0;
            for (byte[] line : lines) {
                if (line.length > 0) filled++;
                byte[] out = new byte[line.length + 1];
                int end = opener.open(line, 0, line.length, out, 0);
                if (end < 0) continue;
                byte[] clean = new byte[end];
                inside.add(Arrays.copyOf(clean, LineSplit.copy(out, 0, end, clean, 0)));
            }
            if (inside.isEmpty() || inside.size() < filled * ENVELOPED) continue;
            envelope = each;
            lines.clear();
            lines.addAll(inside);
            return;
        }
    }

    /// Which lines may begin a record by their looks.
    private void classify() {
        var plain = new PlainReader(LogFormats.named("plain"));
        var python = new PythonReader();
        loose = new boolean[lines.size()];
        int days = 0;
        int months = 0;
        for (int i = 0; i < loose.length; i++) {
            byte[] line = lines.get(i);
            loose[i] = fits(plain, line) && !fits(python, line);
            if (loose[i]) candidates++;
            if (line.length > 10 && line[2] == '/' && line[5] == '/' && TimeReader.run(line, 0, 10) == 2 && TimeReader.run(line, 3, 10) == 2) {
                if (TimeReader.number(line, 0, 2) > 12) days++;
                if (TimeReader.number(line, 3, 2) > 12) months++;
            }
        }
        dayFirst = days > 0 && months == 0;
        if (dayFirst) times.dayFirst(true);
    }

    private boolean fits(LineReader reader, byte[] line) {
        spans.clear();
        return reader.read(line, 0, line.length, spans);
    }

    /// The format that fits most of the lines that are left; of those that fit as many, the one that demands most. Null where none fits enough.
    private LogFormat best(boolean[] taken, boolean first) {
        var formats = new ArrayList<>(LogFormats.all());
        formats.removeIf(format -> format.family() == LogFormat.Family.PLAIN);
        boolean[] known = taken.clone();
        int[] counts = new int[formats.size() + 1];
        int most = 0;
        for (int f = 0; f < counts.length; f++) {
            if (f == formats.size()) {
                LogFormat guess = guess(known, first);
                if (guess == null) break;
                formats.add(guess);
            }
            LineReader reader = LogFormats.reader(formats.get(f), clock);
            int sure = 0;
            for (int i = 0; i < taken.length; i++) {
                if (taken[i] || !loose[i] || !fits(reader, lines.get(i))) continue;
                counts[f]++;
                known[i] = true;
                if (spans.time != RecordView.NO_TIME || spans.number != Level.UNKNOWN || spans.has(Spans.MESSAGE)) sure++;
            }
            // Objects that say neither when nor how bad are data, not a log.
            boolean data = (formats.get(f).family() == LogFormat.Family.JSON || formats.get(f).family() == LogFormat.Family.PAIRS) && sure < counts[f] * 0.5;
            if (data) counts[f] = 0;
            // Lines that only begin with what may be a level must be many.
            String layout = formats.get(f).id().equals(GUESSED) ? formats.get(f).layouts().getFirst() : "{time}";
            if (!layout.contains("{time}") && counts[f] < candidates * (layout.indexOf("{level") < 2 ? LEAST_UNTIMED : AS_GOOD)) counts[f] = 0;
            most = Math.max(most, counts[f]);
        }
        int least = first ? 1 : Math.max(2, (int) (candidates * LEAST_SECOND));
        if (most < least) return null;
        for (int f = 0; f < formats.size(); f++) if (counts[f] >= most * AS_GOOD && counts[f] > 0) return formats.get(f);
        return null;
    }

    private LogFormat guess(boolean[] taken, boolean first) {
        var tokens = new ArrayList<List<Token>>();
        for (int i = 0; i < taken.length; i++) if (!taken[i] && loose[i] && lines.get(i).length > 0 && lines.get(i)[0] != '{')
            tokens.add(Token.of(lines.get(i), 0, lines.get(i).length, times));
        List<String> layouts = LayoutGuess.of(tokens, !first);
        if (layouts.isEmpty()) return null;
        var format = new LogFormat(GUESSED, LogFormat.Family.LAYOUT, layouts, List.of());
        try {
            LogFormats.reader(format, clock);
        } catch (IllegalArgumentException _) {
            return null;
        }
        return format;
    }
}
