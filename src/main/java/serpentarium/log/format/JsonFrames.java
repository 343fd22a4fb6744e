package serpentarium.log.format;

import java.util.List;
import java.util.Map;

/// Exceptions that a library wrote as data: structlog's `dict_tracebacks`, or a list of lines.
final class JsonFrames {
    private JsonFrames() {}

    /// The text as Python itself would print it, without the source lines that are not told.
    static String text(List<?> list) {
        var out = new StringBuilder();
        // structlog puts the newest first; Python prints it last.
        for (int i = list.size() - 1; i >= 0; i--) if (list.get(i) instanceof Map<?, ?> each) {
            if (i < list.size() - 1) out.append(link(list.get(i + 1)));
            exception(each, out);
        }
        if (!out.isEmpty()) return out.toString().stripTrailing();
        for (Object line : list) out.append(String.valueOf(line).stripTrailing()).append('\n');
        return out.toString().stripTrailing();
    }

    /// What stands below an exception that led to another; it says itself whether it is the cause.
    private static String link(Object above) {
        return above instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get("is_cause")) ? "\nThe above exception was the direct cause of the following exception:\n\n"
                : "\nDuring handling of the above exception, another exception occurred:\n\n";
    }

    private static void exception(Map<?, ?> each, StringBuilder out) {
        out.append("Traceback (most recent call last):\n");
        if (each.get("frames") instanceof List<?> frames) for (Object frame : frames) {
            if (!(frame instanceof Map<?, ?> map)) continue;
            out.append("  File \"").append(map.get("filename")).append("\", line ").append(map.get("lineno")).append(", in ").append(map.get("name")).append('\n');
        }
        out.append(each.get("exc_type"));
        Object value = each.get("exc_value");
        if (value != null && !value.toString().isEmpty()) out.append(": ").append(value);
        out.append('\n');
        if (each.get("exc_notes") instanceof List<?> notes) for (Object note : notes) out.append(note).append('\n');
    }
}
