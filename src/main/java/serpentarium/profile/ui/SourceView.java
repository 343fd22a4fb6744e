package serpentarium.profile.ui;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.CodeArea;
import serpentarium.base.Problem;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.FxThread;
import serpentarium.kit.Popovers;
import serpentarium.kit.Ports;
import serpentarium.kit.Settings;
import serpentarium.kit.Toolbars;
import serpentarium.kit.source.SourceLookup;
import serpentarium.kit.source.SourceText;
import serpentarium.profile.EmbeddedSources;
import serpentarium.profile.FrameTable;
import serpentarium.profile.Profile;
import serpentarium.profile.analysis.Analysis;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// The source of the selected function, with what its lines cost.
public final class SourceView extends BorderPane {
    private static final Strings STRINGS = Strings.of(SourceView.class);

    private final ProfileViewModel model;
    private final Ports ports;
    private final Settings settings;
    private final Tasks tasks;
    private final Path profile;
    private final CodeArea area = new CodeArea();
    private final VirtualizedScrollPane<CodeArea> scroll = new VirtualizedScrollPane<>(area);
    private final Label title = new Label();
    private final Label legend = new Label();
    private final HeatStrip strip = new HeatStrip(this::go);
    private final BooleanProperty total = new SimpleBooleanProperty(this, "total");
    private final Label warning = new Label(STRINGS.get("source.newer"));
    private final VBox header;
    private final ObjectProperty<Loaded> loaded = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<String> wanted = new ReadOnlyObjectWrapper<>();
    private final Object latestKey = new Object();
    private final List<Command> commands;
    private final FxThread later = new FxThread();
    private int marked = -1;

    private record Loaded(Analysis analysis, String file, SourceText text, SourceHeat heat) {}

    /// Shows the function that is selected in the model.
    ///
    /// @param settings where folders are remembered that are elsewhere on this machine, under `profile.source.map`
    /// @param profile  the profile's own file, or null: relative paths start from its folder, and sources newer than it are suspect
    public SourceView(ProfileViewModel model, Ports ports, Settings settings, Tasks tasks, Path profile) {
        this.model = model;
        this.ports = ports;
        this.settings = settings;
        this.tasks = tasks;
        this.profile = profile;
        getStyleClass().addAll("profile-table-view", "source-view");
        getStylesheets().add(SourceView.class.getResource("tables.css").toExternalForm());
        getStylesheets().add(SourceView.class.getResource("source.css").toExternalForm());
        area.setEditable(false);
        area.setShowCaret(org.fxmisc.richtext.Caret.CaretVisibility.ON);
        area.getStyleClass().add("source-area");
        area.setAccessibleText(STRINGS.get("source.accessible"));
        total.set(settings.text("profile.source.total").filter("true"::equals).isPresent());
        total.addListener((_, _, now) -> {
            settings.put("profile.source.total", String.valueOf(now));
            show(true);
        });
        commands = makeCommands();
        header = header();
        ViewActions.keys(this, commands);
        model.analysis().addListener(_ -> show(true));
        model.selected().addListener(_ -> show(false));
        model.percent().addListener(_ -> gutter());
        // Before the text has a height, its middle is its top.
        area.heightProperty().addListener((_, before, now) -> {
            if (before.doubleValue() <= 0 && now.doubleValue() > 0) later.later(this::centre);
        });
        // A file is read only once someone looks; and a text area that lays out before it has a scene finds none of the theme's colours.
        sceneProperty().addListener(_ -> show(true));
    }

    /// What can be done with the source.
    public List<Command> commands() {
        return ViewActions.offered(commands);
    }

    /// The text, to put the focus on.
    public Region focusTarget() {
        return area;
    }

    @Override public void requestFocus() {
        area.requestFocus();
    }

    private List<Command> makeCommands() {
        ObservableBooleanValue found = Bindings.createBooleanBinding(() -> found() != null, loaded);
        ObservableBooleanValue file = Bindings.createBooleanBinding(() -> found() != null && found().path() != null, loaded);
        ObservableBooleanValue named = Bindings.createBooleanBinding(() -> wanted.get() != null, wanted);
        return List.of(
                command("definition", "fth-crosshair", found, () -> mark(true)),
                command("hottest", "fth-zap", found, () -> go(loaded.get().heat.hottest())),
                command("total", "fth-layers", found, () -> total.set(!total.get())),
                command("folders", "fth-folder", ViewActions.always(), this::folders),
                command("choose", "fth-folder", named, this::choose),
                command("copy-path", "fth-copy", named, () -> ports.copy(FunctionText.path(frames(), model.selected().get()))),
                command("outside", "fth-external-link", file, () -> ports.showOutside(found().path())));
    }

    private static Command command(String id, String icon, ObservableBooleanValue enabled, Runnable run) {
        return new Command("profile.source." + id, STRINGS.get("source.command." + id), icon, null, enabled, run);
    }

    private VBox header() {
        title.getStyleClass().add("source-title");
        title.setId("source-title");
        title.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
        title.setMinWidth(0);
        legend.getStyleClass().add("view-note");
        legend.setMinWidth(0);
        warning.getStyleClass().add("source-warning");
        warning.setId("source-warning");
        warning.setMinWidth(0);
        warning.setMaxWidth(Double.MAX_VALUE);
        warning.managedProperty().bind(warning.visibleProperty());
        HBox.setHgrow(title, Priority.ALWAYS);
        title.setMaxWidth(Double.MAX_VALUE);
        var bar = new HBox(title, legend, costChoice(), Toolbars.button(commands.get(1)));
        bar.getStyleClass().add("view-bar");
        bar.setAlignment(Pos.CENTER_LEFT);
        return new VBox(bar, warning);
    }

    /// Chooses between what lines cost themselves and what functions cost with all that they called.
    private HBox costChoice() {
        var self = new ToggleButton(STRINGS.get("source.self"));
        var whole = new ToggleButton(STRINGS.get("source.total"));
        self.setId("source-self");
        whole.setId("source-total");
        self.getStyleClass().addAll("left-pill", "small");
        whole.getStyleClass().addAll("right-pill", "small");
        var group = new ToggleGroup();
        group.getToggles().addAll(self, whole);
        total.subscribe(now -> group.selectToggle(now ? whole : self));
        group.selectedToggleProperty().addListener((_, before, now) -> {
            if (now == null) group.selectToggle(before);
            else total.set(now == whole);
        });
        var both = new HBox(self, whole);
        both.setMinWidth(Region.USE_PREF_SIZE);
        return both;
    }

    /// Goes to a line, from 1.
    private void go(int line) {
        if (line < 1 || line > area.getParagraphs().size()) return;
        area.moveTo(line - 1, 0);
        area.showParagraphAtCenter(line - 1);
    }

    private void folders() {
        var over = Popovers.of(new SourceFolders(settings.texts(SourceLookup.MAP), pairs -> {
            settings.put(SourceLookup.MAP, pairs);
            show(true);
        }));
        over.setTitle(STRINGS.get("source.folders.title"));
        over.show(this);
    }

    private FrameTable frames() {
        return model.profile().frames();
    }

    private SourceText.Found found() {
        return loaded.get() != null && loaded.get().text instanceof SourceText.Found found ? found : null;
    }

    private SourceLookup lookup() {
        EmbeddedSources sources = model.profile() instanceof Profile.Stacks stacks ? stacks.sources() : EmbeddedSources.NONE;
        return new SourceLookup(profile, settings.texts(SourceLookup.MAP), sources.texts());
    }

    private void show(boolean again) {
        if (getScene() == null) return;
        Analysis analysis = model.analysis().get();
        int function = model.selected().get();
        if (analysis == null || function < 0 || function >= frames().size()) {
            wanted.set(null);
            loaded.set(null);
            explain("source.empty");
            return;
        }
        String file = frames().file(function);
        wanted.set(file);
        Loaded now = loaded.get();
        if (!again && now != null && now.analysis == analysis && Objects.equals(now.file, file)) {
            if (found() != null) mark(true);
            else put(now);
            return;
        }
        SourceLookup lookup = lookup();
        boolean whole = total.get();
        tasks.submit(TaskSpec.of(STRINGS.get("source.task"), Lane.IO, context -> {
            SourceText text = lookup.read(file, context);
            SourceHeat heat = text instanceof SourceText.Found ? SourceHeat.of(analysis, file, whole) : null;
            return new Loaded(analysis, file, text, heat);
        }).latest(latestKey).hidden()).whenEnded(this::ready);
    }

    private void ready(TaskState<Loaded> state) {
        switch (state) {
            case TaskState.Done<Loaded>(Loaded value) -> put(value);
            case TaskState.Failed<Loaded>(Problem why) -> {
                loaded.set(null);
                explain(why.line(), true);
            }
            case TaskState.Cancelled<Loaded> _, TaskState.Queued<Loaded> _, TaskState.Running<Loaded> _ -> { }
        }
    }

    private void put(Loaded value) {
        loaded.set(value);
        String file = value.file == null ? "" : FunctionText.line(value.file);
        switch (value.text) {
            case SourceText.Found found -> put(found);
            case SourceText.None _ -> explain(value.file == null ? "source.built-in" : "source.no-file", file);
            case SourceText.Missing _ -> explain(STRINGS.get("source.missing", file), true);
            case SourceText.Remote _ -> explain(STRINGS.get("source.remote", file), true);
            case SourceText.TooLarge(Path _, long size) -> explain("source.too-large", file, Quantity.size(size),
                    Quantity.size(SourceLookup.LARGEST));
            case SourceText.NotText _ -> explain(STRINGS.get("source.not-text", file), true);
        }
    }

    private void put(SourceText.Found found) {
        setTop(header);
        setCenter(scroll);
        setRight(strip);
        marked = -1;
        area.replaceText(found.text());
        if (!found.text().isEmpty()) area.setStyleSpans(0, found.spans().styles(found.text().length()));
        area.getUndoManager().forgetHistory();
        String where = found.path() != null ? found.path().toString()
                : STRINGS.get("source.embedded", FunctionText.line(loaded.get().file));
        title.setText(where);
        title.setTooltip(new Tooltip(where));
        warning.setVisible(found.newer());
        legend.setText(legend());
        legend.setTooltip(new Tooltip(legend.getText()));
        gutter();
        mark(true);
    }

    private String legend() {
        SourceHeat heat = loaded.get().heat;
        if (!heat.byLine()) return STRINGS.get(total.get() ? "source.legend.totals" : "source.legend.functions");
        String of = heat.threads() ? "" : STRINGS.get("source.legend.all-threads");
        String when = model.filters().active().isEmpty() ? "" : STRINGS.get("source.legend.unfiltered");
        return STRINGS.get(total.get() ? "source.legend.line-totals" : "source.legend.lines", of + when);
    }

    /// Marks the line of the definition.
    private void mark(boolean show) {
        int paragraph = SourcePlace.line(loaded.get().analysis(), model.selected().get(), area.getText().lines().toList()) - 1;
        if (marked >= 0) area.setParagraphStyle(marked, List.of());
        marked = paragraph >= 0 && paragraph < area.getParagraphs().size() ? paragraph : -1;
        if (marked < 0) return;
        area.setParagraphStyle(marked, List.of("definition-line"));
        if (!show) return;
        area.moveTo(marked, 0);
        centre();
    }

    private void centre() {
        if (marked >= 0 && marked < area.getParagraphs().size()) area.showParagraphAtCenter(marked);
    }

    private void gutter() {
        Loaded now = loaded.get();
        if (found() == null) return;
        int digits = String.valueOf(area.getParagraphs().size()).length();
        double greatest = now.heat.greatest();
        strip.show(now.heat, area.getParagraphs().size(), Color.web("#d98a2b"));
        area.setParagraphGraphicFactory(paragraph -> line(paragraph + 1, digits, now.heat, greatest));
    }

    private Node line(int line, int digits, SourceHeat heat, double greatest) {
        var number = new Label(String.valueOf(line));
        number.getStyleClass().add("source-line-number");
        number.setMinWidth(digits * 8 + 14);
        var figure = new CostFigure();
        double cost = heat.at(line);
        figure.show(Double.isNaN(cost) ? "" : text(heat, cost), cost / greatest);
        figure.getStyleClass().add("source-heat");
        figure.setMinWidth(84);
        figure.setPrefWidth(84);
        var gutter = new HBox(figure);
        if (!heat.calls().isEmpty()) gutter.getChildren().add(SourceCalls.mark(model, line, heat.calls(line)));
        gutter.getChildren().add(number);
        gutter.getStyleClass().add("source-gutter");
        gutter.setAlignment(Pos.CENTER_LEFT);
        return gutter;
    }

    /// Lines know nothing of filters: their shares are of everything.
    private String text(SourceHeat heat, double cost) {
        return heat.byLine() && model.percent().get() ? Quantity.share(cost / loaded.get().analysis.whole()) : model.cost(cost);
    }

    private void explain(String key, Object... arguments) {
        explain(STRINGS.get(key, arguments), false);
    }

    private void explain(String text, boolean choice) {
        setTop(null);
        setRight(null);
        var label = new Label(text);
        label.setId("source-explanation");
        label.getStyleClass().add("empty-hint");
        label.setWrapText(true);
        var box = new VBox(label);
        box.getStyleClass().add("source-explanation");
        box.setAlignment(Pos.CENTER);
        if (choice) {
            var button = new Button(STRINGS.get("source.choose"));
            button.setId("source-choose");
            button.setOnAction(_ -> choose());
            box.getChildren().add(button);
        }
        setCenter(box);
    }

    private void choose() {
        String file = wanted.get();
        if (file == null) return;
        List<Path> chosen = ports.chooseOpen(STRINGS.get("source.choose-title", FunctionText.line(file)));
        if (chosen.isEmpty()) return;
        settings.put(SourceLookup.MAP, lookup().with(file, chosen.getFirst()).map());
        show(true);
    }
}
