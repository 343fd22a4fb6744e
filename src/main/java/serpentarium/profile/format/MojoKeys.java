package serpentarium.profile.format;

import java.util.HashMap;
import java.util.Map;

/// What the keys of one process stand for: each process of a MOJO file numbers its texts and frames anew.
final class MojoKeys {
    private static final long UNKNOWN = 1;

    private final Map<Long, String> texts = new HashMap<>();
    private final Map<Long, Integer> places = new HashMap<>();
    private final Map<Long, Integer> tasks = new HashMap<>();

    /// Says what a text is.
    void text(long key, String text) {
        texts.put(key, text);
    }

    /// A text; empty where the file does not say it.
    String text(long key) {
        return key == UNKNOWN ? "" : texts.getOrDefault(key, "");
    }

    /// Says what a frame is.
    void place(long key, int place) {
        places.put(key, place);
    }

    /// A frame's place; -1 where the file does not say it.
    int place(long key) {
        return places.getOrDefault(key, -1);
    }

    /// Says where a task stands now; gives where it stood before, -1 where that is not known.
    int task(long key, int node) {
        Integer before = node < 0 ? tasks.remove(key) : tasks.put(key, node);
        return before == null ? -1 : before;
    }

    /// How much of all this there is.
    int size() {
        return texts.size() + places.size() + tasks.size();
    }
}
