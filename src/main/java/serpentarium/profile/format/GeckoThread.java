package serpentarium.profile.format;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/// A thread of a Firefox profile as the file has it: its samples in columns, and the tables that are its own.
final class GeckoThread {
    private final Process process;
    private final GeckoTables tables;
    private final GeckoColumn.Ints stack;
    private final GeckoColumn.Doubles time;
    private final GeckoColumn.Doubles delta;
    private final GeckoColumn.Doubles weight;
    private Weight kind = Weight.SAMPLES;
    private String name = "";
    private String processName = "";
    private String processType = "";
    private String pid = "";
    private String tid = "";

    /// What the weights of samples are.
    enum Weight {
        /// Each sample counts one, or so many.
        SAMPLES,
        /// Milliseconds that something took.
        TIME,
        /// Bytes.
        BYTES
    }

    /// What threads of one process have together; in a profile that was processed all threads have one.
    static final class Process {
        /// Tables that stand at the process: libraries, and what all threads share.
        final GeckoTables tables;
        /// When it started, in milliseconds since 1970; NaN where the file does not say.
        double start = Double.NaN;

        /// Without any.
        Process(GeckoColumn.Room room) {
            tables = new GeckoTables(room);
        }
    }

    GeckoThread(Process process, GeckoColumn.Room room) {
        this.process = process;
        tables = new GeckoTables(room);
        stack = new GeckoColumn.Ints(room);
        time = new GeckoColumn.Doubles(room);
        delta = new GeckoColumn.Doubles(room);
        weight = new GeckoColumn.Doubles(room);
    }

    /// Reads the object at hand.
    void read(JsonInput in) throws IOException {
        JsonParser parser = in.parser();
        while (in.nextField()) {
            String key = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (key) {
                case "name" -> name = scalar(in, value);
                case "processName" -> processName = scalar(in, value);
                case "processType" -> processType = scalar(in, value);
                case "pid" -> pid = scalar(in, value);
                case "tid" -> tid = scalar(in, value);
                case "samples" -> samples(in);
                default -> {
                    if (!tables.read(key, in)) parser.skipChildren();
                }
            }
        }
    }

    private static String scalar(JsonInput in, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT) return in.parser().getText();
        in.parser().skipChildren();
        return "";
    }

    private void samples(JsonInput in) throws IOException {
        new GeckoTable().with("stack", stack, 0).with("time", time, 1).with("timeDeltas", delta, -1).with("weight", weight, -1)
                .other("weightType", text -> kind = switch (text) {
                    case "tracing-ms" -> Weight.TIME;
                    case "bytes" -> Weight.BYTES;
                    default -> Weight.SAMPLES;
                }).read(in);
    }

    /// Its process.
    Process process() {
        return process;
    }

    /// Its own tables.
    GeckoTables tables() {
        return tables;
    }

    /// What its samples' weights are.
    Weight kind() {
        return kind;
    }

    /// How many samples there are.
    int samples() {
        return stack.size();
    }

    /// The stack of a sample; -1 where there was none.
    int stack(int sample) {
        return stack.get(sample);
    }

    /// What a sample counts; NaN where the file says nothing sensible.
    double weight(int sample) {
        return weight.size() == 0 ? 1 : weight.get(sample);
    }

    /// Whether the samples have times.
    boolean timed() {
        return time.size() > 0 || delta.size() > 0;
    }

    /// When a sample was taken, in milliseconds since its process started; NaN where the file does not say.
    ///
    /// @param before when the sample before it was taken, or 0
    double time(int sample, double before) {
        return time.size() > 0 ? time.get(sample) : before + delta.get(sample);
    }

    /// The name, or an empty one.
    String name() {
        return name;
    }

    /// The number of the thread, or an empty text.
    String tid() {
        return tid;
    }

    /// The number of the process, or an empty text.
    String pid() {
        return pid;
    }

    /// What the process is called, or an empty text.
    String processName() {
        return processName.isEmpty() ? processType : processName;
    }
}
