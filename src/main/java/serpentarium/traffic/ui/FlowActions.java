package serpentarium.traffic.ui;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioButton;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.controlsfx.control.PopOver;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.CopiedTable;
import serpentarium.kit.Icons;
import serpentarium.kit.Menus;
import serpentarium.kit.Popovers;
import serpentarium.kit.Ports;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.analysis.FlowScope;
import serpentarium.traffic.analysis.FlowValue;
import serpentarium.traffic.analysis.Secrets;

/// What can be done with the flows that are selected in the list: commands for keys, menu and palette.
final class FlowActions {
    private static final Strings STRINGS = Strings.of(FlowActions.class);
    private static final int MOST_COPIED = 100_000;

    private final TrafficViewModel model;
    private final FlowListView list;
    private final Ports ports;
    private final TableView<Integer> table;
    private final List<Command> commands = new ArrayList<>();
    private final List<Command> own = new ArrayList<>();

    FlowActions(TrafficViewModel model, FlowListView list, Ports ports) {
        this.model = model;
        this.list = list;
        this.ports = ports;
        table = list.table();
        ObservableBooleanValue some = Bindings.isNotEmpty(table.getSelectionModel().getSelectedIndices());
        add("mark", "fth-star", "M", some, this::mark);
        add("comment", "fth-message-square", "Shortcut+K", some, this::comment);
        add("delete", "fth-trash-2", "Delete", some, this::delete);
        add("undo", "fth-corner-up-left", "Shortcut+Z", model.undoable(), this::undo);
        add("copy-url", "fth-link", null, some, this::copyUrls);
        add("copy", "fth-copy", "Shortcut+C", some, () -> copy(false));
        add("copy-markdown", "fth-copy", "Shortcut+Shift+C", some, () -> copy(true));
        add("same-host", "fth-filter", null, some, () -> scope(new FlowScope.Host(model.table().get().origin(first()))));
        add("same-path", "fth-filter", null, some, this::samePath);
        add("same-connection", "fth-filter", null, some, () -> scope(new FlowScope.Connection(model.table().get().connection(first()))));
        add("causes", "fth-filter", null, some, this::causes);
        add("everything", "fth-x", null, Command.ALWAYS, () -> scope(new FlowScope.All()));
        add("add-column", "fth-plus", null, Command.ALWAYS, this::addColumn);
        add("as-begun", "fth-arrow-down", null, Command.ALWAYS, () -> list.sortBy(ListColumn.STARTED, false));
        add("slowest", "fth-arrow-down", null, Command.ALWAYS, () -> list.sortBy(ListColumn.DURATION, true));
        keys();
        table.setContextMenu(menu());
    }

    /// The commands as the window offers them: keys that each view uses for itself are left to the list.
    List<Command> commands() {
        return List.copyOf(commands);
    }

    private void add(String id, String icon, String keys, ObservableBooleanValue enabled, Runnable run) {
        Command command = Command.of("traffic.flow." + id, STRINGS.get("flow." + id), icon, keys, enabled, run);
        own.add(command);
        commands.add(Command.of(command.id(), command.text(), icon, null, enabled, run));
    }

    private void keys() {
        table.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            for (Command command : own) {
                if (command.shortcut() == null || !command.shortcut().match(event) || !command.enabled().get()) continue;
                command.run().run();
                event.consume();
                return;
            }
        });
    }

    private ContextMenu menu() {
        var menu = new ContextMenu();
        var marks = new Menu(STRINGS.get("flow.marks"), Icons.of("fth-star"));
        for (String mark : Marks.offered()) {
            var glyph = new Label(Marks.look(mark).glyph());
            glyph.setTextFill(Marks.look(mark).color());
            var item = new MenuItem(Marks.name(mark), glyph);
            item.setOnAction(_ -> model.note(list.selectedRows(), mark, null));
            marks.getItems().add(item);
        }
        var none = new MenuItem(STRINGS.get("flow.no-mark"));
        none.setOnAction(_ -> model.note(list.selectedRows(), "", null));
        marks.getItems().addAll(new SeparatorMenuItem(), none);
        marks.disableProperty().bind(Bindings.isEmpty(table.getSelectionModel().getSelectedIndices()));
        menu.getItems().add(marks);
        for (Command command : own) {
            if (command.id().endsWith(".copy-url") || command.id().endsWith(".same-host") || command.id().endsWith(".add-column"))
                menu.getItems().add(new SeparatorMenuItem());
            menu.getItems().add(Menus.item(command));
        }
        // An accelerator of a context menu is one of the whole window for as long as it is set.
        menu.getItems().forEach(item -> item.setAccelerator(null));
        menu.setOnShowing(_ -> {
            for (MenuItem item : menu.getItems())
                own.stream().filter(each -> each.id().equals(item.getId()) && !serpentarium.kit.Shortcuts.types(shortcut(each)))
                        .forEach(each -> item.setAccelerator(each.shortcut()));
        });
        menu.setOnHidden(_ -> menu.getItems().forEach(item -> item.setAccelerator(null)));
        return menu;
    }

    private static javafx.scene.input.KeyCombination shortcut(Command command) {
        return command.shortcut() == null ? javafx.scene.input.KeyCombination.valueOf("M") : command.shortcut();
    }

    private int first() {
        int[] rows = list.selectedRows();
        return rows.length == 0 ? -1 : rows[0];
    }

    private void mark() {
        int[] rows = list.selectedRows();
        if (rows.length > 0) model.note(rows, Marks.next(model.table().get().mark(rows[0])), null);
    }

    private void comment() {
        int[] rows = list.selectedRows();
        if (rows.length == 0) return;
        FlowTable now = model.table().get();
        boolean same = Arrays.stream(rows).allMatch(row -> now.comment(row).equals(now.comment(rows[0])));
        var field = new TextField(same ? now.comment(rows[0]) : "");
        field.setId("comment");
        field.setPrefColumnCount(40);
        PopOver popover = ask(STRINGS.get("flow.comment-prompt"), field);
        field.setOnAction(_ -> {
            model.note(rows, null, field.getText().strip());
            popover.hide();
        });
    }

    private PopOver ask(String what, javafx.scene.Node... content) {
        var label = new Label(what);
        label.setLabelFor(content[0]);
        var box = new VBox(8, content);
        box.getChildren().addFirst(label);
        box.getStyleClass().add("popover-text");
        PopOver popover = Popovers.of(box);
        popover.setArrowLocation(PopOver.ArrowLocation.TOP_CENTER);
        popover.show(table.lookup(".column-header-background") == null ? table : table.lookup(".column-header-background"));
        content[0].requestFocus();
        return popover;
    }

    private void delete() {
        int[] rows = list.selectedRows();
        List<Integer> places = table.getSelectionModel().getSelectedIndices();
        int after = places.getLast() + 1;
        int next = after < table.getItems().size() ? after : places.getFirst() - 1;
        if (next >= 0) table.getSelectionModel().clearAndSelect(next);
        else table.getSelectionModel().clearSelection();
        model.delete(rows);
        ports.notify(STRINGS.get("flow.deleted", rows.length));
    }

    private void undo() {
        int count = model.undo();
        if (count > 0) ports.notify(STRINGS.get("flow.back", count));
    }

    private void copyUrls() {
        var text = new StringBuilder();
        FlowTable now = model.table().get();
        for (int row : head()) {
            if (!text.isEmpty()) text.append('\n');
            String url = (now.origin(row) < 0 ? "" : now.text(now.origin(row))) + now.path(row);
            text.append(model.masked().get() ? Secrets.maskUrl(url) : url);
        }
        ports.copy(text.toString());
    }

    private int[] head() {
        int[] rows = list.selectedRows();
        return rows.length > MOST_COPIED ? Arrays.copyOf(rows, MOST_COPIED) : rows;
    }

    private void copy(boolean markdown) {
        List<TableColumn<Integer, ?>> columns = table.getVisibleLeafColumns().stream().filter(column -> !ListColumn.WATERFALL.id().equals(column.getId()))
                .<TableColumn<Integer, ?>>map(column -> column).toList();
        var rows = new ArrayList<List<String>>();
        for (int row : head()) rows.add(columns.stream().map(column -> list.copied(column, row)).toList());
        var copied = new CopiedTable(columns.stream().map(TableColumn::getText).toList(),
                columns.stream().map(column -> column.getStyleClass().contains("number-column")).toList(), rows);
        ports.copy(markdown ? copied.markdown() : copied.tsv());
        ports.notify(STRINGS.get("flow.copied", rows.size()));
    }

    private void scope(FlowScope scope) {
        model.scope().set(scope);
    }

    private void samePath() {
        FlowTable now = model.table().get();
        int row = first();
        String path = now.path(row);
        int query = path.indexOf('?');
        scope(new FlowScope.PathOf(now.origin(row), query < 0 ? path : path.substring(0, query), false));
    }

    private void causes() {
        int parent = model.table().get().parent(first());
        scope(new FlowScope.Caused(parent < 0 ? first() : parent));
    }

    private void addColumn() {
        var field = new TextField();
        field.setId("column-name");
        field.setPrefColumnCount(30);
        var group = new ToggleGroup();
        var header = new RadioButton(STRINGS.get("column.header"));
        var json = new RadioButton(STRINGS.get("column.json"));
        header.setToggleGroup(group);
        json.setToggleGroup(group);
        header.setSelected(true);
        var add = new Button(STRINGS.get("column.add"));
        add.setDefaultButton(true);
        add.disableProperty().bind(field.textProperty().isEmpty());
        PopOver popover = ask(STRINGS.get("column.prompt"), field, new HBox(12, header, json), add);
        Runnable done = () -> {
            String name = field.getText().strip();
            if (name.isEmpty()) return;
            list.added().add(json.isSelected() ? new FlowValue.Json(name) : new FlowValue.Header(name));
            popover.hide();
        };
        add.setOnAction(_ -> done.run());
        field.setOnAction(_ -> done.run());
    }
}
