package serpentarium.traffic.ui;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.analysis.Secrets;

/// How a flow is written in a list.
final class FlowText {
    private static final Strings STRINGS = Strings.of(FlowText.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
    private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);
    private static final int LONGEST = 1000;

    private FlowText() {}

    /// A cell's text; empty where it is not known.
    static String of(ListColumn column, FlowTable table, int row, boolean masked) {
        return switch (column) {
            case MARK -> table.mark(row).isEmpty() ? "" : Marks.look(table.mark(row)).glyph();
            case STATUS -> status(table, row);
            case METHOD -> word(table, table.method(row));
            // What tells hosts apart in a narrow column is behind the scheme.
            case HOST -> bare(word(table, table.origin(row)));
            case PATH -> path(table, row, masked);
            case TYPE -> after(word(table, table.contentType(row)), "application/");
            case REQUEST_SIZE -> size(table.requestSize(row));
            case RESPONSE_SIZE -> size(table.responseSize(row));
            case FIRST_BYTE -> time(table.firstByte(row));
            case DURATION -> table.open(row) && Double.isNaN(table.duration(row)) ? STRINGS.get("list.open") : time(table.duration(row));
            case STARTED -> clock(table.started(row));
            case WATERFALL -> "";
            case KIND -> kind(table, row);
            case VERSION -> word(table, table.httpVersion(row));
            case CONNECTION -> table.connection(row) < 0 ? "" : "#" + (table.connection(row) + 1);
            case PROCESS -> word(table, table.process(row));
            case MESSAGES -> table.messages(row) == 0 ? "" : Quantity.count((long) table.messages(row));
            case SOURCE -> STRINGS.get("source." + table.source(row).name().toLowerCase(Locale.ROOT));
            case COMMENT -> masked ? Secrets.maskUrl(table.comment(row)) : table.comment(row);
        };
    }

    /// As it is copied: numbers without units, times in full.
    static String copied(ListColumn column, FlowTable table, int row, boolean masked) {
        return switch (column) {
            case MARK -> Marks.name(table.mark(row));
            case HOST -> word(table, table.origin(row));
            case TYPE -> word(table, table.contentType(row));
            case REQUEST_SIZE -> number(table.requestSize(row));
            case RESPONSE_SIZE -> number(table.responseSize(row));
            case FIRST_BYTE -> seconds(table.firstByte(row));
            case DURATION -> seconds(table.duration(row));
            case STARTED -> instant(table.started(row), FULL);
            case STATUS, METHOD, PATH, WATERFALL, KIND, VERSION, CONNECTION, PROCESS, MESSAGES, SOURCE, COMMENT -> of(column, table, row, masked);
        };
    }

    private static String number(long bytes) {
        return bytes < 0 ? "" : Long.toString(bytes);
    }

    private static String seconds(double seconds) {
        return Double.isNaN(seconds) ? "" : String.format(Locale.ROOT, "%.6f", seconds);
    }

    /// A host without its scheme.
    static String bare(String origin) {
        String without = after(origin, "https://");
        return without.length() < origin.length() ? without : after(origin, "http://");
    }

    private static String after(String text, String start) {
        return text.startsWith(start) ? text.substring(start.length()) : text;
    }

    private static String word(FlowTable table, int number) {
        return number < 0 ? "" : table.text(number);
    }

    private static String status(FlowTable table, int row) {
        int status = table.status(row);
        if (status != 0) return Integer.toString(status);
        if (table.failed(row)) return STRINGS.get("list.failed");
        return "";
    }

    static String path(FlowTable table, int row, boolean masked) {
        String path = table.path(row);
        if (masked) path = Secrets.maskUrl(path);
        return path.length() > LONGEST ? path.substring(0, LONGEST) + "…" : path;
    }

    static String kind(FlowTable table, int row) {
        return STRINGS.get("kind." + table.kind(row).name().toLowerCase(Locale.ROOT));
    }

    private static String size(long bytes) {
        return bytes < 0 ? "" : Quantity.size(bytes);
    }

    private static String time(double seconds) {
        return Double.isNaN(seconds) ? "" : Quantity.time(seconds);
    }

    static String clock(double seconds) {
        return instant(seconds, TIME);
    }

    private static String instant(double seconds, DateTimeFormatter format) {
        if (Double.isNaN(seconds) || Math.abs(seconds) > 1e11) return "";
        return format.format(Instant.ofEpochMilli(Math.round(seconds * 1000)).atZone(ZoneId.systemDefault()));
    }
}
