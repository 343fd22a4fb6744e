package serpentarium.log.format.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import serpentarium.base.Source;
import serpentarium.pickle.PickleReader;
import serpentarium.pickle.PickleValue;
import serpentarium.task.TaskContext;

/// The pickled dict of a `LogRecord` as a line of JSON: every field under its own name. Nothing in it is executed: what would be an object is written
/// as its class's name and its state.
final class PickledRecord {
    private static final long LEAST_BUDGET = 1 << 20;
    private static final int TIMES = 40;
    private static final String TRACEBACK = "Traceback (most recent call last):\n";

    private static final int PLAIN = 1 << 20;

    private final PlainPickle plain = new PlainPickle();
    private final PickledJson json = new PickledJson();

    /// Writes the record of a pickle.
    void write(byte[] bytes, int from, int to, long received, Arrivals out) {
        out.begin();
        if (to - from < PLAIN && plain.write(bytes, from, to, out)) {
            out.end(received);
            return;
        }
        out.again();
        general(bytes, from, to, received, out);
    }

    /// Writes what is left of a record that was begun, whatever its pickle holds.
    void general(byte[] bytes, int from, int to, long received, Arrivals out) {
        PickleReader.Result result;
        try {
            byte[] pickle = HeldBytes.copy(bytes, from, to);
            result = PickleReader.read(Source.of("pickle", pickle), LEAST_BUDGET + (long) TIMES * pickle.length, true, TaskContext.detached());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!(result.value() instanceof PickleValue.Dict dict)) {
            out.drop(Refusal.DAMAGED);
            return;
        }
        fields(dict, out);
        if (out.full()) out.drop(Refusal.TOO_LARGE);
        else out.end(received);
    }

    private void fields(PickleValue.Dict dict, Arrivals out) {
        List<PickleValue> flat = dict.flat();
        json.start(out);
        int split = split(dict);
        boolean named = false;
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            PickleValue value = flat.get(i + 1);
            String key = flat.get(i) instanceof PickleValue.Text(String text) ? text : PickledJson.name(flat.get(i));
            switch (key) {
                case "created" -> {
                    if (value instanceof PickleValue.Real(double seconds)) out.made(seconds);
                }
                case "process" -> {
                    if (value instanceof PickleValue.Whole(long pid)) out.by(pid);
                }
                case "received", "via", "from" -> key = key + "_";
                case "message" -> named = true;
                case "exc_text" -> {
                    if (split >= 0 && value == PickleValue.Atom.NONE) continue;
                }
                default -> { }
            }
            out.key(key);
            json.value(value, out);
        }
        if (split >= 0 && dict.get("msg") instanceof PickleValue.Text(String text)) {
            // Behind a QueueHandler the traceback stands in the message.
            if (!named) out.field("message", text.substring(0, split));
            out.field("exc_text", text.substring(split + 1));
        }
    }

    private static int split(PickleValue.Dict dict) {
        if (!(dict.get("msg") instanceof PickleValue.Text(String text)) || dict.get("exc_text") instanceof PickleValue.Text) return -1;
        return traceback(text);
    }

    /// Where a text's last line before a traceback ends; -1 where it has none.
    static int traceback(String text) {
        int at = text.indexOf(TRACEBACK);
        while (at > 0 && text.charAt(at - 1) != '\n') at = text.indexOf(TRACEBACK, at + 1);
        if (at > 0) return at - 1;
        int group = text.indexOf("\n  + Exception Group Traceback (most recent call last):\n");
        return group > 0 ? group : -1;
    }
}
