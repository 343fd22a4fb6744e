package serpentarium.profile.ui;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Dividers;
import serpentarium.kit.Icons;
import serpentarium.profile.Profile;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.ui.ProfilePane.Surroundings;

/// All views of one profile: flame graph, call tree or functions above; callers and callees, and the source of the selected function, beside them
/// or below.
final class ProfileView extends BorderPane {
    /// The views' names, for `render --view` and what is remembered; the first is the default.
    static final List<String> VIEWS = List.of("flame", "tree", "functions", "graph", "relations", "source", "time", "inverted", "sandwich");

    private static final Strings STRINGS = Strings.of(ProfileView.class);
    private static final double DETAIL_AT = 0.62;
    private static final double DETAIL_BELOW_AT = 0.66;
    private static final double DETAIL_LARGE = 0.3;
    /// From this width on the details stand beside the main views, below it under them.
    private static final double WIDE = 1250;

    private final ProfileViewModel model;
    private final TabPane main = new TabPane();
    private final SplitPane details = new SplitPane();
    private final SplitPane split = new SplitPane();
    private final BooleanProperty showDetails = new SimpleBooleanProperty(this, "showDetails", true);
    private final FlameView flame;
    private final CallTreeView tree;
    private final List<Command> commands = new ArrayList<>();
    private final List<Command> exports;
    private final ObservableBooleanValue settled;

    ProfileView(Path file, Profile profile, Surroundings with) {
        model = new ProfileViewModel(profile, with.tasks());
        with.settings().text("profile.percent").ifPresent(text -> model.percent().set(Boolean.parseBoolean(text)));
        model.percent().addListener((_, _, now) -> with.settings().put("profile.percent", String.valueOf(now)));
        if (with.settings().text("profile.base").filter("parent"::equals).isPresent()) model.base().set(CostBase.PARENT);
        model.base().addListener((_, _, now) -> with.settings().put("profile.base", now == CostBase.PARENT ? "parent" : "whole"));
        model.problem().addListener((_, _, problem) -> tell(problem, with));
        flame = new FlameView(model, with.theme(), with.ports(), with.settings(), with.tasks());
        tree = new CallTreeView(model, with.ports(), with.settings(), with.tasks());
        var functions = new FunctionTableView(model, with.ports(), with.settings(), with.tasks());
        var graph = new GraphView(model, with.theme(), with.ports(), with.settings(), with.tasks());
        var relations = new RelationsView(model, with.ports(), with.settings(), with.tasks());
        var source = new SourceView(model, with.ports(), with.settings(), with.tasks(), file);
        settled = model.analysis().isNotNull().and(Bindings.not(model.busy())).and(Bindings.not(graph.busy())).and(Bindings.not(flame.busy()));

        getStyleClass().add("profile-view");
        setMinSize(0, 0);
        main.getStyleClass().addAll("profile-tabs", "dense");
        main.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        main.getTabs().addAll(tab("flame", "fth-bar-chart", flame), tab("tree", "fth-list", tree), tab("functions", "fth-align-left", functions),
                tab("graph", "fth-share-2", graph));
        graph.active().bind(Bindings.createBooleanBinding(() -> "graph".equals(main.getSelectionModel().getSelectedItem().getId()),
                main.getSelectionModel().selectedItemProperty()));
        details.getItems().addAll(relations, source);
        BooleanBinding wide = widthProperty().greaterThan(WIDE);
        Dividers.remember(details, "profile.details.divider", with.settings(), 0.5);
        split.orientationProperty().bind(Bindings.when(wide).then(Orientation.HORIZONTAL).otherwise(Orientation.VERTICAL));
        details.orientationProperty().bind(Bindings.when(wide).then(Orientation.VERTICAL).otherwise(Orientation.HORIZONTAL));
        split.getItems().addAll(main, details);
        Dividers.remember(split, "profile.divider", with.settings(), DETAIL_AT, DETAIL_BELOW_AT);
        showDetails.addListener((_, _, show) -> {
            if (show) split.getItems().add(details);
            else split.getItems().remove(details);
        });

        var filters = new FilterBar(model);
        var bar = new ProfileBar(model, filters.adding(), with.ports());
        var top = new VBox(bar);
        if (model.estimated()) top.getChildren().add(new EstimateBanner(model, with.settings()));
        if (model.timeSpan() != null) top.getChildren().add(time(bar, with));
        top.getChildren().add(filters);
        setTop(top);
        setCenter(new StackPane(split, new NothingLeft(model)));
        commands.addAll(FilterActions.all(model));
        model.percentOfAll().addListener(_ -> flame.rebuild());
        bar.onStep(() -> stepMatch(1), () -> stepMatch(-1));
        exports = ExportCommands.of(file, model, with);
        commands(bar, List.of(flame.commands(), tree.commands(), functions.commands(), graph.commands(), relations.commands(), source.commands()));
        model.analysis().subscribe(now -> {
            if (now != null) begin(now);
        });
    }

    private static void tell(Problem problem, Surroundings with) {
        if (problem != null) with.ports().notify(problem);
    }

    /// Starts with the function that costs most by itself, so that no view is empty.
    private void begin(Analysis analysis) {
        int[] bySelf = analysis.functions().bySelf();
        if (bySelf.length > 0 && model.selected().get() < 0) model.selected().set(bySelf[0]);
    }

    private Tab tab(String name, String icon, Node content) {
        var tab = new Tab(STRINGS.get("view." + name), content);
        tab.setId(name);
        tab.setGraphic(Icons.of(icon));
        return tab;
    }

    /// The strip of time, and the command that shows or hides it.
    private Node time(ProfileBar bar, Surroundings with) {
        var strip = new TimeStrip(model, with.theme(), with.tasks());
        var shown = new SimpleBooleanProperty(this, "timeShown", !with.settings().text("profile.time.hidden").map(Boolean::parseBoolean).orElse(false));
        strip.visibleProperty().bind(shown);
        strip.managedProperty().bind(shown);
        shown.addListener((_, _, now) -> with.settings().put("profile.time.hidden", String.valueOf(!now)));
        add("profile.time", "time.command", "fth-clock", null, () -> shown.set(!shown.get()));
        bar.addTool(commands.getLast());
        return strip;
    }

    private void commands(ProfileBar bar, List<List<Command>> ofViews) {
        for (int i = 0; i < main.getTabs().size(); i++) {
            String name = main.getTabs().get(i).getId();
            add("profile.view." + name, "view." + name, null, new KeyCodeCombination(KeyCode.valueOf("DIGIT" + (i + 1)), KeyCombination.SHORTCUT_DOWN),
                    () -> front(name));
        }
        add("profile.details", "view.details", "fth-layout", new KeyCodeCombination(KeyCode.D, KeyCombination.SHORTCUT_DOWN),
                () -> showDetails.set(!showDetails.get()));
        commands.addAll(bar.commands());
        ofViews.forEach(commands::addAll);
        commands.addAll(exports);
    }

    private void add(String id, String key, String icon, KeyCombination keys, Runnable run) {
        commands.add(new Command(id, STRINGS.get(key), icon, keys, new SimpleBooleanProperty(true), run));
    }

    /// What can be done with the profile.
    List<Command> commands() {
        return List.copyOf(commands);
    }

    /// True when the slice is computed and shown.
    ObservableBooleanValue settled() {
        return settled;
    }

    /// Brings a view of [#VIEWS] to the front.
    void showView(String name) {
        switch (name) {
            case "relations", "source" -> {
                showDetails.set(true);
                split.setDividerPositions(DETAIL_LARGE);
            }
            case "flame", "time", "inverted", "sandwich" -> {
                FlameMode.named(name).ifPresent(flame::use);
                front("flame");
            }
            default -> front(name);
        }
    }

    private void front(String name) {
        main.getTabs().stream().filter(tab -> name.equals(tab.getId())).findFirst().ifPresent(tab -> {
            main.getSelectionModel().select(tab);
            tab.getContent().requestFocus();
        });
    }

    /// From the search field to what it found, in the flame graph where that is in front.
    private void stepMatch(int step) {
        if (main.getSelectionModel().getSelectedItem().getContent() == flame) flame.stepMatch(step);
    }

    /// The name of the view that is in front.
    String front() {
        return main.getSelectionModel().getSelectedItem().getId();
    }

    /// What the views share.
    ProfileViewModel model() {
        return model;
    }

    /// The flame graph.
    FlameView flame() {
        return flame;
    }

    /// The call tree.
    CallTreeView tree() {
        return tree;
    }

    /// Stops what runs for these views.
    void close() {
        model.close();
    }
}
