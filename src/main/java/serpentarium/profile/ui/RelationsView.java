package serpentarium.profile.ui;

import java.util.List;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Ports;
import serpentarium.kit.Settings;
import serpentarium.profile.CallGraph;
import serpentarium.profile.Profile;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.FunctionTable;
import serpentarium.profile.analysis.Origin;
import serpentarium.profile.analysis.Relations;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// The selected function with those that call it and those that it calls: side by side where there is room, else one above the other, and one
/// at a time where that would leave no row to be seen.
public final class RelationsView extends BorderPane {
    private static final Strings STRINGS = Strings.of(RelationsView.class);
    private static final double WIDE = 1250;
    private static final double LOW = 400;

    private final ProfileViewModel model;
    private final Tasks tasks;
    private final FunctionFigure name = new FunctionFigure();
    private final Label place = new Label();
    private final HBox facts = new HBox();
    private final BooleanProperty all = new SimpleBooleanProperty(this, "all");
    private final HBox titleLine = new HBox();
    private final HBox reach;
    private final TabPane tabs = new TabPane();
    private final Tab callersTab = new Tab();
    private final Tab calleesTab = new Tab();
    private boolean low;
    private final RelationTable callers;
    private final RelationTable callees;
    private final SplitPane split = new SplitPane();
    private final StackPane empty = new StackPane();
    private final VBox header = new VBox();
    private final Object latestKey = new Object();
    private final List<Command> commands;

    /// Shows the function that is selected in the model.
    ///
    /// @param settings where widths, order and hidden columns are remembered
    public RelationsView(ProfileViewModel model, Ports ports, Settings settings, Tasks tasks) {
        this.model = model;
        this.tasks = tasks;
        getStyleClass().addAll("profile-table-view", "relations-view");
        getStylesheets().add(RelationsView.class.getResource("tables.css").toExternalForm());
        boolean calls = model.profile() instanceof Profile.Graph;
        boolean own = !(model.profile() instanceof Profile.Graph graph) || graph.graphs().stream().anyMatch(CallGraph::hasEdgeSelf);
        callers = new RelationTable(model, ports, "callers", calls, own);
        callees = new RelationTable(model, ports, "callees", calls, own);
        callers.remember(settings);
        callees.remember(settings);
        commands = makeCommands();
        ViewActions.keys(this, commands.subList(0, 2));
        tabs.getStyleClass().add("dense");
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        tabs.getTabs().addAll(callersTab, calleesTab);
        callersTab.textProperty().bind(callers.title());
        calleesTab.textProperty().bind(callees.title());
        split.getItems().addAll(callers, callees);
        heightProperty().subscribe(_ -> arrange());
        widthProperty().subscribe(_ -> arrange());
        split.orientationProperty().bind(Bindings.when(widthProperty().greaterThan(WIDE)).then(Orientation.HORIZONTAL)
                .otherwise(Orientation.VERTICAL));
        all.set(settings.text("profile.relations.all").filter("true"::equals).isPresent());
        all.addListener((_, _, now) -> {
            settings.put("profile.relations.all", String.valueOf(now));
            show();
        });
        reach = reachChoice();
        fillHeader();
        var hint = new Label(STRINGS.get("relations.empty"));
        hint.getStyleClass().add("empty-hint");
        hint.setWrapText(true);
        empty.getChildren().add(hint);
        model.analysis().addListener(_ -> show());
        model.selected().addListener(_ -> show());
        model.percent().addListener(_ -> show());
        model.percentOfAll().addListener(_ -> show());
        show();
    }

    /// What can be done here; going back and forward works on the selection that all views share.
    public List<Command> commands() {
        return ViewActions.offered(commands);
    }

    /// The table of callers, to put the focus on.
    public Region focusTarget() {
        return callers.focusTarget();
    }

    @Override public void requestFocus() {
        callers.focusTarget().requestFocus();
    }

    private List<Command> makeCommands() {
        ObservableBooleanValue caller = callers.hasSelection();
        ObservableBooleanValue callee = callees.hasSelection();
        return List.of(
                command("back", "fth-arrow-left", new KeyCodeCombination(KeyCode.LEFT, KeyCombination.ALT_DOWN),
                        model.history().canGoBack(), model::back),
                command("forward", "fth-arrow-right", new KeyCodeCombination(KeyCode.RIGHT, KeyCombination.ALT_DOWN),
                        model.history().canGoForward(), model::forward),
                command("all", "fth-git-branch", null, ViewActions.always(), () -> all.set(!all.get())),
                command("caller", "fth-corner-left-up", null, caller, callers::go),
                command("callee", "fth-corner-right-down", null, callee, callees::go),
                command("copy-callers", "fth-copy", null, callers.hasRows(), () -> callers.copyAll(false)),
                command("copy-callees", "fth-copy", null, callees.hasRows(), () -> callees.copyAll(false)));
    }

    private static Command command(String id, String icon, KeyCombination key, ObservableBooleanValue enabled, Runnable run) {
        return new Command("profile.relations." + id, STRINGS.get("relations.command." + id), icon, key, enabled, run);
    }

    private void fillHeader() {
        name.setId("relations-name");
        name.getStyleClass().add("relations-name");
        HBox.setHgrow(name, Priority.ALWAYS);
        name.setMaxWidth(Double.MAX_VALUE);
        place.getStyleClass().add("view-note");
        place.setId("relations-place");
        place.setMinWidth(0);
        place.setTextOverrun(javafx.scene.control.OverrunStyle.LEADING_ELLIPSIS);
        facts.getStyleClass().add("relations-facts");
        facts.setAlignment(Pos.BASELINE_LEFT);
        header.getStyleClass().add("relations-header");
        titleLine.setAlignment(Pos.BASELINE_LEFT);
        titleLine.setSpacing(10);
        reach.setMinWidth(Region.USE_PREF_SIZE);
        reach.setAlignment(Pos.CENTER_RIGHT);
        header.getChildren().addAll(name, place, facts);
    }

    /// Chooses between the direct callers and callees and all of them.
    private HBox reachChoice() {
        var direct = new ToggleButton(STRINGS.get("relations.direct"));
        var every = new ToggleButton(STRINGS.get("relations.all"));
        direct.setId("relations-direct");
        every.setId("relations-all");
        direct.getStyleClass().addAll("left-pill", "small");
        every.getStyleClass().addAll("right-pill", "small");
        direct.setTooltip(new Tooltip(STRINGS.get("relations.direct-tip")));
        every.setTooltip(new Tooltip(STRINGS.get(model.estimated() ? "relations.all-tip-sums" : "relations.all-tip-stacks")));
        var group = new ToggleGroup();
        group.getToggles().addAll(direct, every);
        all.subscribe(now -> group.selectToggle(now ? every : direct));
        group.selectedToggleProperty().addListener((_, before, now) -> {
            if (now == null) group.selectToggle(before);
            else all.set(now == every);
        });
        return new HBox(direct, every);
    }

    /// Tables that are lower than a row show nothing, and the toolkit lays them out without end.
    private void arrange() {
        boolean now = getHeight() > 0 && getHeight() < LOW && getWidth() <= WIDE;
        if (now == low) return;
        low = now;
        callers.titled(!low);
        callees.titled(!low);
        header.getChildren().clear();
        titleLine.getChildren().clear();
        place.maxWidthProperty().unbind();
        place.setMaxWidth(Double.MAX_VALUE);
        if (low) {
            // On one line a long path leaves room for the name: it says whose callers these are.
            place.maxWidthProperty().bind(titleLine.widthProperty().multiply(0.45));
            split.getItems().clear();
            callersTab.setContent(callers);
            calleesTab.setContent(callees);
            titleLine.getChildren().addAll(name, place, reach);
            header.getChildren().addAll(titleLine, facts);
        } else {
            callersTab.setContent(null);
            calleesTab.setContent(null);
            split.getItems().setAll(callers, callees);
            header.getChildren().addAll(name, place, facts);
        }
        if (getCenter() != empty) setCenter(low ? tabs : split);
        showFacts();
    }

    private boolean shows(Analysis analysis, int function) {
        return analysis != null && function >= 0 && function < analysis.frames().size();
    }

    private void show() {
        Analysis analysis = model.analysis().get();
        int function = model.selected().get();
        if (!shows(analysis, function)) {
            setTop(null);
            setCenter(empty);
            return;
        }
        String text = FunctionText.name(analysis.frames(), function);
        name.show(Origin.of(analysis.frames(), function), "", text, new int[0]);
        name.setAccessibleText(text);
        String path = FunctionText.path(analysis.frames(), function);
        place.setText(path.isEmpty() ? STRINGS.get("relations.no-file") : path);
        place.setTooltip(path.isEmpty() ? null : new Tooltip(path));
        showFacts();
        setTop(header);
        setCenter(low ? tabs : split);
        boolean everyone = all.get();
        tasks.submit(TaskSpec.of(STRINGS.get("relations.task"), Lane.CPU, context -> {
            context.checkpoint();
            return everyone ? analysis.reach(function, context) : analysis.relations(function);
        }).latest(latestKey).hidden()).whenEnded(state -> {
            if (!(state instanceof TaskState.Done<Relations>(Relations relations))) return;
            double total = analysis.functions().total(function);
            boolean away = total == 0 && !analysis.slice().filters().isEmpty();
            callers.away(away);
            callees.away(away);
            callers.show(relations.callers(), text, total, everyone);
            callees.show(relations.callees(), text, total, everyone);
        });
    }

    private void showFacts() {
        Analysis analysis = model.analysis().get();
        int function = model.selected().get();
        if (!shows(analysis, function)) return;
        FunctionTable functions = analysis.functions();
        facts.getChildren().clear();
        fact("self", STRINGS.get("relations.cost", model.absolute(functions.self(function)), model.share(functions.self(function))));
        fact("total", STRINGS.get("relations.cost", model.absolute(functions.total(function)), model.share(functions.total(function))));
        if (functions.calls() != null) fact("calls", FunctionColumn.calls(functions, function));
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        facts.getChildren().add(space);
        if (!low) facts.getChildren().add(reach);
        callers.refresh();
        callees.refresh();
    }

    private void fact(String key, String value) {
        var title = new Label(STRINGS.get("relations.fact." + key).toUpperCase(Locale.ROOT));
        title.getStyleClass().add("fact-title");
        var text = new Label(value);
        text.setId("relations-" + key);
        text.getStyleClass().add("fact-value");
        var fact = low ? new HBox(6, title, text) : new VBox(title, text);
        if (fact instanceof HBox line) line.setAlignment(Pos.BASELINE_LEFT);
        fact.setMinWidth(Region.USE_PREF_SIZE);
        facts.getChildren().add(fact);
    }
}
