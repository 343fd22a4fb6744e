package serpentarium.log.ui;

import javafx.beans.property.BooleanProperty;
import serpentarium.kit.Settings;
import serpentarium.log.ui.list.LogList;

/// How a person likes lists of rows, from one log to the next.
///
/// @param settings where it is remembered
record ListSettings(Settings settings) {
    void keep(LogList list) {
        keep("log.wrap", list.wrapping());
        keep("log.deltas", list.deltas());
        keep("log.numbers", list.numbered());
    }

    private void keep(String key, BooleanProperty property) {
        settings.text(key).ifPresent(text -> property.set(text.equals("true")));
        property.addListener((_, _, now) -> settings.put(key, String.valueOf(now)));
    }
}
