package serpentarium.log.ui.detail;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Elide;
import serpentarium.kit.Menus;
import serpentarium.kit.Ports;
import serpentarium.log.Level;
import serpentarium.log.LogRecord;
import serpentarium.log.RecordView;
import serpentarium.log.analysis.FilterText;
import serpentarium.log.analysis.SameRequest;

/// What a right click on a value of a record offers: only this, not this, the same logger, thread and request, what was around it, how often there is what.
public final class ValueMenu {
    private static final Strings STRINGS = Strings.of(ValueMenu.class);
    private static final long SECOND = 1_000_000_000L;
    private static final int SHOWN = 40;

    private final Supplier<LogActions> does;
    private final Ports ports;

    /// @param actions does what is chosen; while it gives null, only what needs nobody is offered
    public ValueMenu(Supplier<LogActions> actions, Ports ports) {
        does = actions;
        this.ports = ports;
    }

    /// What is offered for a field of a record.
    public List<MenuItem> field(LogRecord record, FieldRow row) {
        var items = new ArrayList<MenuItem>();
        LogActions actions = does.get();
        if (actions != null) {
            if (!row.name().equals("time")) value(actions, row, items);
            record(actions, record, row.name(), items);
            items.add(new SeparatorMenuItem());
        }
        items.add(item("copy-value", "fth-copy", () -> ports.copy(row.shown())));
        items.add(item("copy-field", null, () -> ports.copy(row.line())));
        return items;
    }

    /// What is offered for a text in a record: a word, or what is selected.
    ///
    /// @param text may be empty
    public List<MenuItem> text(LogRecord record, String text) {
        var items = new ArrayList<MenuItem>();
        String one = text.strip();
        LogActions actions = does.get();
        if (actions != null && !one.isEmpty() && one.length() <= 400) {
            String filter = FilterText.holding(one);
            items.add(item("only-text", "fth-filter", () -> actions.narrow(filter), shortened(one)));
            items.add(item("not-text", "fth-slash", () -> actions.narrow(FilterText.not(filter)), shortened(one)));
            items.add(new SeparatorMenuItem());
        }
        if (actions != null) record(actions, record, "", items);
        if (!text.isEmpty()) {
            if (!items.isEmpty()) items.add(new SeparatorMenuItem());
            items.add(item("copy-text", "fth-copy", () -> ports.copy(text)));
        }
        return items;
    }

    /// What is offered for a word of a record: where a field has that value, what is offered for the field.
    ///
    /// @param zone in which times are shown
    public List<MenuItem> about(LogRecord record, String word, ZoneId zone) {
        for (FieldRow row : FieldRow.of(record, zone)) if (!word.isEmpty() && !row.name().equals("line") && row.shown().equals(word)) return field(record, row);
        return text(record, word);
    }

    /// The word around an offset: letters, digits and what keeps names, ids and addresses together.
    public static String word(String text, int offset) {
        int from = Math.min(offset, text.length());
        int to = from;
        while (from > 0 && wordy(text.charAt(from - 1))) from--;
        while (to < text.length() && wordy(text.charAt(to))) to++;
        String word = text.substring(from, to);
        int begin = 0;
        int end = word.length();
        while (begin < end && ".:/-@".indexOf(word.charAt(begin)) >= 0) begin++;
        while (end > begin && ".:/-@".indexOf(word.charAt(end - 1)) >= 0) end--;
        return word.substring(begin, end);
    }

    private static boolean wordy(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || ".:/-@".indexOf(c) >= 0;
    }

    private void value(LogActions actions, FieldRow row, List<MenuItem> items) {
        Optional<String> filter = FilterText.equal(row.name(), row.value());
        filter.ifPresent(only -> {
            items.add(item("only", "fth-filter", () -> actions.narrow(only), row.name(), shortened(row.shown())));
            items.add(item("not", "fth-slash", () -> actions.narrow(FilterText.not(only)), row.name(), shortened(row.shown())));
        });
        if (filter.isEmpty()) return;
        if (row.name().equals("level") && Level.number(row.shown()) != Level.UNKNOWN)
            items.add(item("level", "fth-chevrons-up", () -> actions.narrow("level>=" + Level.number(row.shown())), row.shown()));
        items.add(item("count", "fth-bar-chart-2", () -> actions.ask("| count by " + row.name()), row.name()));
        if (row.value() instanceof Number && row.own()) items.add(item("average", "fth-activity", () -> actions.ask("has:" + row.name() + " | average " + row.name() + " by 1m"), row.name()));
        items.add(new SeparatorMenuItem());
    }

    /// What the record has in common with others, without what the value itself was asked about.
    private void record(LogActions actions, LogRecord record, String except, List<MenuItem> items) {
        same(actions, "logger", record.logger(), except, items);
        same(actions, "thread", record.thread(), except, items);
        same(actions, "process", record.process(), except, items);
        SameRequest.of(record).filter(id -> !id.name().equals(except)).ifPresent(id ->
                items.add(item("same-request", "fth-link", () -> actions.narrow(id.filter()), id.name(), shortened(id.value()))));
        long time = record.time();
        if (time == RecordView.NO_TIME) return;
        items.add(item("around", "fth-clock", () -> actions.between(time - 30 * SECOND, time + 30 * SECOND)));
        items.add(item("around-long", null, () -> actions.between(time - 300 * SECOND, time + 300 * SECOND)));
    }

    private void same(LogActions actions, String field, String value, String except, List<MenuItem> items) {
        if (value == null || field.equals(except)) return;
        FilterText.equal(field, value).ifPresent(filter -> items.add(item("same-" + field, null, () -> actions.narrow(filter), shortened(value))));
    }

    private static String shortened(String value) {
        return Elide.middle(value.replace('\n', ' '), SHOWN);
    }

    private static MenuItem item(String id, String icon, Runnable run, Object... arguments) {
        return Menus.item(Command.of("log.value." + id, STRINGS.get("value." + id, arguments), icon, null, run));
    }
}
