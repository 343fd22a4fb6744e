package serpentarium.profile.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import serpentarium.base.Strings;
import serpentarium.profile.ThreadInfo;

/// Which thread and process samples are of: some profilers say so in labels. What a label is called stands in the table of texts, which
/// mostly comes last; so that is looked through first.
final class PprofLabels {
    private static final int MOST = 4096;
    private static final int LONGEST = 64;

    private final Map<Long, Role> keys = new HashMap<>();
    private final Map<Group, Integer> numbers = new HashMap<>();
    private final List<Group> groups = new ArrayList<>();
    private boolean merged;

    /// What a label says.
    private enum Role { NAME, THREAD, PROCESS }

    /// A thread's labels; each is the number of a text, or itself a number, which is kept as its complement minus 1, or 0 where it is not there.
    private record Group(long name, long thread, long process) {}

    private long name;
    private long thread;
    private long process;

    private static Role role(String key) {
        return switch (key) {
            case "thread", "thread_name", "thread name" -> Role.NAME;
            case "tid", "thread_id", "thread id" -> Role.THREAD;
            case "pid", "process", "process_id", "process id" -> Role.PROCESS;
            default -> null;
        };
    }

    /// Looks through the texts of a file for names of labels.
    void find(ProtoInput in) throws IOException {
        for (long text = 0; in.next();) {
            if (in.field() != 6 || in.type() != ProtoInput.LENGTH) {
                in.skip();
                continue;
            }
            long before = in.enter();
            int length = 0;
            byte[] bytes = new byte[LONGEST];
            while (in.more() && length < LONGEST) bytes[length++] = (byte) in.octet();
            in.leave(before);
            Role role = length == LONGEST ? null : role(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
            if (role != null) keys.put(text, role);
            text++;
        }
    }

    /// Whether samples may have labels that matter.
    boolean any() {
        return !keys.isEmpty();
    }

    /// Forgets the labels of the sample before.
    void clear() {
        name = thread = process = 0;
    }

    /// Reads a label.
    void label(ProtoInput in) throws IOException {
        long before = in.enter();
        long key = 0;
        long text = 0;
        long number = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> key = in.number();
                case 2 -> text = in.number();
                case 3 -> number = in.number();
                default -> in.skip();
            }
        }
        in.leave(before);
        long value = text > 0 ? text : ~Math.max(0, number);
        switch (keys.get(key)) {
            case NAME -> name = value;
            case THREAD -> thread = value;
            case PROCESS -> process = value;
            case null -> {
            }
        }
    }

    /// The number of the thread with the labels at hand; that of the last one when there are too many.
    int group() {
        var group = new Group(name, thread, process);
        Integer known = numbers.get(group);
        if (known != null) return known;
        if (groups.size() == MOST) {
            merged = true;
            return MOST - 1;
        }
        groups.add(group);
        numbers.put(group, groups.size() - 1);
        return groups.size() - 1;
    }

    /// Whether some threads had to be put together.
    boolean merged() {
        return merged;
    }

    /// A thread for a person.
    ThreadInfo thread(Strings strings, PprofTables tables, int index, double total) {
        Group group = groups.get(index);
        String called = value(tables, group.name);
        String id = value(tables, group.thread);
        String owner = group.process == 0 ? null : strings.get("pprof.process", value(tables, group.process));
        String shown;
        if (called.isEmpty() && id.isEmpty()) shown = owner != null ? owner : strings.get(groups.size() == 1 ? "pprof.thread" : "pprof.no-thread");
        else if (called.isEmpty()) shown = strings.get("pprof.thread-of", id);
        else shown = id.isEmpty() ? called : strings.get("pprof.named-thread", called, id);
        return new ThreadInfo(shown, total, owner);
    }

    private static String value(PprofTables tables, long value) {
        if (value == 0) return "";
        return value < 0 ? Long.toString(~value) : tables.text(value);
    }
}
