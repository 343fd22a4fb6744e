package serpentarium.log.analysis;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import serpentarium.log.RecordView;
import serpentarium.task.TaskContext;
import serpentarium.task.WatchedText;

/// What an expression finds in a record, as fields of that record: its groups with names, and the first group as `value` or by the name that was given.
///
/// @param pattern the expression
/// @param names   of its groups from the first on; empty where one has none
public record Extraction(Pattern pattern, List<String> names) {
    /// The name of a group that has none.
    static final String VALUE = "value";

    public Extraction {
        names = List.copyOf(names);
    }

    /// @param name of the first group, or of all that matches where there is no group; null for `value`
    static Extraction of(Pattern pattern, String name) {
        int groups = pattern.matcher("").groupCount();
        var names = new String[Math.max(1, groups)];
        java.util.Arrays.fill(names, "");
        pattern.namedGroups().forEach((group, number) -> names[number - 1] = group);
        if (name != null || names[0].isEmpty()) names[0] = name == null ? VALUE : name;
        return new Extraction(pattern, List.of(names));
    }

    /// The number of a field among the values; -1 where it is none of them.
    int field(String name) {
        for (int i = 0; i < names.size(); i++) if (names.get(i).equalsIgnoreCase(name)) return i;
        return -1;
    }

    /// What is found in a message, or else anywhere in the record; null where nothing is.
    String[] of(RecordView view, TaskContext context) {
        String message = view.text("message");
        String[] found = message == null ? null : of(message, context);
        return found == null ? of(view.whole(), context) : found;
    }

    private String[] of(String text, TaskContext context) {
        Matcher matcher = pattern.matcher(new WatchedText(text, context));
        if (!matcher.find()) return null;
        var found = new String[names.size()];
        for (int i = 0; i < found.length; i++) found[i] = matcher.group(Math.min(i + 1, matcher.groupCount()));
        return found;
    }
}
