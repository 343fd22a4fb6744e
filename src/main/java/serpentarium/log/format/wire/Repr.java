package serpentarium.log.format.wire;

import serpentarium.pickle.PickleValue;

/// What Python's `repr` says of a value of a dict of arguments.
final class Repr {
    private Repr() {}

    static String of(PickleValue value) {
        return switch (value) {
            case PickleValue.Text(String text) -> quoted(text);
            case PickleValue.Bytes(byte[] bytes) -> "b" + quoted(PythonLiteral.text(bytes));
            case PickleValue.Items(PickleValue.Shape shape, var list) -> {
                boolean tuple = shape == PickleValue.Shape.TUPLE;
                var out = new StringBuilder(tuple ? "(" : shape == PickleValue.Shape.LIST ? "[" : "{");
                for (int i = 0; i < list.size(); i++) out.append(i > 0 ? ", " : "").append(of(list.get(i)));
                if (tuple && list.size() == 1) out.append(',');
                yield out.append(tuple ? ")" : shape == PickleValue.Shape.LIST ? "]" : "}").toString();
            }
            case PickleValue.Dict(var flat) -> {
                var out = new StringBuilder("{");
                for (int i = 0; i + 1 < flat.size(); i += 2) out.append(i > 0 ? ", " : "").append(of(flat.get(i))).append(": ").append(of(flat.get(i + 1)));
                yield out.append('}').toString();
            }
            case PickleValue.Whole _, PickleValue.Large _, PickleValue.Real _, PickleValue.Atom _, PickleValue.Global _, PickleValue.Outside _, PickleValue.Made _ -> PickledJson.name(value);
        };
    }

    private static String quoted(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        var out = new StringBuilder().append(quote);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int known = "\n\r\t\\".indexOf(c);
            if (known >= 0) out.append('\\').append("nrt\\".charAt(known));
            else if (c == quote) out.append('\\').append(c);
            else if (c < ' ') out.append(String.format(java.util.Locale.ROOT, "\\x%02x", (int) c));
            else out.append(c);
        }
        return out.append(quote).toString();
    }
}
