package serpentarium.log.ui.detail;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import serpentarium.log.LogRecord;
import serpentarium.log.RecordView;

/// A line of a record's fields.
///
/// @param name  as filters call it
/// @param value its value: a text, a number, a truth value or null
/// @param shown its value as it is to be seen
/// @param own   whether the program wrote it into the record itself, and it is nothing that every record has
public record FieldRow(String name, Object value, String shown, boolean own) {
    private static final int DEEPEST = 20;
    private static final int MOST = 2000;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    /// As `name: value`.
    public String line() {
        return name + ": " + shown;
    }

    /// The fields of a record, those first that every record has. Objects in one another are written as filters name them: `user.id`.
    static List<FieldRow> of(LogRecord record, ZoneId zone) {
        var rows = new ArrayList<FieldRow>();
        if (record.time() != RecordView.NO_TIME) rows.add(new FieldRow("time", record.time(), time(record.time(), zone), false));
        usual("level", record.level(), rows);
        usual("logger", record.logger(), rows);
        usual("file", record.file(), rows);
        if (record.fileLine() >= 0) rows.add(new FieldRow("line", record.fileLine(), String.valueOf(record.fileLine()), false));
        usual("thread", record.thread(), rows);
        usual("process", record.process(), rows);
        record.fields().forEach((name, value) -> own(name, value, 0, rows));
        return rows;
    }

    private static void usual(String name, String value, List<FieldRow> rows) {
        if (value != null) rows.add(new FieldRow(name, value, value, false));
    }

    private static void own(String name, Object value, int depth, List<FieldRow> rows) {
        if (rows.size() >= MOST) return;
        switch (value) {
            case Map<?, ?> map when !map.isEmpty() && depth < DEEPEST -> map.forEach((key, inner) -> own(name + "." + key, inner, depth + 1, rows));
            case Map<?, ?> _, List<?> _ -> {
                String json = DataLayout.json(value);
                rows.add(new FieldRow(name, json, json, true));
            }
            case null -> rows.add(new FieldRow(name, null, "null", true));
            default -> rows.add(new FieldRow(name, value, String.valueOf(value), true));
        }
    }

    /// A time as the detail shows it: with as many digits behind the second as it has, by threes.
    public static String time(long nanos, ZoneId zone) {
        var instant = Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
        int rest = instant.getNano();
        String digits = rest == 0 ? "" : rest % 1_000_000 == 0 ? String.format(Locale.ROOT, ".%03d", rest / 1_000_000)
                : rest % 1000 == 0 ? String.format(Locale.ROOT, ".%06d", rest / 1000) : String.format(Locale.ROOT, ".%09d", rest);
        return TIME.format(instant.atZone(zone)) + digits + " " + zone.getRules().getOffset(instant);
    }
}
