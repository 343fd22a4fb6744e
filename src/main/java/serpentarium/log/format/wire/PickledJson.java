package serpentarium.log.format.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import serpentarium.pickle.PickleValue;
import serpentarium.pickle.PickleValue.Made;

/// Writes values of a pickle as JSON. Dates, sets, decimals and bytes are written as what they mean, other objects as their class's name with their state.
/// How deep and how many values are written is bounded: a small pickle may stand for more than any disk holds.
final class PickledJson {
    private static final int DEEPEST = 24;
    private static final int MOST = 20_000;
    private static final String CUT = "…";

    private int left;
    private int depth;

    /// Begins a record.
    void start(Arrivals out) {
        left = MOST;
        depth = 0;
        if (out.full()) left = 0;
    }

    void value(PickleValue value, Arrivals out) {
        if (left <= 0 || depth > DEEPEST || out.full()) {
            out.text(CUT);
            return;
        }
        left--;
        switch (value) {
            case PickleValue.Atom atom -> out.word(atom == PickleValue.Atom.NONE ? "null" : atom == PickleValue.Atom.TRUE ? "true" : "false");
            case PickleValue.Whole(long whole) -> out.number(whole);
            case PickleValue.Large(var large) -> out.word(large.toString());
            case PickleValue.Real(double real) -> out.number(real);
            case PickleValue.Text(String text) -> out.text(text);
            case PickleValue.Bytes(byte[] bytes) -> out.text(text(bytes));
            case PickleValue.Global(String module, String name) -> out.text(dotted(module, name));
            case PickleValue.Outside _ -> out.text(CUT);
            case PickleValue.Items(_, List<PickleValue> list) -> list(list, out);
            case PickleValue.Dict dict -> {
                out.open('{');
                depth++;
                pairs(dict.flat(), out);
                depth--;
                out.close('}');
            }
            case Made made -> made(made, out);
        }
    }

    private void list(List<PickleValue> list, Arrivals out) {
        out.open('[');
        depth++;
        for (PickleValue each : list) {
            value(each, out);
            if (left <= 0) break;
        }
        depth--;
        out.close(']');
    }

    private void pairs(List<PickleValue> flat, Arrivals out) {
        for (int i = 0; i + 1 < flat.size() && left > 0; i += 2) {
            out.key(name(flat.get(i)));
            value(flat.get(i + 1), out);
        }
    }

    /// What a value is called as a key.
    static String name(PickleValue key) {
        return switch (key) {
            case PickleValue.Text(String text) -> text;
            case PickleValue.Whole(long whole) -> Long.toString(whole);
            case PickleValue.Large(var large) -> large.toString();
            case PickleValue.Real(double real) -> Decimal.plain(real);
            case PickleValue.Atom atom -> atom == PickleValue.Atom.NONE ? "None" : atom == PickleValue.Atom.TRUE ? "True" : "False";
            case PickleValue.Bytes(byte[] bytes) -> text(bytes);
            case PickleValue.Items(_, List<PickleValue> list) -> {
                var out = new StringBuilder("(");
                for (PickleValue each : list.subList(0, Math.min(list.size(), 8)))
                    out.append(out.length() > 1 ? ", " : "").append(each instanceof PickleValue.Items || each instanceof Made ? CUT : name(each));
                yield out.append(')').toString();
            }
            case PickleValue.Global(String module, String name) -> dotted(module, name);
            case PickleValue.Dict _, PickleValue.Outside _, Made _ -> CUT;
        };
    }

    private static String dotted(String module, String name) {
        return module.isEmpty() ? name : module + "." + name;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void made(Made made, Arrivals out) {
        List<PickleValue> arguments = made.arguments();
        PickleValue first = arguments.isEmpty() ? null : arguments.getFirst();
        String called = made.callable() instanceof PickleValue.Global(String module, String name) ? dotted(module, name) : "";
        String said = switch (called) {
            case "_codecs.encode" -> first instanceof PickleValue.Text(String latin) ? text(latin.getBytes(StandardCharsets.ISO_8859_1)) : null;
            case "builtins.bytearray", "__builtin__.bytearray" -> first instanceof PickleValue.Text(String latin) ? text(latin.getBytes(StandardCharsets.ISO_8859_1)) : null;
            case "__builtin__.bytes", "builtins.bytes" -> "";
            case "datetime.datetime", "datetime.date", "datetime.time" -> date(first);
            case "decimal.Decimal" -> first instanceof PickleValue.Text(String text) ? text : null;
            default -> null;
        };
        if (said != null) out.text(said);
        else if ((called.endsWith("builtin__.set") || called.endsWith("builtin__.frozenset") || called.equals("builtins.set") || called.equals("builtins.frozenset"))
                && first instanceof PickleValue.Items(_, List<PickleValue> list)) list(list, out);
        else object(made, out);
    }

    private void object(Made made, Arrivals out) {
        out.open('{');
        depth++;
        PickleValue.Global type = made.type();
        out.field("__class__", dotted(type.module(), type.name()));
        boolean whole = made.callable() instanceof PickleValue.Global(_, String name) && (name.equals("_reconstructor") || name.equals("__newobj__"));
        if (!whole && !made.arguments().isEmpty()) {
            out.key("__args__");
            list(made.arguments(), out);
        }
        switch (made.state()) {
            case PickleValue.Dict dict -> pairs(dict.flat(), out);
            case null -> { }
            case PickleValue other -> {
                out.key("__state__");
                value(other, out);
            }
        }
        if (!made.entries().flat().isEmpty()) pairs(made.entries().flat(), out);
        if (!made.items().list().isEmpty()) {
            out.key("__items__");
            list(made.items().list(), out);
        }
        depth--;
        out.close('}');
    }

    /// A date of `datetime` from the bytes of its state; null where they are none.
    private static String date(PickleValue state) {
        byte[] b = switch (state) {
            case PickleValue.Bytes(byte[] bytes) -> bytes;
            case PickleValue.Text(String latin) -> latin.getBytes(StandardCharsets.ISO_8859_1);
            case Made made when !made.arguments().isEmpty() && made.arguments().getFirst() instanceof PickleValue.Text(String latin) -> latin.getBytes(StandardCharsets.ISO_8859_1);
            case null, default -> new byte[0];
        };
        String day = b.length == 4 || b.length == 10 ? String.format(Locale.ROOT, "%04d-%02d-%02d", (b[0] & 0xff) << 8 | b[1] & 0xff, b[2] & 0x7f, b[3] & 0xff) : "";
        if (b.length == 4) return day;
        if (b.length != 10 && b.length != 6) return null;
        int at = b.length - 6;
        int micros = (b[at + 3] & 0xff) << 16 | (b[at + 4] & 0xff) << 8 | b[at + 5] & 0xff;
        String time = String.format(Locale.ROOT, "%02d:%02d:%02d", b[at] & 0x7f, b[at + 1] & 0xff, b[at + 2] & 0xff) + (micros == 0 ? "" : String.format(Locale.ROOT, ".%06d", micros));
        return day.isEmpty() ? time : day + "T" + time;
    }
}
