package serpentarium.traffic.ui;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import serpentarium.base.Strings;
import serpentarium.kit.Settings;
import serpentarium.traffic.analysis.FlowValue;

/// The columns that a person added to the list: a field of the header or a place in a JSON body. They are remembered.
final class AddedColumns {
    private static final Strings STRINGS = Strings.of(AddedColumns.class);
    private static final String KEY = "traffic.columns.added";
    private static final int MOST = 20;

    private final TableView<Integer> table;
    private final BiFunction<FlowValue, String, TableColumn<Integer, Integer>> make;
    private final Settings settings;
    private final List<FlowValue> values = new ArrayList<>();

    AddedColumns(TableView<Integer> table, BiFunction<FlowValue, String, TableColumn<Integer, Integer>> make, Settings settings) {
        this.table = table;
        this.make = make;
        this.settings = settings;
        for (String text : settings.texts(KEY)) parse(text).ifPresent(this::show);
    }

    /// Adds a column, unless it is there.
    void add(FlowValue value) {
        if (values.contains(value) || values.size() >= MOST) return;
        show(value);
        save();
    }

    /// What was added.
    List<FlowValue> values() {
        return List.copyOf(values);
    }

    private void show(FlowValue value) {
        if (values.contains(value)) return;
        values.add(value);
        TableColumn<Integer, Integer> column = make.apply(value, name(value));
        column.setId(URLEncoder.encode(text(value), StandardCharsets.UTF_8));
        var remove = new MenuItem(STRINGS.get("list.remove-column"));
        remove.setOnAction(_ -> remove(value, column));
        column.setContextMenu(new ContextMenu(remove));
        table.getColumns().add(column);
    }

    private void remove(FlowValue value, TableColumn<Integer, Integer> column) {
        values.remove(value);
        table.getSortOrder().remove(column);
        table.getColumns().remove(column);
        save();
    }

    private void save() {
        settings.put(KEY, values.stream().map(AddedColumns::text).toList());
    }

    private static String name(FlowValue value) {
        return switch (value) {
            case FlowValue.Header(String name) -> name;
            case FlowValue.Json(String path) -> "{ } " + path;
        };
    }

    private static String text(FlowValue value) {
        return switch (value) {
            case FlowValue.Header(String name) -> "header:" + name;
            case FlowValue.Json(String path) -> "json:" + path;
        };
    }

    private static Optional<FlowValue> parse(String text) {
        if (text.startsWith("header:") && text.length() > 7) return Optional.of(new FlowValue.Header(text.substring(7)));
        if (text.startsWith("json:") && text.length() > 5) return Optional.of(new FlowValue.Json(text.substring(5)));
        return Optional.empty();
    }
}
