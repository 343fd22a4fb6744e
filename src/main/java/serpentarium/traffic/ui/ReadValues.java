package serpentarium.traffic.ui;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import serpentarium.base.Strings;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;
import serpentarium.traffic.analysis.FlowContent;
import serpentarium.traffic.analysis.FlowValue;

/// Values that must be read from each flow, for the rows in sight: read in the background, some thousands remembered.
final class ReadValues {
    private static final Strings STRINGS = Strings.of(ReadValues.class);
    private static final int REMEMBERED = 4000;

    private final FlowValue value;
    private final FlowContent content;
    private final Tasks tasks;
    private final Runnable changed;
    private final Map<Integer, String> known = new LinkedHashMap<>() {
        @Override protected boolean removeEldestEntry(Map.Entry<Integer, String> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final Set<Integer> wanted = new LinkedHashSet<>();
    private boolean running;

    /// @param changed is told when values have come
    ReadValues(FlowValue value, FlowContent content, Tasks tasks, Runnable changed) {
        this.value = value;
        this.content = content;
        this.tasks = tasks;
        this.changed = changed;
    }

    FlowValue value() {
        return value;
    }

    /// A row's value; empty where there is none or it is not there yet.
    String of(int row) {
        String text = known.get(row);
        if (text != null) return text;
        wanted.add(row);
        read();
        return known.getOrDefault(row, "");
    }

    /// A row may have grown.
    void forget(int row) {
        known.remove(row);
    }

    private void read() {
        if (running || wanted.isEmpty()) return;
        running = true;
        int[] rows = wanted.stream().mapToInt(Integer::intValue).toArray();
        wanted.clear();
        tasks.submit(TaskSpec.of(STRINGS.get("task.values"), Lane.IO, context -> {
            Map<Integer, String> read = new HashMap<>();
            for (int row : rows) {
                context.checkpoint();
                read.put(row, text(row));
            }
            return read;
        }).hidden()).whenEnded(state -> {
            running = false;
            if (state instanceof TaskState.Done<Map<Integer, String>>(var read)) {
                known.putAll(read);
                changed.run();
            }
            read();
        });
    }

    private String text(int row) {
        try {
            String text = value.of(content, row);
            return text == null ? "" : text;
        } catch (IOException e) {
            return STRINGS.get("list.unreadable");
        }
    }
}
