package serpentarium.profile.format;

import java.util.Arrays;
import java.util.List;

import serpentarium.base.Strings;

/// What the header lines of a callgrind file say, the last of each kind: a part takes over what it does not say itself.
final class CallgrindHeader {
    /// Before what a `desc:` line says of calls, with one of the three words.
    static final String CALLS = "Calls: ";
    /// Calls are counted.
    static final String COUNTED = "counted";
    /// Calls are counted, also without recursive ones.
    static final String PRIMITIVE = "counted, primitive ones too";
    /// Calls are not counted: a `calls=0` says nothing.
    static final String UNKNOWN = "not counted";
    /// Before a thread's name in a `desc:` line.
    static final String THREAD = "Thread: ";
    private static final int LONGEST = 64 * 1024;

    private final CallgrindEvents events;
    private String creator;
    private String command;
    private long pid;
    private long thread = -1;
    private long part;
    private int[] columns;
    private int positions = 1;
    private int linePosition;
    private double[] summary;
    private String calls = COUNTED;
    private String threadName;
    private double[] totals;

    CallgrindHeader(Strings strings) {
        events = new CallgrindEvents(strings);
    }

    /// Whether a line with this key begins a new part when costs were read before it.
    static boolean beginsPart(String key) {
        return switch (key) {
            case "events", "part", "thread", "pid", "positions" -> true;
            default -> false;
        };
    }

    /// Forgets what holds for one part only.
    void nextPart() {
        summary = null;
        totals = null;
    }

    /// Forgets what holds for one file only.
    void nextFile() {
        nextPart();
        pid = 0;
        thread = -1;
        part = 0;
        columns = null;
        positions = 1;
        linePosition = 0;
    }

    /// Takes a line; false when the key is not known.
    boolean take(String key, byte[] bytes, int from, int to) {
        String value = ByteTexts.decode(bytes, from, Math.min(to, from + LONGEST)).strip();
        switch (key) {
            case "creator" -> creator = value;
            case "cmd" -> command = value;
            case "pid" -> pid = Math.max(0, number(bytes, from, to, pid));
            case "thread" -> {
                thread = number(bytes, from, to, thread);
                threadName = null;
            }
            case "part" -> part = Math.max(0, number(bytes, from, to, part));
            case "event" -> events.define(value);
            case "events" -> columns = events.columns(value.isEmpty() ? List.of() : List.of(value.split("\\s+")));
            case "positions" -> positions(value);
            case "summary" -> summary = numbers(bytes, from, to);
            case "totals" -> totals = numbers(bytes, from, to);
            case "desc" -> describe(value);
            case "version", "arch", "timeframe (BB)" -> {}
            default -> {
                return false;
            }
        }
        return true;
    }

    private void describe(String value) {
        if (value.startsWith(CALLS)) calls = value.substring(CALLS.length());
        if (value.startsWith(THREAD)) threadName = value.substring(THREAD.length());
    }

    private void positions(String value) {
        int count = 0;
        int line = -1;
        for (String name : value.split("\\s+")) {
            switch (name) {
                case "line" -> line = count++;
                case "instr", "bb" -> count++;
                default -> {}
            }
            if (count == 3) break;
        }
        if (count == 0) return;
        positions = count;
        linePosition = line;
    }

    private static long number(byte[] bytes, int from, int to, long otherwise) {
        int start = from;
        while (start < to && AsciiNumber.blank(bytes[start])) start++;
        int end = start;
        while (end < to && !AsciiNumber.blank(bytes[end])) end++;
        double value = AsciiNumber.parse(bytes, start, end);
        return Double.isNaN(value) ? otherwise : (long) value;
    }

    private static double[] numbers(byte[] bytes, int from, int to) {
        double[] numbers = new double[CallgrindEvents.MAX];
        int count = 0;
        int i = from;
        while (count < numbers.length) {
            while (i < to && AsciiNumber.blank(bytes[i])) i++;
            int start = i;
            while (i < to && !AsciiNumber.blank(bytes[i])) i++;
            double value = AsciiNumber.parse(bytes, start, i);
            if (Double.isNaN(value)) break;
            numbers[count++] = value;
        }
        return count == 0 ? null : Arrays.copyOf(numbers, count);
    }

    /// The events, of all parts.
    CallgrindEvents events() {
        return events;
    }

    /// The program that wrote the file, or null.
    String creator() {
        return creator;
    }

    /// The command that was measured, or null.
    String command() {
        return command == null || command.isEmpty() ? null : command;
    }

    /// The process, or 0.
    long pid() {
        return pid;
    }

    /// The thread, or -1.
    long thread() {
        return thread;
    }

    /// The thread's name, where [CallgrindWriter] gave one; else null.
    String threadName() {
        return threadName;
    }

    /// What is said of calls: [#COUNTED] where nothing is.
    String calls() {
        return calls;
    }

    /// The part, or 0.
    long part() {
        return part;
    }

    /// For each column of costs its event, or -1; null when there was no `events:` line.
    int[] columns() {
        return columns;
    }

    /// How many positions stand before the costs.
    int positions() {
        return positions;
    }

    /// Which of them is the source line, or -1.
    int linePosition() {
        return linePosition;
    }

    /// Whether the end is missing: valgrind closes each part with its `totals:`.
    boolean isCutOff() {
        return totals == null && creator != null && creator.startsWith("callgrind-");
    }

    /// What the part says that its costs add up to, by column: its `totals:`, else its `summary:`, else null.
    double[] promised() {
        return totals != null ? totals : summary;
    }
}
