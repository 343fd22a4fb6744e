package serpentarium.kit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.animation.PauseTransition;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.control.TableColumnBase;
import javafx.scene.control.TableView;
import javafx.scene.control.TreeTableView;
import javafx.util.Duration;

/// Remembers the widths, order and visibility of a table's columns in [Settings]. Columns are known by their id, so each needs one that
/// stays the same; columns without an id, and remembered ones that are gone, are left alone. New columns keep their place.
public final class ColumnLayout {
    private final String key;
    private final Settings settings;
    private final ObservableList<? extends TableColumnBase<?, ?>> columns;
    private final PauseTransition soon = new PauseTransition(Duration.millis(300));

    private ColumnLayout(ObservableList<? extends TableColumnBase<?, ?>> columns, String key, Settings settings) {
        this.columns = columns;
        this.key = key;
        this.settings = settings;
        soon.setOnFinished(_ -> save());
    }

    /// Restores and from now on remembers the columns of a table.
    ///
    /// @param key such as `profile.functions.columns`
    public static ColumnLayout remember(TableView<?> table, String key, Settings settings) {
        return start(table.getColumns(), key, settings);
    }

    /// Restores and from now on remembers the columns of a tree table. See [#remember(TableView, String, Settings)].
    public static ColumnLayout remember(TreeTableView<?> table, String key, Settings settings) {
        return start(table.getColumns(), key, settings);
    }

    private static <C extends TableColumnBase<?, ?>> ColumnLayout start(ObservableList<C> columns, String key, Settings settings) {
        var layout = new ColumnLayout(columns, key, settings);
        restore(columns, settings.texts(key));
        columns.forEach(layout::watch);
        columns.addListener((ListChangeListener<TableColumnBase<?, ?>>) change -> {
            while (change.next()) if (!change.wasPermutated()) change.getAddedSubList().forEach(layout::watch);
            layout.soon.playFromStart();
        });
        return layout;
    }

    /// Writes the columns as they are now.
    public void save() {
        soon.stop();
        var entries = new ArrayList<String>();
        for (TableColumnBase<?, ?> column : columns) {
            if (column.getId() != null) entries.add(column.getId() + " " + Math.round(column.getWidth()) + " " + column.isVisible());
        }
        settings.put(key, entries);
    }

    private void watch(TableColumnBase<?, ?> column) {
        column.widthProperty().addListener((_, _, _) -> soon.playFromStart());
        column.visibleProperty().addListener((_, _, _) -> soon.playFromStart());
    }

    private static <C extends TableColumnBase<?, ?>> void restore(ObservableList<C> columns, List<String> entries) {
        Map<String, Entry> remembered = new HashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            int place = i;
            Entry.parse(entries.get(i), place).ifPresent(entry -> remembered.put(entry.id, entry));
        }
        if (remembered.isEmpty()) return;
        var sorted = new ArrayList<>(columns);
        var slots = new ArrayList<Integer>();
        for (int i = 0; i < sorted.size(); i++) if (remembered.containsKey(sorted.get(i).getId())) slots.add(i);
        var known = new ArrayList<>(sorted.stream().filter(column -> remembered.containsKey(column.getId())).toList());
        known.sort((a, b) -> Integer.compare(remembered.get(a.getId()).place, remembered.get(b.getId()).place));
        for (int i = 0; i < slots.size(); i++) sorted.set(slots.get(i), known.get(i));
        for (C column : known) {
            Entry entry = remembered.get(column.getId());
            column.setPrefWidth(entry.width);
            column.setVisible(entry.visible);
        }
        if (!sorted.equals(columns)) columns.setAll(sorted);
    }

    private record Entry(String id, double width, boolean visible, int place) {
        private static final int WIDEST = 10_000;

        static Optional<Entry> parse(String text, int place) {
            String[] parts = text.split(" ");
            if (parts.length != 3 || !parts[1].matches("\\d{1,5}")) return Optional.empty();
            return Optional.of(new Entry(parts[0], Math.clamp(Integer.parseInt(parts[1]), 20, WIDEST), Boolean.parseBoolean(parts[2]), place));
        }
    }
}
