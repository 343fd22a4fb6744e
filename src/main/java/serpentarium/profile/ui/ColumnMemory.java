package serpentarium.profile.ui;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.control.TableColumnBase;
import serpentarium.kit.Settings;

/// Remembers the order, widths and visibility of a table's columns, by the columns' ids.
///
/// Stored as a list of texts `ID WIDTH SHOWN`, with SHOWN `+` or `-`. What cannot be read is passed over; columns that a table does not have
/// now (calls, in a profile of samples) keep what was remembered.
final class ColumnMemory {
    private static final double NARROWEST = 30;
    private static final double WIDEST = 4000;

    private final Settings settings;
    private final String key;
    private final Map<String, String> remembered = new LinkedHashMap<>();

    ColumnMemory(Settings settings, String key) {
        this.settings = settings;
        this.key = key;
    }

    /// Puts columns as they were left, and remembers from now on how they are left.
    <C extends TableColumnBase<?, ?>> void keep(ObservableList<C> columns) {
        restore(columns);
        for (C column : columns) {
            column.widthProperty().addListener(_ -> save(columns));
            column.visibleProperty().addListener(_ -> save(columns));
        }
        columns.addListener((ListChangeListener<C>) _ -> save(columns));
    }

    private <C extends TableColumnBase<?, ?>> void restore(ObservableList<C> columns) {
        Map<String, C> byId = new LinkedHashMap<>();
        for (C column : columns) byId.put(column.getId(), column);
        var order = new ArrayList<C>();
        for (String line : settings.texts(key)) {
            String[] parts = line.split(" ");
            if (parts.length != 3) continue;
            remembered.put(parts[0], line);
            C column = byId.remove(parts[0]);
            if (column == null) continue;
            order.add(column);
            width(parts[1], column);
            column.setVisible(!parts[2].equals("-"));
        }
        if (order.isEmpty()) return;
        // The first column names the row and carries the tree; it stays where it is, and it stays.
        C first = columns.getFirst();
        first.setVisible(true);
        order.remove(first);
        order.addFirst(first);
        order.addAll(byId.values().stream().filter(column -> column != first).toList());
        columns.setAll(order);
    }

    private static void width(String text, TableColumnBase<?, ?> column) {
        try {
            double width = Double.parseDouble(text);
            if (width >= NARROWEST && width <= WIDEST) column.setPrefWidth(width);
        } catch (NumberFormatException _) {
            // A settings file that a person wrote in; the column keeps its own width.
        }
    }

    private void save(List<? extends TableColumnBase<?, ?>> columns) {
        for (TableColumnBase<?, ?> column : columns) {
            remembered.remove(column.getId());
            remembered.put(column.getId(), column.getId() + " " + Math.round(column.getWidth()) + " " + (column.isVisible() ? "+" : "-"));
        }
        settings.put(key, List.copyOf(remembered.values()));
    }
}
