package serpentarium.log.ui.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Rerun;
import serpentarium.log.Level;
import serpentarium.log.engine.RecordSample;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;

/// What can be written in a filter of a log: names of fields, levels and loggers of its last records.
final class FilterWords {
    private static final Strings STRINGS = Strings.of(FilterWords.class);
    private static final int MOST = 60;
    private static final List<String> FIELDS = List.of("level", "logger", "time", "message", "thread", "process", "file", "function");

    private final Rerun<RecordSample> looking;
    private RecordSample sample = RecordSample.NONE;
    private Runnable told = () -> {};

    /// Something to write.
    ///
    /// @param from    where what it stands instead of begins
    /// @param to      and ends
    /// @param insert  what is written
    /// @param explain what it is
    record Word(int from, int to, String insert, String explain) {}

    FilterWords(FilterViewModel model, serpentarium.task.Tasks tasks) {
        looking = new Rerun<>(tasks, () -> TaskSpec.of(STRINGS.get("words.task"), Lane.CPU, context -> RecordSample.of(model.records(), context)).hidden(), this::take, _ -> { });
    }

    private void take(RecordSample now) {
        sample = now;
        told.run();
    }

    /// Looks again at the log's last records.
    void look() {
        looking.news();
    }

    /// What the last look has seen.
    RecordSample sample() {
        return sample;
    }

    /// Is called when a look has ended.
    void whenLooked(Runnable listener) {
        told = listener;
    }

    void close() {
        looking.close();
    }

    /// What can be written at a place of a filter.
    List<Word> at(String text, int caret) {
        int from = caret;
        while (from > 0 && !Character.isWhitespace(text.charAt(from - 1)) && "()|&,".indexOf(text.charAt(from - 1)) < 0) from--;
        String begun = text.substring(from, caret);
        int operator = 0;
        while (operator < begun.length() && "=<>!~".indexOf(begun.charAt(operator)) < 0) operator++;
        var words = new ArrayList<Word>();
        if (operator < begun.length()) values(begun, operator, from, caret, words);
        else fields(begun, from, caret, words);
        return words.subList(0, Math.min(MOST, words.size()));
    }

    private void fields(String begun, int from, int to, List<Word> words) {
        String small = begun.toLowerCase(Locale.ROOT);
        for (String field : FIELDS)
            if (field.startsWith(small)) words.add(new Word(from, to, field + (field.equals("level") || field.equals("time") ? ">=" : "="), STRINGS.get("words." + field)));
        if ("has:traceback".startsWith(small)) words.add(new Word(from, to, "has:traceback ", STRINGS.get("words.traceback")));
        for (String field : new TreeSet<>(sample.fields()))
            if (field.toLowerCase(Locale.ROOT).startsWith(small) && !FIELDS.contains(field) && field.matches("[A-Za-z_@][\\w.@-]*")) words.add(new Word(from, to, field + "=", STRINGS.get("words.field")));
    }

    private void values(String begun, int operator, int from, int to, List<Word> words) {
        int start = operator;
        while (start < begun.length() && "=<>!~".indexOf(begun.charAt(start)) >= 0) start++;
        String value = begun.substring(start).toLowerCase(Locale.ROOT);
        String field = begun.substring(0, operator);
        int at = from + start;
        if (field.equalsIgnoreCase("level")) {
            for (Level level : Level.values())
                if (level != Level.OTHER && level.name().toLowerCase(Locale.ROOT).startsWith(value)) words.add(new Word(at, to, level.name() + " ", STRINGS.get("words.level")));
        } else if (field.equalsIgnoreCase("logger")) {
            sample.loggers().entrySet().stream().filter(each -> each.getKey().toLowerCase(Locale.ROOT).contains(value) && each.getKey().matches("[\\w.:/-]+"))
                    .sorted((a, b) -> Long.compare(b.getValue(), a.getValue())).limit(MOST)
                    .forEach(each -> words.add(new Word(at, to, each.getKey() + " ", STRINGS.get("words.records", Quantity.count(each.getValue())))));
        }
    }
}
