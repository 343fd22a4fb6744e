package serpentarium.traffic.ui;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.BorderPane;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Dividers;
import serpentarium.kit.Icons;
import serpentarium.kit.Menus;
import serpentarium.kit.Popovers;
import serpentarium.kit.Toolbars;
import serpentarium.traffic.analysis.FlowContent;
import serpentarium.traffic.engine.OpenTraffic;
import serpentarium.traffic.ui.TrafficPane.Surroundings;

/// All views of one session: the tree at the left, list or charts in the middle, the flow's detail at the right or below.
final class TrafficView extends BorderPane {
    /// The views' names, for `render --view`; the first is the default.
    static final List<String> VIEWS = List.of("list", "search", "charts");

    private static final Strings STRINGS = Strings.of(TrafficView.class);
    private static final java.util.Set<String> BESIDE_DETAIL = java.util.Set.of("list", "search", "send");
    private static final String MASK = "traffic.mask";
    /// From this width on the detail stands beside the list, below it under it.
    private static final double WIDE = 1500;

    private final TrafficViewModel model;
    private final TabPane main = new TabPane();
    private final SplitPane sides = new SplitPane();
    private final SplitPane parts = new SplitPane();
    private final FlowDetail detail;
    private final FlowListView list;
    private final BooleanProperty showTree = new SimpleBooleanProperty(this, "showTree", true);
    private final FilterBar bar;
    private final FlowTreeView tree;
    private final SearchViewModel searching;
    private final SearchView search;
    private final ChartsView charts;
    private final FilterMemory memory;
    private final List<Command> commands = new ArrayList<>();

    TrafficView(OpenTraffic traffic, FlowContent content, Surroundings with) {
        model = new TrafficViewModel(traffic.session(), content, with.tasks(), with.fx());
        getStyleClass().add("traffic-view");
        getStylesheets().add(TrafficView.class.getResource("traffic.css").toExternalForm());
        setMinSize(0, 0);
        model.masked().set(with.settings().text(MASK).filter("true"::equals).isPresent());
        model.masked().addListener((_, _, now) -> with.settings().put(MASK, String.valueOf(now)));
        model.problem().addListener((_, _, problem) -> {
            if (problem != null) with.ports().notify(problem);
        });
        memory = new FilterMemory(with.settings());
        bar = new FilterBar(model, memory);
        tree = new FlowTreeView(model, with.tasks(), with.ports());
        list = new FlowListView(model, with);
        main.getStyleClass().addAll("traffic-tabs", "dense");
        main.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        searching = new SearchViewModel(model, with.tasks(), with.fx());
        search = new SearchView(model, searching, with.tasks(), with.ports());
        charts = new ChartsView(model, with);
        main.getTabs().addAll(tab("list", "fth-list", list), tab("search", "fth-search", search), tab("charts", "fth-bar-chart-2", charts));
        main.getSelectionModel().selectedItemProperty().addListener((_, _, tab) -> share(!BESIDE_DETAIL.contains(tab.getId())));
        charts.active().bind(main.getSelectionModel().selectedItemProperty().map(tab -> "charts".equals(tab.getId())));
        SplitPane.setResizableWithParent(tree, false);
        detail = new FlowDetail(with.tasks(), with.ports(), with.settings(), model.masked());
        parts.getItems().addAll(main, detail.node());
        parts.setMinSize(0, 0);
        Dividers.remember(parts, "traffic.detail.divider", with.settings(), 0.56);
        widthProperty().addListener((_, _, width) -> parts.setOrientation(width.doubleValue() >= WIDE ? Orientation.HORIZONTAL : Orientation.VERTICAL));
        parts.setOrientation(Orientation.VERTICAL);
        model.selected().addListener(_ -> showDetail());
        searching.current().addListener((_, _, place) -> {
            if (place.intValue() >= 0 && place.intValue() < searching.hits().size())
                detail.reveal(searching.hits().get(place.intValue()), searching.query(), searching.regex().get(), searching.ordinal(place.intValue()));
        });
        model.changes().addListener(_ -> showDetail());
        sides.getItems().addAll(tree, parts);
        Dividers.remember(sides, "traffic.tree.divider", with.settings(), 0.19);
        showTree.addListener((_, _, show) -> {
            if (show) sides.getItems().addFirst(tree);
            else sides.getItems().remove(tree);
        });
        setTop(bar);
        setCenter(sides);
        var export = new TrafficExport(model.session(), list::selectedRows, with.tasks(), with.ports());
        makeCommands(export);
        commands.addAll(new FlowActions(model, list, with.ports()).commands());
        var selected = new CopyAs(model.session(), content, list::selectedRows, model.masked()::get, with.tasks(), with.ports());
        commands.addAll(selected.commands());
        Command exported = export.selection(model, bar, Bindings.isNotEmpty(list.table().getSelectionModel().getSelectedIndices()));
        commands.add(exported);
        list.table().getContextMenu().getItems().addAll(1, List.of(selected.menu(), Menus.item(exported)));
        detail.onGo(row -> model.selected().set(row));
        detail.offer(new CopyAs(model.session(), content, this::detailed, model.masked()::get, with.tasks(), with.ports()));
    }

    /// The rows that are selected in the list.
    int[] selectedRows() {
        return list.selectedRows();
    }

    /// Puts commands that need the selected flows at the end of the list's menu.
    void offer(List<Command> more) {
        list.table().getContextMenu().getItems().add(new SeparatorMenuItem());
        for (Command command : more) list.table().getContextMenu().getItems().add(Menus.item(command));
    }

    /// Whether so many flows are selected in the list.
    ObservableBooleanValue selected(int count) {
        return Bindings.size(list.table().getSelectionModel().getSelectedIndices()).isEqualTo(count);
    }

    /// Shows something in place of the views; null brings them back.
    void instead(Node node) {
        setTop(node == null ? bar : null);
        setCenter(node == null ? sides : node);
    }

    /// Adds a view after the others, for a session that is live.
    ///
    /// @param title for a person
    void add(String name, String icon, String title, Node content) {
        var tab = new Tab(title, content);
        tab.setId(name);
        tab.setGraphic(Icons.of(icon));
        main.getTabs().add(tab);
    }

    /// What is not about one flow has the place of the one that is selected.
    private void share(boolean alone) {
        if (alone) parts.getItems().remove(detail.node());
        else if (!parts.getItems().contains(detail.node())) parts.getItems().add(detail.node());
    }

    private int[] detailed() {
        return model.selected().get() < 0 ? new int[0] : new int[] {model.selected().get()};
    }

    private void showDetail() {
        detail.show(model.session(), model.selected().get());
    }

    /// The detail of the selected flow.
    FlowDetail detail() {
        return detail;
    }

    private Tab tab(String name, String icon, Node content) {
        var tab = new Tab(STRINGS.get("view." + name), content);
        tab.setId(name);
        tab.setGraphic(Icons.of(icon));
        return tab;
    }

    private void saveFilter() {
        var name = new javafx.scene.control.TextField();
        name.setId("filter-name");
        name.setPrefColumnCount(28);
        var label = new javafx.scene.control.Label(STRINGS.get("filter.name"));
        label.setLabelFor(name);
        var save = new javafx.scene.control.Button(STRINGS.get("filter.save"));
        save.setDefaultButton(true);
        save.disableProperty().bind(name.textProperty().isEmpty());
        var box = new javafx.scene.layout.VBox(8, label, new javafx.scene.layout.HBox(8, name, save));
        box.getStyleClass().add("popover-text");
        var popover = Popovers.of(box);
        popover.setArrowLocation(org.controlsfx.control.PopOver.ArrowLocation.TOP_LEFT);
        popover.show(bar.field());
        name.requestFocus();
        Runnable keep = () -> {
            memory.save(name.getText(), bar.field().text().get());
            popover.hide();
        };
        name.setOnAction(_ -> keep.run());
        save.setOnAction(_ -> keep.run());
    }

    private void makeCommands(TrafficExport export) {
        Command history = Command.of("traffic.filter-history", STRINGS.get("view.filter-history"), "fth-clock", null, () -> bar.field().showMemory());
        Command save = Command.of("traffic.filter-save", STRINGS.get("view.filter-save"), "fth-bookmark", null, this::saveFilter);
        bar.add(Toolbars.button(history), Toolbars.button(save));
        commands.add(history);
        commands.add(save);
        commands.add(Command.of("traffic.filter", STRINGS.get("view.filter"), "fth-filter", "Shortcut+F", () -> bar.field().focus()));
        commands.add(Command.of("traffic.search", STRINGS.get("view.find"), "fth-search", "Shortcut+Shift+F", () -> {
            showView("search");
            search.requestFocus();
        }));
        commands.add(Command.of("traffic.next-hit", STRINGS.get("view.next-hit"), "fth-arrow-down", "F3", () -> searching.step(1)));
        commands.add(Command.of("traffic.previous-hit", STRINGS.get("view.previous-hit"), "fth-arrow-up", "Shift+F3", () -> searching.step(-1)));
        commands.add(Command.of("traffic.show-list", STRINGS.get("view.show-list"), "fth-list", "Shortcut+L", () -> {
            showView("list");
            list.table().requestFocus();
        }));
        commands.add(Command.of("traffic.show-detail", STRINGS.get("view.show-detail"), "fth-file-text", "Shortcut+D", () -> {
            if ("charts".equals(main.getSelectionModel().getSelectedItem().getId())) showView("list");
            detail.requestFocus();
        }));
        commands.add(Command.of("traffic.show-charts", STRINGS.get("view.show-charts"), "fth-bar-chart-2", null, () -> showView("charts")));
        commands.add(Command.of("traffic.tree", STRINGS.get("view.tree"), "fth-sidebar", "Shortcut+Shift+B", () -> showTree.set(!showTree.get())));
        commands.add(Command.of("traffic.back", STRINGS.get("view.back"), "fth-arrow-left", "Alt+Left", model.history().canGoBack(), model::back));
        commands.add(Command.of("traffic.forward", STRINGS.get("view.forward"), "fth-arrow-right", "Alt+Right", model.history().canGoForward(), model::forward));
        detail.walk(commands.get(commands.size() - 2), commands.getLast());
        commands.add(export.command(model, bar));
        commands.add(Command.of("traffic.mask", STRINGS.get("view.mask"), "fth-eye-off", null, () -> model.masked().set(!model.masked().get())));
    }

    /// What can be done with the session.
    List<Command> commands() {
        return List.copyOf(commands);
    }

    /// What the views share.
    TrafficViewModel model() {
        return model;
    }

    /// All of the file was read.
    void read() {
        tree.count();
    }

    /// True when nothing is being filtered, sorted or read for the detail.
    ObservableBooleanValue settled() {
        return Bindings.not(model.busy()).and(Bindings.not(searching.busy())).and(detail.settled()).and(charts.settled());
    }

    /// Brings a view of [#VIEWS] to the front.
    void showView(String name) {
        main.getTabs().stream().filter(tab -> name.equals(tab.getId())).findFirst().ifPresent(tab -> main.getSelectionModel().select(tab));
    }

    /// The search, for who types into it.
    SearchView search() {
        return search;
    }

    /// Stops what runs for these views.
    void close() {
        searching.cancel();
        detail.close();
        model.close();
    }
}
