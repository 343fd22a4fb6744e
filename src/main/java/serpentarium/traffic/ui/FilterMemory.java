package serpentarium.traffic.ui;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import serpentarium.kit.Settings;

/// The filters that were used lately and those that were saved under a name.
final class FilterMemory {
    private static final String RECENT = "traffic.filters.recent";
    private static final String SAVED = "traffic.filters.saved";
    private static final int MOST = 50;

    private final Settings settings;

    FilterMemory(Settings settings) {
        this.settings = settings;
    }

    /// What was used lately, the newest first.
    List<String> recent() {
        return settings.texts(RECENT);
    }

    /// Remembers a filter that was used.
    void used(String filter) {
        String text = filter.strip();
        if (text.isEmpty()) return;
        var recent = new ArrayList<>(recent());
        recent.remove(text);
        recent.addFirst(text);
        settings.put(RECENT, recent.subList(0, Math.min(MOST, recent.size())));
    }

    /// What was saved, by name, in the order of saving.
    Map<String, String> saved() {
        var saved = new LinkedHashMap<String, String>();
        for (String entry : settings.texts(SAVED)) {
            int tab = entry.indexOf('\t');
            if (tab > 0) saved.put(entry.substring(0, tab), entry.substring(tab + 1));
        }
        return saved;
    }

    /// Saves a filter under a name; a blank filter forgets the name.
    void save(String name, String filter) {
        String clean = name.replace('\t', ' ').strip();
        if (clean.isEmpty()) return;
        Map<String, String> saved = saved();
        saved.remove(clean);
        if (!filter.isBlank()) saved.put(clean, filter.replace('\t', ' ').strip());
        settings.put(SAVED, saved.entrySet().stream().map(entry -> entry.getKey() + "\t" + entry.getValue()).toList());
    }
}
