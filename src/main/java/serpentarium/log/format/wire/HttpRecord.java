package serpentarium.log.format.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import serpentarium.pickle.PickleValue;

/// What Python's `HTTPHandler` sends: the fields of a record as a query or as a form. It sends everything as text, the message without its arguments, and of an exception
/// its `repr` and no traceback.
public final class HttpRecord {
    private static final int MOST_FIELDS = 1000;
    private static final Set<String> TEXTS = Set.of("name", "levelname", "pathname", "filename", "module", "exc_text", "stack_info", "funcName", "threadName", "processName", "taskName");
    private static final Set<String> WHOLES = Set.of("levelno", "lineno", "thread", "process");
    private static final Set<String> REALS = Set.of("created", "msecs", "relativeCreated");
    private static final String NONE = "None";

    private final PickledJson json = new PickledJson();

    private record Field(String name, String value) {}

    /// Writes the record of a query or form; refuses what has neither a message nor a name.
    ///
    /// @return whether there was one
    public boolean write(byte[] form, int from, int to, long received, Arrivals out) {
        List<Field> fields = fields(form, from, to);
        String message = value(fields, "msg");
        if (message == null && value(fields, "message") == null) {
            out.refuse(Refusal.DAMAGED);
            return false;
        }
        out.begin();
        json.start(out);
        String arguments = value(fields, "args");
        if (message != null && arguments != null) {
            Optional<String> whole = PercentFormat.of(message, arguments);
            whole.ifPresent(text -> {
                if (!text.equals(message)) out.field("message", text);
            });
        }
        for (Field field : fields) field(field, out);
        failed(fields, out);
        boolean good = !out.full();
        if (good) out.end(received);
        else out.drop(Refusal.TOO_LARGE);
        return good;
    }

    private static String value(List<Field> fields, String name) {
        for (Field field : fields) if (field.name.equals(name)) return field.value;
        return null;
    }

    private void field(Field field, Arrivals out) {
        String name = field.name;
        String value = field.value;
        boolean none = value.equals(NONE);
        if (TEXTS.contains(name)) {
            out.key(name);
            if (none) out.word("null");
            else out.text(value);
        } else if (WHOLES.contains(name) && value.matches("-?\\d{1,18}")) {
            if (name.equals("process")) out.by(Long.parseLong(value));
            out.field(name, Long.parseLong(value));
        } else if (REALS.contains(name) && value.matches("-?\\d{1,18}(\\.\\d{1,20})?(e-?\\d{1,3})?")) {
            if (name.equals("created")) out.made(Double.parseDouble(value));
            out.key(name);
            out.word(value);
        } else if (name.equals("msg") || name.equals("message")) out.field(name, value);
        else if (name.equals("exc_info")) {
            out.key(none ? name : "exc_info_repr");
            if (none) out.word("null");
            else out.text(value);
        } else {
            out.key(name.equals("received") || name.equals("via") || name.equals("from") ? name + "_" : name);
            // A number or a list may have been a text that looks like one; nobody can tell.
            Optional<PickleValue> literal = value.isEmpty() || "'\"ub".indexOf(value.charAt(0)) >= 0 ? Optional.empty() : PythonLiteral.value(value);
            if (literal.isPresent()) json.value(literal.get(), out);
            else out.text(value);
        }
    }

    /// `(<class 'KeyError'>, KeyError('absent'), <traceback object at 0x7f>)`: the exception without its traceback.
    private static void failed(List<Field> fields, Arrivals out) {
        String info = value(fields, "exc_info");
        String text = value(fields, "exc_text");
        if (info == null || info.equals(NONE) || text != null && !text.equals(NONE)) return;
        Optional<List<PythonLiteral.Argument>> parts = PythonLiteral.arguments(info);
        String exception = parts.isPresent() && parts.get().size() == 3 ? parts.get().get(1).text() : info;
        out.field("exception", exception);
        out.key("traceback_sent");
        out.word("false");
    }

    private static List<Field> fields(byte[] form, int from, int to) {
        var fields = new ArrayList<Field>();
        for (int at = from; at < to && fields.size() < MOST_FIELDS;) {
            int end = at;
            while (end < to && form[end] != '&') end++;
            int equals = at;
            while (equals < end && form[equals] != '=') equals++;
            if (end > at) fields.add(new Field(decoded(form, at, equals), decoded(form, Math.min(end, equals + 1), end)));
            at = end + 1;
        }
        return fields;
    }

    private static String decoded(byte[] b, int from, int to) {
        byte[] out = new byte[to - from];
        int n = 0;
        for (int i = from; i < to; i++) {
            int c = b[i];
            if (c == '+') c = ' ';
            else if (c == '%' && i + 2 < to && Character.digit(b[i + 1], 16) >= 0 && Character.digit(b[i + 2], 16) >= 0) {
                c = Character.digit(b[i + 1], 16) << 4 | Character.digit(b[i + 2], 16);
                i += 2;
            }
            out[n++] = (byte) c;
        }
        return new String(out, 0, n, StandardCharsets.UTF_8);
    }
}
