package serpentarium.profile.format;

/// The line of a sample: `COMMAND [PID/]TID [CPU] TIME: PERIOD EVENT: …`, any of which `perf script -F` may leave out.
///
/// @param thread  command and number of the thread, as they stand; the process left out
/// @param process the process's number; null where only the thread's is printed
/// @param time    in seconds; NaN where it is not printed
/// @param event  the event's name; empty where there is none
/// @param period how many events the sample stands for; -1 where it is not printed
/// @param frame  where in the line the rest begins, in which a frame may stand; -1 where there is none
record PerfSample(String thread, String process, double time, String event, double period, int frame) {
    private static final int LONGEST = 4096;
    private static final int WORDS = 48;
    private static final int LONGEST_TIME = 40;

    /// Takes the line `b[from, to)` apart; null where it is no sample's.
    static PerfSample of(byte[] b, int from, int to) {
        String line = ByteTexts.decode(b, from, Math.min(to, from + LONGEST));
        boolean plain = line.length() == Math.min(to - from, LONGEST);
        int[] start = new int[WORDS];
        int[] end = new int[WORDS];
        int words = words(line, start, end);
        int time = -1;
        int cpu = -1;
        for (int w = 0; w < words && time < 0; w++) {
            if (isTime(line, start[w], end[w])) time = w;
            else if (w > 0 && cpu < 0 && isCpu(line, start[w], end[w])) cpu = w;
        }
        int anchor = cpu >= 0 ? cpu : time;
        int number = -1;
        for (int w = 0; w < words && anchor < 0 && number < 0; w++) if (isNumber(line, start[w], end[w])) number = w;
        if (anchor > 0 && isNumber(line, start[anchor - 1], end[anchor - 1])) number = anchor - 1;
        if (anchor < 0 && number < 0 || anchor == 0) return null;
        int last = Math.max(number, Math.max(cpu, time));
        int event = -1;
        for (int w = last + 1; w < Math.min(words, last + 4) && event < 0; w++)
            if (line.charAt(end[w] - 1) == ':' && end[w] - start[w] > 1) event = w;
        if (event < 0 && time < 0) return null;
        boolean hasPeriod = event > last + 1 && digits(line, start[event - 1], end[event - 1]) && end[event - 1] - start[event - 1] < 18;
        int next = (event < 0 ? last : event) + 1;
        // Offsets are of characters; where the line is not ASCII a frame in it is not looked for.
        int frame = next < words && plain ? start[next] : -1;
        String thread = line.substring(start[0], number >= 0 ? end[number] : end[anchor - 1]);
        int slash = number >= 0 ? line.substring(start[number], end[number]).indexOf('/') : -1;
        String process = slash < 0 ? null : line.substring(start[number], start[number] + slash);
        if (slash >= 0) thread = line.substring(start[0], start[number]) + line.substring(start[number] + slash + 1, end[number]);
        double seconds = time < 0 || end[time] - start[time] > LONGEST_TIME ? Double.NaN
                : Double.parseDouble(line.substring(start[time], end[time] - 1));
        String name = event < 0 ? "" : line.substring(start[event], end[event] - 1);
        return new PerfSample(thread, process, seconds, name, hasPeriod ? Long.parseLong(line, start[event - 1], end[event - 1], 10) : -1, frame);
    }

    private static int words(String line, int[] start, int[] end) {
        int words = 0;
        int at = 0;
        while (words < WORDS) {
            while (at < line.length() && line.charAt(at) <= ' ') at++;
            if (at == line.length()) return words;
            start[words] = at;
            while (at < line.length() && line.charAt(at) > ' ') at++;
            end[words++] = at;
        }
        return words;
    }

    private static boolean digits(String line, int from, int to) {
        for (int i = from; i < to; i++) if (!AsciiNumber.digit(line.charAt(i))) return false;
        return to > from;
    }

    /// `[CPU]`
    private static boolean isCpu(String line, int from, int to) {
        return line.charAt(from) == '[' && line.charAt(to - 1) == ']' && digits(line, from + 1, to - 1);
    }

    /// `SECONDS.FRACTION:`
    private static boolean isTime(String line, int from, int to) {
        int point = line.indexOf('.', from);
        return point > from && point < to && line.charAt(to - 1) == ':' && digits(line, from, point) && digits(line, point + 1, to - 1);
    }

    /// `TID` or `PID/TID`
    private static boolean isNumber(String line, int from, int to) {
        int slash = line.indexOf('/', from);
        return slash > from && slash < to ? digits(line, from, slash) && digits(line, slash + 1, to) : digits(line, from, to);
    }
}
