package serpentarium.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.StackPane;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Document;
import serpentarium.kit.EmptyState;
import serpentarium.kit.Icons;
import serpentarium.kit.Ports;
import serpentarium.kit.Workpane;

/// A pane's documents as tabs, or what to do when it has none.
final class PaneHost extends StackPane {
    private static final Strings STRINGS = Strings.of(PaneHost.class);

    private final Workpane pane;
    private final Ports ports;
    private final TabPane tabs = new TabPane();
    private final ReadOnlyObjectWrapper<Document> selected = new ReadOnlyObjectWrapper<>(this, "selected");

    /// @param begin what is offered while nothing is open, the most likely first
    PaneHost(Workpane pane, Ports ports, List<Command> begin) {
        this.pane = pane;
        this.ports = ports;
        getStyleClass().add("pane-host");
        tabs.setTabDragPolicy(TabPane.TabDragPolicy.REORDER);
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.ALL_TABS);
        tabs.getStyleClass().add("documents");
        var empty = new EmptyState(pane.icon(), STRINGS.get("pane.empty.title"), pane.hint().isEmpty() ? STRINGS.get("pane.empty.text") : pane.hint(),
                begin.toArray(Command[]::new));
        tabs.getTabs().addListener((ListChangeListener<Tab>) _ -> show(tabs.getTabs().isEmpty() ? empty : tabs));
        tabs.getSelectionModel().selectedItemProperty().addListener((_, _, tab) -> selected.set(tab == null ? null : document(tab)));
        getChildren().setAll(empty);
    }

    private void show(Node node) {
        if (getChildren().size() != 1 || getChildren().getFirst() != node) getChildren().setAll(node);
    }

    Workpane pane() {
        return pane;
    }

    /// The document in front, or null.
    ReadOnlyObjectProperty<Document> selected() {
        return selected.getReadOnlyProperty();
    }

    List<Document> documents() {
        return tabs.getTabs().stream().map(PaneHost::document).toList();
    }

    /// Calls back whenever a document was opened, closed or moved.
    void whenChanged(Runnable listener) {
        tabs.getTabs().addListener((ListChangeListener<Tab>) _ -> listener.run());
    }

    void open(Path file) {
        Document document = pane.open(file);
        var tab = new Tab(document.title(), document.view());
        tab.setUserData(document);
        tab.setGraphic(Icons.of(pane.icon(), "tab-icon"));
        document.shown().subscribe(shown -> {
            tab.setText(document.title());
            tab.setTooltip(new Tooltip(shown.toString()));
        });
        tab.setContextMenu(menu(tab));
        tab.setOnClosed(_ -> document.close());
        tabs.getTabs().add(tab);
        tabs.getSelectionModel().select(tab);
        document.view().requestFocus();
    }

    /// Opens what the pane begins with, where nothing is open and it begins with something.
    void openHome() {
        if (tabs.getTabs().isEmpty()) pane.home().ifPresent(this::open);
    }

    private ContextMenu menu(Tab tab) {
        return new ContextMenu(item("tab.close", () -> close(tab)), item("tab.close-others", () -> closeOthers(tab)), item("tab.close-all", this::closeAll),
                new SeparatorMenuItem(), item("tab.copy-path", () -> ports.copy(document(tab).file().toString())),
                item("tab.show-in-folder", () -> ports.showOutside(ShellCommands.folder(document(tab)))));
    }

    private static MenuItem item(String key, Runnable run) {
        var item = new MenuItem(STRINGS.get(key));
        item.setOnAction(_ -> run.run());
        return item;
    }

    boolean select(Path file) {
        Optional<Tab> tab = tabs.getTabs().stream().filter(each -> document(each).file().toAbsolutePath().normalize().equals(file)).findFirst();
        tab.ifPresent(tabs.getSelectionModel()::select);
        return tab.isPresent();
    }

    /// Goes so many tabs to the right, around the end.
    void step(int by) {
        int count = tabs.getTabs().size();
        if (count > 0) tabs.getSelectionModel().select(Math.floorMod(tabs.getSelectionModel().getSelectedIndex() + by, count));
    }

    void closeSelected() {
        Tab tab = tabs.getSelectionModel().getSelectedItem();
        if (tab != null) close(tab);
    }

    void closeOthersThanSelected() {
        Tab tab = tabs.getSelectionModel().getSelectedItem();
        if (tab != null) closeOthers(tab);
    }

    void closeAll() {
        new ArrayList<>(tabs.getTabs()).forEach(this::close);
    }

    private void closeOthers(Tab tab) {
        new ArrayList<>(tabs.getTabs()).stream().filter(other -> other != tab).forEach(this::close);
        tabs.getSelectionModel().select(tab);
    }

    private void close(Tab tab) {
        if (!tabs.getTabs().remove(tab)) return;
        document(tab).close();
    }

    private static Document document(Tab tab) {
        return (Document) tab.getUserData();
    }
}
