package serpentarium.profile.ui;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.Slider;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.CopiedTable;
import serpentarium.kit.Icons;
import serpentarium.kit.Named;
import serpentarium.kit.SearchField;
import serpentarium.profile.Event;
import serpentarium.profile.analysis.Comparison;
import serpentarium.profile.analysis.Slice;
import serpentarium.profile.engine.ProfileReader;
import serpentarium.profile.ui.ProfilePane.Surroundings;

/// Two profiles compared: their functions side by side, the second one's flame graph coloured by what changed, and what only the first has.
final class CompareView extends BorderPane {
    /// The views' names, for `render --view`; the first is the default.
    static final List<String> VIEWS = List.of("functions", "flame", "only-a");

    private static final Strings STRINGS = Strings.of(CompareView.class);
    /// The slider's greatest value, as a share of the whole.
    private static final double MOST_SHARE = 0.10;

    private final CompareModel model;
    /// Held here, as bindings hold those who listen to them weakly.
    private final ObservableBooleanValue settled;
    private final Surroundings with;
    private final Label titleA = new Label();
    private final Label titleB = new Label();
    private final Label change = new Label();
    private final Label note = new Label();
    private final SearchField search = new SearchField(STRINGS.get("compare.search"));
    private final Slider least = new Slider(0, MOST_SHARE, 0);
    private final ChoiceBox<Comparison.Norm> norm = new ChoiceBox<>();
    private final FlowPane parts = new FlowPane(8, 6);
    private final CompareTable table;
    private final CompareTable onlyA;
    private final TabPane tabs = new TabPane();
    private final Tab onlyTab = new Tab();
    private final BorderPane flamePlace = new BorderPane();
    private final List<Command> commands;
    private CompareModel.Side chosenA;
    private ProfileViewModel flameModel;
    private FlameView flame;

    /// @param back leads to the profile again
    CompareView(ProfileReader reader, Path file, serpentarium.profile.Profile profile, Path other, Surroundings with, Runnable back) {
        this.with = with;
        model = new CompareModel(file, profile, other, reader, with.tasks());
        settled = model.busy().not();
        table = new CompareTable(with.theme(), false);
        onlyA = new CompareTable(with.theme(), true);
        getStyleClass().addAll("profile-view", "compare-view");
        getStylesheets().add(CompareView.class.getResource("tables.css").toExternalForm());
        setMinSize(0, 0);
        commands = List.of(
                Command.of("profile.compare.back", STRINGS.get("compare.back"), "fth-arrow-left", null, back),
                Command.of("profile.compare.swap", STRINGS.get("compare.swap"), "fth-repeat", null, model::swap),
                Command.of("profile.compare.copy", STRINGS.get("compare.copy"), "fth-copy", null, () -> copy(false)),
                Command.of("profile.compare.copy-markdown", STRINGS.get("compare.copy-markdown"), "fth-copy", null, () -> copy(true)));
        setTop(new VBox(header(), parts, controls(), note));
        parts.setId("compare-parts");
        parts.setStyle("-fx-padding: 2 12 2 12;");
        parts.setAlignment(Pos.CENTER_LEFT);
        parts.managedProperty().bind(Bindings.isNotEmpty(parts.getChildren()));
        note.getStyleClass().add("view-note");
        note.setWrapText(true);
        note.setStyle("-fx-padding: 0 12 4 12;");
        note.managedProperty().bind(note.textProperty().isNotEmpty());
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        tabs.getStyleClass().addAll("profile-tabs", "dense");
        var functions = new Tab(STRINGS.get("compare.functions"), table.view());
        functions.setGraphic(Icons.of("fth-align-left"));
        var graph = new Tab(STRINGS.get("compare.flame"), flamePlace);
        graph.setGraphic(Icons.of("fth-bar-chart"));
        onlyTab.setText(STRINGS.get("compare.only-a"));
        onlyTab.setContent(onlyA.view());
        tabs.getTabs().addAll(functions, graph, onlyTab);
        setCenter(tabs);
        ViewActions.keys(table.view(), List.of(new Command("profile.compare.copy", STRINGS.get("compare.copy"), null, ViewActions.shortcut(KeyCode.C), Command.ALWAYS, () -> copy(false))));
        model.compared().addListener((_, _, now) -> show(now));
        model.problem().addListener((_, _, problem) -> {
            if (problem == null) return;
            with.ports().notify(problem);
            if (model.compared().get() == null) back.run();
        });
    }

    private HBox header() {
        var arrow = Icons.of("fth-arrow-right");
        var back = button(commands.get(0));
        var swap = button(commands.get(1));
        titleA.setId("compare-a");
        titleB.setId("compare-b");
        change.setId("compare-change");
        change.setStyle("-fx-font-weight: bold;");
        change.setMinWidth(Region.USE_PREF_SIZE);
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        var busy = new ProgressIndicator();
        busy.setPrefSize(18, 18);
        busy.visibleProperty().bind(model.busy());
        var bar = new HBox(10, back, titleA, arrow, titleB, change, gap, busy, swap);
        bar.getStyleClass().add("view-bar");
        bar.setStyle("-fx-padding: 8 12 4 12;");
        bar.setAlignment(Pos.CENTER_LEFT);
        return bar;
    }

    private static Button button(Command command) {
        var button = new Button(command.text(), Icons.of(command.icon()));
        button.setId(command.id().replace('.', '-'));
        button.setOnAction(_ -> command.runIfEnabled());
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    private FlowPane controls() {
        search.setPrefWidth(340);
        norm.setId("compare-norm");
        norm.getItems().setAll(Comparison.Norm.values());
        norm.setConverter(Named.of(value -> STRINGS.get("compare.norm." + value.name())));
        norm.valueProperty().bindBidirectional(model.norm());
        norm.setAccessibleText(STRINGS.get("compare.norm"));
        search.textProperty().addListener((_, _, text) -> {
            table.filter(text);
            onlyA.filter(text);
            count();
            if (flameModel != null) flameModel.query().set(text);
        });
        least.setId("compare-least");
        least.setPrefWidth(140);
        least.setAccessibleText(STRINGS.get("compare.least"));
        least.setTooltip(new Tooltip(STRINGS.get("compare.least.tip")));
        var leastText = new Label();
        leastText.textProperty().bind(Bindings.createStringBinding(() -> least.getValue() < 1e-4 ? STRINGS.get("compare.least.none")
                : STRINGS.get("compare.least.some", Quantity.share(least.getValue())), least.valueProperty()));
        leastText.setMinWidth(150);
        least.valueProperty().addListener((_, _, share) -> {
            table.least(share.doubleValue());
            count();
        });
        var pane = new FlowPane(10, 6, search, norm, least, leastText);
        pane.setAlignment(Pos.CENTER_LEFT);
        pane.setStyle("-fx-padding: 2 12 6 12;");
        return pane;
    }

    private void show(CompareModel.Compared now) {
        Comparison comparison = now.comparison();
        Event event = comparison.b().event();
        double before = comparison.a().total() * comparison.factor();
        double delta = comparison.b().total() - before;
        titleA.setText(STRINGS.get("compare.title-a", name(now.a().named()), comparison.a().event().format(comparison.a().total())));
        titleB.setText(STRINGS.get("compare.title-b", name(now.b().named()), event.format(comparison.b().total())));
        titleA.setTooltip(new Tooltip(now.a().named().file().toString()));
        titleB.setTooltip(new Tooltip(now.b().named().file().toString()));
        String share = before > 0 ? (delta > 0 ? "+" : "") + Quantity.share(delta / before) : "";
        change.setText(comparison.norm() == Comparison.Norm.TOTAL ? STRINGS.get("compare.shares")
                : STRINGS.get("compare.change", (delta > 0 ? "+" : "") + event.format(delta), share));
        note.setText(comparison.forced() ? STRINGS.get("compare.forced", comparison.a().event().title(), event.title())
                : comparison.norm() == Comparison.Norm.CALLS ? STRINGS.get("compare.per-call") : now.analysis().tree().estimated() ? STRINGS.get("compare.estimated") : "");
        if (chosenA != now.a()) parts(now);
        table.show(comparison);
        onlyA.show(comparison);
        count();
        showFlame(now);
    }

    /// What can be chosen of each of the two, where there is something to choose.
    private void parts(CompareModel.Compared now) {
        chosenA = now.a();
        parts.getChildren().clear();
        parts("A", now.a());
        parts("B", now.b());
    }

    private void parts(String letter, CompareModel.Side side) {
        var info = side.named().profile().info();
        boolean events = info.events().size() > 1;
        boolean threads = info.threads().size() > 1;
        if (!events && !threads) return;
        var label = new Label(STRINGS.get("compare.part", letter));
        label.setMinWidth(Region.USE_PREF_SIZE);
        var box = new HBox(8, label);
        box.setAlignment(Pos.CENTER_LEFT);
        if (events) {
            var choice = new ChoiceBox<String>();
            choice.setId("compare-event-" + letter.toLowerCase(Locale.ROOT));
            choice.setAccessibleText(STRINGS.get("compare.event", letter));
            choice.setTooltip(new Tooltip(choice.getAccessibleText()));
            for (Event event : info.events()) choice.getItems().add(event.title());
            side.event().subscribe(event -> choice.getSelectionModel().select(event.intValue()));
            choice.getSelectionModel().selectedIndexProperty().addListener((_, _, index) -> {
                if (index.intValue() >= 0) side.event().set(index.intValue());
            });
            box.getChildren().add(choice);
        }
        if (threads) {
            var picker = new ThreadPicker(side.named().profile(), side.threads(), null);
            picker.setId("compare-threads-" + letter.toLowerCase(Locale.ROOT));
            box.getChildren().add(picker);
        }
        parts.getChildren().add(box);
    }

    private static String name(CompareModel.Named named) {
        return named.file().getFileName().toString();
    }

    private void count() {
        search.setMatches(STRINGS.get("compare.count", table.size()));
        onlyTab.setText(STRINGS.get("compare.only-a-count", onlyA.size()));
    }

    private void showFlame(CompareModel.Compared now) {
        var deltas = new FlameDeltas(now.comparison(), now.trees());
        Slice slice = now.analysis().slice();
        boolean same = flameModel != null && flameModel.profile() == slice.profile() && flameModel.event().get() == slice.event()
                && flameModel.threads().get().equals(slice.threads());
        if (same) {
            flame.flame().deltas().set(deltas);
            return;
        }
        if (flameModel != null) flameModel.close();
        flameModel = new ProfileViewModel(now.b().named().profile(), with.tasks());
        flameModel.event().set(slice.event());
        flameModel.threads().set(slice.threads());
        flameModel.query().set(search.getText());
        flame = new FlameView(flameModel, with.theme(), with.ports(), with.settings(), with.tasks());
        flame.flame().deltas().set(deltas);
        flamePlace.setCenter(flame);
    }

    private void copy(boolean markdown) {
        CopiedTable copied = (tabs.getSelectionModel().getSelectedItem() == onlyTab ? onlyA : table).copied();
        with.ports().copy(markdown ? copied.markdown() : copied.tsv());
    }

    /// Begins to read and to compare.
    void start() {
        model.start();
    }

    /// What can be done with the comparison.
    List<Command> commands() {
        return commands;
    }

    /// True when nothing is being read or computed.
    ObservableBooleanValue settled() {
        return settled;
    }

    /// Brings a view to the front: `functions`, `flame` or `only-a`.
    void showView(String name) {
        tabs.getSelectionModel().select(switch (name) {
            case "flame" -> 1;
            case "only-a" -> 2;
            default -> 0;
        });
    }

    /// What is compared; for tests.
    CompareModel model() {
        return model;
    }

    /// The table; for tests.
    CompareTable table() {
        return table;
    }

    /// Stops what runs.
    void close() {
        model.close();
        if (flameModel != null) flameModel.close();
    }
}
