package serpentarium.profile.ui;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.WeakChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Menus;
import serpentarium.kit.Named;
import serpentarium.kit.Ports;
import serpentarium.kit.Settings;
import serpentarium.kit.Theme;
import serpentarium.kit.Tokens;
import serpentarium.kit.Toolbars;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.GraphDrawing;
import serpentarium.profile.analysis.Neighbourhood;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// The call graph around a function as a drawing: its callers at the left, its callees at the right.
///
/// A click selects a function in all views, a double click or Enter puts it in the middle, and so does selecting a function in another view.
/// The wheel zooms at the pointer, dragging moves; `+ - 0` zoom; the arrow keys go to the dearest caller and callee and to the neighbours,
/// Shift+arrows move.
public final class GraphView extends BorderPane {
    private static final Strings STRINGS = Strings.of(GraphView.class);
    private static final List<Integer> LEVELS = List.of(0, 1, 2, 3, 4, 6, 10);
    private static final List<Double> SHARES = List.of(0.0, 0.001, 0.005, 0.01, 0.02, 0.05, 0.1);
    private static final List<Integer> COUNTS = List.of(10, 20, 40, 60, 100, 200);

    private final ProfileViewModel model;
    private final Theme theme;
    private final Ports ports;
    private final Settings settings;
    private final Tasks tasks;
    private final GraphExport export;
    private final GraphSurface surface;
    private final Label note = new Label();
    private final Label hint = new Label();
    private final ContextMenu menu = new ContextMenu();
    private final Limit<Integer> callers;
    private final Limit<Integer> callees;
    private final Limit<Double> share;
    private final Limit<Integer> count;
    private final BooleanProperty active = new SimpleBooleanProperty(this, "active", true);
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(this, "busy");
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper(this, "ready");
    private final Object latestKey = new Object();
    private final ChangeListener<Tokens> themed = (_, _, _) -> redress();
    private final List<Command> commands;
    private FlameColors colors;
    private GraphScene scene;
    private Analysis drawn;
    private int focus = -1;
    private boolean selecting;

    private final class Limit<T> {
        private final ComboBox<T> box = new ComboBox<>();
        private final String key;

        Limit(String key, List<T> values, T first) {
            this.key = key;
            box.setId("graph-" + key);
            box.setMinWidth(USE_PREF_SIZE);
            box.getItems().setAll(values);
            box.setAccessibleText(STRINGS.get("graph.limit." + key));
            box.setTooltip(new Tooltip(STRINGS.get("graph.limit." + key)));
            box.setConverter(Named.of(value -> STRINGS.get("graph.limit." + key + "-item", value)));
            T remembered = settings.number("profile.graph." + key)
                    .flatMap(number -> values.stream().filter(value -> ((Number) value).doubleValue() == number).findFirst()).orElse(first);
            box.setValue(remembered);
            box.valueProperty().addListener((_, _, now) -> {
                settings.put("profile.graph." + key, ((Number) now).doubleValue());
                draw();
            });
        }

        T get() {
            return box.getValue();
        }

        void step(int by) {
            box.getSelectionModel().select(Math.clamp(box.getSelectionModel().getSelectedIndex() + by, 0, box.getItems().size() - 1));
        }
    }

    /// @param model    what is shown, selected and searched for
    /// @param settings where it is remembered how much is drawn
    public GraphView(ProfileViewModel model, Theme theme, Ports ports, Settings settings, Tasks tasks) {
        this.model = model;
        this.theme = theme;
        this.ports = ports;
        this.settings = settings;
        this.tasks = tasks;
        export = new GraphExport(ports, tasks);
        getStyleClass().addAll("profile-table-view", "graph-view");
        getStylesheets().add(GraphView.class.getResource("tables.css").toExternalForm());
        callers = new Limit<>("callers", LEVELS, 3);
        callees = new Limit<>("callees", LEVELS, 3);
        share = new Limit<>("share", SHARES, 0.01);
        count = new Limit<>("count", COUNTS, 40);
        surface = new GraphSurface(new GraphSurface.Actions() {
            @Override public void select(int box) {
                GraphView.this.select(box);
            }

            @Override public void centre(int box) {
                GraphView.this.centre(scene.function(box));
            }

            @Override public void menu(int box, double screenX, double screenY) {
                showMenu(box, screenX, screenY);
            }
        }, STRINGS.get("graph.role"));
        commands = makeCommands();
        hint.getStyleClass().add("empty-hint");
        hint.setWrapText(true);
        hint.setMouseTransparent(true);
        setTop(bar());
        setCenter(new StackPane(surface, hint));
        model.analysis().addListener(_ -> draw());
        model.selected().addListener((_, _, now) -> selectedElsewhere(now.intValue()));
        model.percent().addListener(_ -> redress());
        model.percentOfAll().addListener(_ -> redress());
        model.matches().addListener(_ -> redress());
        theme.tokens().addListener(new WeakChangeListener<>(themed));
        active.addListener((_, _, now) -> {
            if (now) draw();
        });
        focus = model.selected().get();
        draw();
    }

    /// Whether someone can see it: while not, nothing is computed.
    public BooleanProperty active() {
        return active;
    }

    /// Whether a drawing is being made.
    public ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    /// What can be done with the graph.
    public List<Command> commands() {
        return commands;
    }

    @Override public void requestFocus() {
        surface.requestFocus();
    }

    /// The painted area.
    GraphSurface surface() {
        return surface;
    }

    /// What is painted; null where nothing is.
    GraphScene scene() {
        return scene;
    }

    private List<Command> makeCommands() {
        return List.of(
                command("centre", "fth-crosshair", () -> centre(model.selected().get())),
                command("fit", "fth-maximize", surface::fit),
                command("zoom-in", "fth-zoom-in", () -> surface.zoom(1.4)),
                command("zoom-out", "fth-zoom-out", () -> surface.zoom(1 / 1.4)),
                command("more", "fth-plus-square", () -> levels(1)),
                command("fewer", "fth-minus-square", () -> levels(-1)),
                command("export-svg", "fth-image", () -> export.svg(scene)),
                command("export-png", "fth-image", () -> export.png(scene, theme.tokens().get())));
    }

    private Command command(String id, String icon, Runnable run) {
        ObservableBooleanValue enabled = ready.getReadOnlyProperty();
        return new Command("profile.graph." + id, STRINGS.get("graph.command." + id), icon, null, enabled, run);
    }

    private HBox bar() {
        note.getStyleClass().add("view-note");
        note.setId("graph-note");
        note.setMinWidth(0);
        note.setMaxWidth(Double.MAX_VALUE);
        note.setTooltip(new Tooltip());
        note.getTooltip().textProperty().bind(note.textProperty());
        HBox.setHgrow(note, Priority.ALWAYS);
        var bar = new HBox(callers.box, callees.box, share.box, count.box, note,
                Toolbars.button(commands.get(1)), Toolbars.button(commands.get(2)), Toolbars.button(commands.get(3)));
        bar.getStyleClass().addAll("view-bar", "graph-bar");
        bar.setAlignment(Pos.CENTER_LEFT);
        return bar;
    }

    private void levels(int by) {
        callers.step(by);
        callees.step(by);
    }

    private void select(int box) {
        selecting = true;
        model.selected().set(scene.function(box));
        selecting = false;
        surface.select(box);
        surface.reveal(box);
    }

    private void centre(int function) {
        if (function < 0) return;
        selecting = true;
        model.selected().set(function);
        selecting = false;
        focus = function;
        draw();
    }

    private void selectedElsewhere(int function) {
        if (selecting) return;
        if (function < 0) {
            surface.select(-1);
            return;
        }
        if (function == focus && scene != null && drawn == model.analysis().get()) {
            surface.select(scene.shown().box(function));
            return;
        }
        focus = function;
        draw();
    }

    private void draw() {
        Analysis analysis = model.analysis().get();
        if (!active.get() || analysis == null) return;
        if (focus < 0 || focus >= analysis.frames().size()) {
            put(null, null);
            return;
        }
        int middle = focus;
        var limits = new Neighbourhood.Limits(callers.get(), callees.get(), share.get(), count.get());
        busy.set(true);
        tasks.submit(TaskSpec.of(STRINGS.get("graph.task"), Lane.CPU, context ->
                GraphDrawing.of(Neighbourhood.of(analysis.functionGraph(context), middle, limits, context), context)).latest(latestKey).hidden())
                .whenEnded(state -> ended(analysis, state));
    }

    private void ended(Analysis analysis, TaskState<GraphDrawing> state) {
        switch (state) {
            case TaskState.Done<GraphDrawing>(GraphDrawing drawing) -> {
                put(analysis, drawing);
                busy.set(false);
            }
            case TaskState.Failed<GraphDrawing>(serpentarium.base.Problem why) -> {
                busy.set(false);
                ports.notify(why);
            }
            // A later drawing took its place and is still being made.
            case TaskState.Cancelled<GraphDrawing> _, TaskState.Queued<GraphDrawing> _, TaskState.Running<GraphDrawing> _ -> { }
        }
    }

    private void put(Analysis analysis, GraphDrawing drawing) {
        drawn = analysis;
        scene = drawing == null ? null : dressed(drawing);
        ready.set(scene != null);
        surface.show(scene, theme.tokens().get(), false);
        surface.select(scene == null ? -1 : scene.shown().box(model.selected().get()));
        hint.setVisible(scene == null || scene.shown().boxes().size() == 1 && scene.shown().leftOut() == 0);
        hint.setText(STRINGS.get(scene == null ? "graph.empty" : "graph.alone"));
        StackPane.setAlignment(hint, scene == null ? Pos.CENTER : Pos.BOTTOM_CENTER);
        note.setText(scene == null ? "" : note(scene.shown()));
    }

    private String note(Neighbourhood shown) {
        String numbers = STRINGS.get("graph.note." + shown.basis().name().toLowerCase(java.util.Locale.ROOT));
        boolean unknown = shown.links().stream().anyMatch(link -> Double.isNaN(link.cost()));
        String more = shown.leftOut() == 0 ? "" : STRINGS.get("graph.note.left-out", shown.leftOut());
        String base = model.percent().get() ? STRINGS.get("graph.note.base", CostBase.WHOLE.text(model, false)) + " " : "";
        return (base + (more.isEmpty() ? "" : more + " ") + (unknown ? STRINGS.get("graph.note.unknown") + " " : "") + numbers).strip();
    }

    private GraphScene dressed(GraphDrawing drawing) {
        Tokens tokens = theme.tokens().get();
        int background = FlamePainter.argb(tokens.background());
        if (colors == null || !colors.fit(drawn.frames(), tokens.dark(), background)) colors = new FlameColors(drawn.frames(), tokens.dark(), background);
        return new GraphScene(drawing, drawn, model, colors, tokens);
    }

    private void redress() {
        if (scene == null) return;
        scene = dressed(scene.drawing());
        note.setText(note(scene.shown()));
        surface.show(scene, theme.tokens().get(), true);
    }

    private void showMenu(int box, double screenX, double screenY) {
        menu.getItems().setAll(menuItems(box));
        menu.show(surface, screenX, screenY);
    }

    /// The menu of a box; of the whole for -1.
    List<MenuItem> menuItems(int box) {
        if (scene == null) return List.of();
        MenuItem fit = item("fit", surface::fit);
        MenuItem svg = item("svg", () -> export.svg(scene));
        MenuItem png = item("png", () -> export.png(scene, theme.tokens().get()));
        if (box < 0) return List.of(fit, new SeparatorMenuItem(), svg, png);
        int function = scene.function(box);
        String name = model.profile().frames().name(function);
        var items = new ArrayList<MenuItem>(List.of(item("centre", () -> centre(function)), item("select", () -> select(box)),
                item("search", () -> search(name)), new SeparatorMenuItem()));
        for (Command command : FilterActions.of(model, () -> function, ViewActions.always())) items.add(Menus.item(command));
        items.addAll(List.of(new SeparatorMenuItem(), item("copy-name", () -> ports.copy(name)),
                item("copy-details", () -> ports.copy(scene.tooltip(box))), new SeparatorMenuItem(), fit, svg, png));
        return List.copyOf(items);
    }

    private void search(String name) {
        model.regex().set(false);
        model.query().set(name);
    }

    private static MenuItem item(String key, Runnable run) {
        var item = new MenuItem(STRINGS.get("graph.menu." + key));
        item.setId("graph-menu-" + key);
        item.setMnemonicParsing(false);
        item.setOnAction(_ -> run.run());
        return item;
    }
}
