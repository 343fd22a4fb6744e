package serpentarium.profile.format;

import java.util.List;

import serpentarium.base.Head;
import serpentarium.base.Strings;
import serpentarium.profile.Event;
import serpentarium.profile.Unit;

/// What the lines of a collapsed-stacks file look like: how a frame is written and what the numbers at the end count.
///
/// @param frames  how frames are written
/// @param metric  what is counted
/// @param lines   how many lines were looked at, metadata and blank lines not counted
/// @param good    how many of them are a stack and a count
/// @param joined  how many of the good ones have more than one frame
/// @param words   how many of the good ones have no blank before the count
/// @param creator the program that says so in a line of metadata, else null
/// @param own     what [CollapsedWriter] said of the numbers in the first lines; null where another program wrote the file
record CollapsedShape(Frames frames, Metric metric, int lines, int good, int joined, int words, String creator, Own own) {
    /// The first line of what [CollapsedWriter] writes.
    static final String WRITTEN = "# collapsed stacks, written by serpentarium";

    /// What the numbers count.
    ///
    /// @param event the event's name
    /// @param unit  what it is counted in
    record Own(String event, Unit unit) {}

    /// How frames are written.
    enum Frames {
        /// `NAME`, or py-spy's `NAME (FILE:LINE)`.
        PLAIN,
        /// [CollapsedWriter]: the same, but that the line is that of the definition.
        WRITTEN,
        /// Austin: `P1;T0:2;` before frames `FILE:NAME:LINE`.
        AUSTIN,
        /// The sampler of Python 3.15: `tid:1;` before frames `FILE:NAME:LINE`.
        SAMPLING
    }

    /// What is counted.
    enum Metric {
        /// One number of samples.
        SAMPLES,
        /// Two numbers of samples: before and after.
        DIFFERENCE,
        /// Austin: microseconds.
        TIME,
        /// Austin: microseconds of the processor.
        PROCESSOR,
        /// Austin: bytes.
        MEMORY,
        /// Austin: `MICROSECONDS,IDLE,BYTES`.
        FULL
    }

    /// Looks at the first lines of a file.
    static CollapsedShape of(Head head) {
        byte[] b = head.bytes();
        int lines = 0;
        int good = 0;
        int joined = 0;
        int words = 0;
        int austin = 0;
        int sampling = 0;
        int twice = 0;
        int triple = 0;
        String mode = "";
        String creator = null;
        boolean written = false;
        String event = null;
        Unit unit = null;
        int from = head.at(0) == 0xEF && head.at(1) == 0xBB && head.at(2) == 0xBF ? 3 : 0;
        while (from < b.length) {
            int end = from;
            while (end < b.length && b[end] != '\n') end++;
            if (end == b.length && !head.whole()) break;
            int s = from;
            int e = end;
            from = end + 1;
            while (e > s && AsciiNumber.blank(b[e - 1])) e--;
            if (e == s) continue;
            if (b[s] == '#') {
                String text = ByteTexts.decode(b, s, Math.min(e, s + 200));
                if (text.startsWith("# mode:")) mode = text.substring(7).strip();
                if (text.equals(WRITTEN)) written = true;
                if (written && text.startsWith("# event: ")) event = text.substring(9);
                if (written && text.startsWith("# unit: ")) unit = Unit.of(text.substring(8));
                if (text.startsWith("# austin:")) creator = "austin " + text.substring(9).strip();
                continue;
            }
            lines++;
            int last = lastWord(b, s, e);
            int stack = last;
            while (stack > s && AsciiNumber.blank(b[stack - 1])) stack--;
            boolean metrics = metrics(b, last, e);
            if (stack == s || !count(b, last, e) && !metrics) continue;
            good++;
            if (metrics) triple++;
            int before = lastWord(b, s, stack);
            if (before > s && count(b, before, stack)) twice++;
            int semicolon = s;
            while (semicolon < stack && b[semicolon] != ';') semicolon++;
            if (semicolon < stack) joined++;
            if (before == s) words++;
            if (isAustin(b, s, stack)) austin++;
            if (isSampling(b, s, stack)) sampling++;
        }
        if (event != null && unit != null)
            return new CollapsedShape(Frames.WRITTEN, Metric.SAMPLES, lines, good, joined, words, "serpentarium", new Own(event, unit));
        boolean most = good > 0;
        Frames frames = Frames.PLAIN;
        if (most && austin * 10 >= good * 9) frames = Frames.AUSTIN;
        else if (most && sampling * 10 >= good * 9) frames = Frames.SAMPLING;
        Metric metric = good > 1 && twice == good && frames == Frames.PLAIN ? Metric.DIFFERENCE : Metric.SAMPLES;
        if (frames == Frames.AUSTIN) {
            metric = triple * 2 > good ? Metric.FULL : mode.startsWith("mem") ? Metric.MEMORY
                    : mode.startsWith("cpu") ? Metric.PROCESSOR : Metric.TIME;
            if (creator == null) creator = "austin";
        }
        return new CollapsedShape(frames, metric, lines, good, joined, words, creator, null);
    }

    /// The events that are counted, with these totals.
    List<Event> events(Strings strings, double[] totals) {
        if (own != null) return List.of(new Event(own.event, own.event, own.unit, totals[0]));
        return switch (metric) {
            case SAMPLES -> List.of(new Event("samples", strings.get("collapsed.event.samples"), Unit.SAMPLES, totals[0]));
            case DIFFERENCE -> List.of(new Event("before", strings.get("collapsed.event.before"), Unit.SAMPLES, totals[0]),
                    new Event("after", strings.get("collapsed.event.after"), Unit.SAMPLES, totals[1]));
            case TIME -> List.of(new Event("time", strings.get("collapsed.event.time"), Unit.MICROSECONDS, totals[0]));
            case PROCESSOR -> List.of(new Event("cpu", strings.get("collapsed.event.cpu"), Unit.MICROSECONDS, totals[0]));
            case MEMORY -> List.of(new Event("memory", strings.get("collapsed.event.memory"), Unit.BYTES, totals[0]));
            case FULL -> List.of(new Event("time", strings.get("collapsed.event.time"), Unit.MICROSECONDS, totals[0]),
                    new Event("cpu", strings.get("collapsed.event.cpu"), Unit.MICROSECONDS, totals[1]),
                    new Event("memory", strings.get("collapsed.event.memory"), Unit.BYTES, totals[2]));
        };
    }

    /// Whether the lines follow one another in the order of time: Austin writes each sample as it is taken, the others add up and sort.
    boolean ordered() {
        return frames == Frames.AUSTIN;
    }

    /// How many events there are.
    int eventCount() {
        return switch (metric) {
            case SAMPLES, TIME, PROCESSOR, MEMORY -> 1;
            case DIFFERENCE -> 2;
            case FULL -> 3;
        };
    }

    /// Where the last word of `bytes[from, to)` starts.
    static int lastWord(byte[] bytes, int from, int to) {
        int i = to;
        while (i > from && !AsciiNumber.blank(bytes[i - 1])) i--;
        return i;
    }

    /// Whether `bytes[from, to)` is a count: digits, then perhaps a point and more digits.
    static boolean count(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && AsciiNumber.digit(bytes[i])) i++;
        if (i == from) return false;
        if (i < to && bytes[i] == '.') i++;
        while (i < to && AsciiNumber.digit(bytes[i])) i++;
        return i == to;
    }

    /// Whether `bytes[from, to)` is three whole numbers with commas between.
    static boolean metrics(byte[] bytes, int from, int to) {
        int commas = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] == ',') commas++;
            else if (!AsciiNumber.digit(bytes[i]) && bytes[i] != '-') return false;
        }
        return commas == 2;
    }

    private static boolean isAustin(byte[] b, int s, int e) {
        int i = s + 1;
        if (s == e || b[s] != 'P') return false;
        while (i < e && AsciiNumber.digit(b[i])) i++;
        return i > s + 1 && i + 1 < e && b[i] == ';' && b[i + 1] == 'T';
    }

    private static boolean isSampling(byte[] b, int s, int e) {
        return e - s > 5 && b[s] == 't' && b[s + 1] == 'i' && b[s + 2] == 'd' && b[s + 3] == ':' && AsciiNumber.digit(b[s + 4]);
    }
}
