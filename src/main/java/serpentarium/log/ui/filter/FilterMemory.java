package serpentarium.log.ui.filter;

import java.util.ArrayList;
import java.util.List;
import serpentarium.kit.Settings;

/// The filters that were used lately, from one log to the next.
///
/// @param settings where they are remembered
record FilterMemory(Settings settings) {
    private static final String RECENT = "log.filters.recent";
    private static final int MOST = 50;

    /// The newest first.
    List<String> recent() {
        return settings.texts(RECENT);
    }

    void used(String filter) {
        String text = filter.strip();
        if (text.isEmpty()) return;
        var recent = new ArrayList<>(recent());
        recent.remove(text);
        recent.addFirst(text);
        settings.put(RECENT, recent.subList(0, Math.min(MOST, recent.size())));
    }
}
