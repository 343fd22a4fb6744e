package serpentarium.python.ui.install;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.CopyLine;
import serpentarium.kit.EmptyState;
import serpentarium.kit.Icons;
import serpentarium.kit.Named;
import serpentarium.kit.Ports;
import serpentarium.kit.SearchField;
import serpentarium.kit.Toolbars;
import serpentarium.python.engine.build.BuildOptions;
import serpentarium.python.engine.build.Known;
import serpentarium.python.engine.build.Preflight;

/// What can be installed on the left; on the right what an install would do, what stands in the way, and how it is built.
public final class InstallView extends SplitPane {
    private static final Strings STRINGS = Strings.of(InstallView.class);

    private final InstallViewModel model;
    private final Ports ports;
    private final SearchField search = new SearchField(STRINGS.get("search.prompt"));
    private final ListView<Known> list;
    private final VBox checks = new VBox(4);
    private final VBox lines = new VBox(6);
    private final Label title = text("install-title");
    private final Label source = text("muted");
    private final Label intact = text("muted");
    private final CopyLine command;
    private final Command install;
    private final ScrollPane detail;

    /// Shows a model.
    public InstallView(InstallViewModel model, Ports ports) {
        this.model = model;
        this.ports = ports;
        getStyleClass().add("install-view");
        getStylesheets().add(InstallView.class.getResource("install.css").toExternalForm());
        setMinSize(0, 0);
        list = new ListView<>(model.found());
        command = new CopyLine("", ports);
        command.setId("install-command");
        install = Command.of("versions.install", STRINGS.get("install"), "fth-download", null,
                Bindings.createBooleanBinding(() -> model.planned().get().isPresent(), model.planned()), model::install);
        detail = detail();
        var nothing = new EmptyState("fth-download", STRINGS.get("choose.title"), STRINGS.get("choose.text"));
        model.planned().subscribe(plan -> {
            detail.setVisible(plan.isPresent());
            nothing.setVisible(plan.isEmpty());
            plan.ifPresent(this::show);
        });
        model.source().subscribe(now -> {
            intact.setText(switch (now) {
                case UNKNOWN -> "";
                case CHECKED -> STRINGS.get("plan.checking");
                case INTACT -> STRINGS.get("plan.intact");
                case DAMAGED -> STRINGS.get("plan.damaged");
            });
            intact.getStyleClass().removeAll("plan-damaged");
            if (now == InstallViewModel.Source.DAMAGED) intact.getStyleClass().add("plan-damaged");
        });
        intact.setId("install-intact");
        intact.managedProperty().bind(intact.textProperty().isNotEmpty());
        var right = new StackPane(nothing, detail);
        right.setMinWidth(0);
        getItems().addAll(choice(), right);
        setDividerPositions(0.34);
        SplitPane.setResizableWithParent(getItems().getFirst(), false);
    }

    private BorderPane choice() {
        search.setId("install-search");
        search.textProperty().bindBidirectional(model.search());
        search.setOnStep(() -> list.requestFocus(), () -> { });
        var family = new ComboBox<>(model.families());
        family.setId("install-family");
        family.setAccessibleText(STRINGS.get("family"));
        family.setTooltip(new Tooltip(STRINGS.get("family")));
        family.setConverter(Named.of(name -> name.equals(Known.CPYTHON) ? STRINGS.get("family.cpython") : name));
        family.valueProperty().bindBidirectional(model.family());
        family.setMaxWidth(Double.MAX_VALUE);
        family.disableProperty().bind(model.search().isNotEmpty());
        HBox.setHgrow(family, Priority.ALWAYS);
        var unusual = new CheckBox(STRINGS.get("unusual"));
        unusual.setId("install-unusual");
        unusual.setTooltip(new Tooltip(STRINGS.get("unusual.about")));
        unusual.setMinWidth(Region.USE_PREF_SIZE);
        unusual.selectedProperty().bindBidirectional(model.unusual());
        var narrow = new HBox(8, family, unusual);
        narrow.setAlignment(Pos.CENTER_LEFT);
        Label said = text("muted");
        said.setId("install-said");
        said.textProperty().bind(model.said());
        var top = new VBox(6, search, narrow, said);
        top.getStyleClass().add("install-choice");
        list.setId("install-list");
        list.setAccessibleText(STRINGS.get("list"));
        list.setCellFactory(_ -> new KnownCell());
        list.getSelectionModel().selectedItemProperty().addListener((_, _, now) -> {
            if (now != null) model.chosen().set(now);
        });
        model.chosen().subscribe(this::reveal);
        model.found().addListener((ListChangeListener<Known>) _ -> reveal(model.chosen().get()));
        var side = new BorderPane(list, top, null, null, null);
        side.setMinWidth(220);
        return side;
    }

    private void reveal(Known known) {
        if (known == null || known.equals(list.getSelectionModel().getSelectedItem()) || !list.getItems().contains(known)) return;
        list.getSelectionModel().select(known);
        list.scrollTo(Math.max(0, list.getSelectionModel().getSelectedIndex() - 2));
    }

    private ScrollPane detail() {
        var button = Toolbars.labelled(install);
        button.setId("install-start");
        button.getStyleClass().add("accent");
        var again = Toolbars.labelled(Command.of("versions.install-look", STRINGS.get("look"), "fth-refresh-cw", null, model::look));
        again.setId("install-look");
        HBox.setHgrow(title, Priority.ALWAYS);
        title.setMaxWidth(Double.MAX_VALUE);
        var head = new HBox(8, title, again, button);
        head.setAlignment(Pos.CENTER_LEFT);
        for (Button each : List.of(button, again)) each.setMinWidth(Region.USE_PREF_SIZE);
        checks.setId("install-checks");
        var box = new VBox(8, head, source, intact, checks, lines, section("options"), switches(), fields(), section("command"), command);
        box.getStyleClass().add("install-detail");
        var scroll = new ScrollPane(box);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        return scroll;
    }

    private static Label section(String key) {
        var label = new Label(STRINGS.get("section." + key));
        label.getStyleClass().add("section-title");
        return label;
    }

    private static Label text(String style) {
        var label = new Label();
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        label.getStyleClass().add(style);
        return label;
    }

    private FlowPane switches() {
        var pane = new FlowPane(16, 6);
        pane.getChildren().addAll(box("optimised", BuildOptions::optimised, (all, on) -> all.optimised(on)), box("debug", BuildOptions::debug, (all, on) -> all.debug(on)),
                box("static", all -> !all.shared(), (all, on) -> all.shared(!on)), box("without-tests", BuildOptions::withoutTests, (all, on) -> all.withoutTests(on)));
        return pane;
    }

    private interface Change {
        BuildOptions with(BuildOptions options, boolean on);
    }

    private CheckBox box(String key, java.util.function.Predicate<BuildOptions> is, Change change) {
        var box = new CheckBox(STRINGS.get("option." + key));
        box.setId("install-" + key);
        box.setTooltip(new Tooltip(STRINGS.get("option." + key + ".about")));
        BooleanProperty on = box.selectedProperty();
        model.options().subscribe(options -> on.set(is.test(options)));
        on.addListener((_, _, now) -> change(options -> is.test(options) == now ? options : change.with(options, now)));
        return box;
    }

    private void change(UnaryOperator<BuildOptions> change) {
        model.options().set(change.apply(model.options().get()));
    }

    private FlowPane fields() {
        var configure = field("configure", 260);
        configure.textProperty().addListener((_, _, now) -> change(options -> options.configure(now)));
        var mirror = field("mirror", 240);
        mirror.textProperty().addListener((_, _, now) -> change(options -> options.mirror(now)));
        var jobs = new ComboBox<Integer>();
        jobs.setId("install-jobs");
        jobs.setAccessibleText(STRINGS.get("option.jobs"));
        jobs.getItems().add(0);
        for (int i = 1; i <= Math.min(64, Runtime.getRuntime().availableProcessors() * 2); i++) jobs.getItems().add(i);
        jobs.setConverter(Named.of(count -> count == 0 ? STRINGS.get("option.jobs.usual") : STRINGS.get("option.jobs.some", count)));
        jobs.setValue(0);
        jobs.valueProperty().addListener((_, _, now) -> change(options -> now > 0 ? options.jobs(now) : usual(options)));
        return new FlowPane(8, 6, configure, mirror, jobs);
    }

    private static BuildOptions usual(BuildOptions all) {
        return new BuildOptions(all.existing(), all.optimised(), all.shared(), all.debug(), all.withoutTests(), all.configure(), OptionalInt.empty(), all.mirror(), all.cache());
    }

    private static TextField field(String key, double width) {
        var field = new TextField();
        field.setId("install-" + key);
        field.setPromptText(STRINGS.get("option." + key));
        field.setAccessibleText(STRINGS.get("option." + key));
        field.setTooltip(new Tooltip(STRINGS.get("option." + key)));
        field.setPrefWidth(width);
        return field;
    }

    private void show(InstallViewModel.Plan plan) {
        title.setText(STRINGS.get("plan.title", plan.name()));
        source.setText(plan.archive().map(archive -> STRINGS.get(plan.cached() ? "plan.cached" : "plan.download", archive.file(),
                archive.sha256().isEmpty() ? STRINGS.get("plan.no-checksum") : archive.sha256())).orElse(STRINGS.get("plan.no-archive")));
        checks.getChildren().setAll(plan.preflight().checks().stream().map(InstallView::check).toList());
        lines.getChildren().clear();
        if (!plan.packages().isEmpty()) {
            Label need = text("install-need");
            need.setText(STRINGS.get(plan.preflight().stops() ? "plan.need" : "plan.wish"));
            lines.getChildren().add(need);
            Optional<Map.Entry<String, String>> first = plan.packages().entrySet().stream().findFirst();
            first.ifPresent(line -> lines.getChildren().add(new CopyLine(line.getValue(), ports)));
        }
        command.setText(plan.command());
    }

    private static Node check(Preflight.Check check) {
        String verdict = check.verdict().name().toLowerCase(Locale.ROOT);
        String icon = switch (check.verdict()) {
            case STOPS -> "fth-x-circle";
            case LACKS -> "fth-alert-triangle";
            case NOTE -> "fth-info";
            case GOOD -> "fth-check";
        };
        Label label = text("check-text");
        label.setText(check.sentence());
        HBox.setHgrow(label, Priority.ALWAYS);
        var row = new HBox(8, Icons.of(icon, "check-icon"), label);
        row.getStyleClass().addAll("check", "check-" + verdict);
        row.setAccessibleText(STRINGS.get("verdict." + verdict) + ": " + check.sentence());
        return row;
    }

    /// Puts the caret into the search.
    public void focusSearch() {
        search.requestFocus();
    }

    private static final class KnownCell extends ListCell<Known> {
        private final Label name = new Label();
        private final Label kind = new Label();
        private final HBox row = new HBox(8, name, kind);

        KnownCell() {
            kind.getStyleClass().add("muted");
            row.setAlignment(Pos.CENTER_LEFT);
        }

        @Override protected void updateItem(Known known, boolean empty) {
            super.updateItem(known, empty);
            setText(null);
            if (empty || known == null) {
                setGraphic(null);
                return;
            }
            name.setText(known.name());
            kind.setText(known.preRelease() ? STRINGS.get("kind.pre-release") : known.moving() ? STRINGS.get("kind.moving")
                    : known.freeThreaded() ? STRINGS.get("kind.free-threaded") : "");
            setGraphic(row);
            setAccessibleText(kind.getText().isEmpty() ? known.name() : known.name() + ", " + kind.getText());
        }
    }
}
