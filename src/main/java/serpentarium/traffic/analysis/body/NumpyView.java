package serpentarium.traffic.analysis.body;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import serpentarium.base.Bid;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;

/// The header of numpy's .npy files. The dictionary in it is read by a pattern and never evaluated.
///
/// Source: numpy's `numpy/lib/format.py`.
public final class NumpyView implements BodyView {
    private static final Strings STRINGS = Strings.of(NumpyView.class);
    private static final Pattern DESCR = Pattern.compile("'descr':\\s{0,9}('[^']{0,99}'|\\[.{0,4000}?\\])\\s{0,9},\\s{0,9}'fortran", Pattern.DOTALL);
    private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s{0,9}(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape':\\s{0,9}(\\([0-9, L]{0,300}\\))");

    /// What the header says.
    ///
    /// @param version of the format
    /// @param type    numpy's description of an item, such as `<f8`
    /// @param fortran whether columns come first
    /// @param shape   as a tuple
    /// @param offset  where the items begin
    record Header(String version, String type, boolean fortran, String shape, int offset) {
        /// Reads one; null where there is none.
        static Header read(byte[] bytes) {
            if (bytes.length < 10 || (bytes[0] & 0xff) != 0x93 || !new String(bytes, 1, 5, StandardCharsets.ISO_8859_1).equals("NUMPY")) return null;
            boolean wide = bytes[6] >= 2;
            if (wide && bytes.length < 12) return null;
            long length = bytes[8] & 0xff | (bytes[9] & 0xff) << 8;
            if (wide) length |= (long) (bytes[10] & 0xff) << 16 | (bytes[11] & 0xffL) << 24;
            int from = wide ? 12 : 10;
            if (length > bytes.length - from) return null;
            String text = new String(bytes, from, (int) length, StandardCharsets.UTF_8);
            Matcher descr = DESCR.matcher(text);
            Matcher order = ORDER.matcher(text);
            Matcher shape = SHAPE.matcher(text);
            if (!descr.find() || !order.find() || !shape.find()) return null;
            return new Header(bytes[6] + "." + bytes[7], descr.group(1).replaceAll("^'|'$", ""), order.group(1).equals("True"), shape.group(1),
                    from + (int) length);
        }

        /// In one line.
        String line() {
            return type + " " + shape;
        }

        /// How many items the shape has; -1 where that is absurd.
        long items() {
            long items = 1;
            for (String each : shape.replaceAll("[()L ]", "").split(",")) {
                if (each.isEmpty()) continue;
                if (each.length() > 18) return -1;
                long size = Long.parseLong(each);
                if (size != 0 && items > Long.MAX_VALUE / size) return -1;
                items *= size;
            }
            return items;
        }
    }

    @Override public String id() {
        return "numpy";
    }

    @Override public Bid bid(BodyInput in) {
        return in.starts(0x93, 'N', 'U', 'M', 'P', 'Y') ? new Bid.Yes(95) : new Bid.No(STRINGS.get("bid.numpy"));
    }

    @Override public BodyModel model(BodyInput in, TaskContext context) {
        Header header = Header.read(in.bytes());
        if (header == null) throw new ProblemException(Problem.of(STRINGS, "body.numpy", Place.NOWHERE));
        boolean objects = header.type.contains("O");
        var rows = List.of(
                List.of(STRINGS.get("numpy.type"), header.type + named(header.type)),
                List.of(STRINGS.get("numpy.shape"), header.shape),
                List.of(STRINGS.get("numpy.items"), header.items() < 0 ? "?" : Quantity.count(header.items())),
                List.of(STRINGS.get("numpy.order"), STRINGS.get(header.fortran ? "numpy.fortran" : "numpy.c")),
                List.of(STRINGS.get("numpy.version"), header.version),
                List.of(STRINGS.get("numpy.offset"), Quantity.count(header.offset)));
        return new BodyModel.Table(List.of(STRINGS.get("column.name"), STRINGS.get("column.value")), rows, objects ? STRINGS.get("note.numpy") : "");
    }

    private static String named(String type) {
        if (!type.matches("[<>|=][a-zA-Z]\\d{1,6}")) return "";
        String order = switch (type.charAt(0)) {
            case '<' -> ", little-endian";
            case '>' -> ", big-endian";
            default -> "";
        };
        long bits = 8L * Integer.parseInt(type.substring(2));
        return switch (type.charAt(1)) {
            case 'f' -> "  (float" + bits + order + ")";
            case 'i' -> "  (int" + bits + order + ")";
            case 'u' -> "  (uint" + bits + order + ")";
            case 'c' -> "  (complex" + bits + order + ")";
            case 'b' -> "  (bool)";
            default -> "";
        };
    }
}
