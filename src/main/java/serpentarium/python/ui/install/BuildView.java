package serpentarium.python.ui.install;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.CopyLine;
import serpentarium.kit.Ports;
import serpentarium.kit.Toolbars;
import serpentarium.python.engine.build.BuildDiagnosis;
import serpentarium.python.engine.build.BuildLog;
import serpentarium.python.engine.build.BuildOutcome;
import serpentarium.python.engine.build.BuildPhase;
import serpentarium.python.engine.build.BuildProgress;

/// One build: phases with how far it is above, the log below with what stands out beside it, and when it has ended what came of it.
public final class BuildView extends BorderPane {
    private static final Strings STRINGS = Strings.of(BuildView.class);
    private static final PseudoClass NOW = PseudoClass.getPseudoClass("now");
    private static final PseudoClass PAST = PseudoClass.getPseudoClass("past");
    /// Only optimised builds have these.
    private static final List<BuildPhase> RARE = List.of(BuildPhase.PROFILE, BuildPhase.RECOMPILE);

    private final BuildViewModel model;
    private final Ports ports;
    private final List<Label> segments = new ArrayList<>();
    private final ProgressBar bar = new ProgressBar(0);
    private final Label time = new Label();
    private final VBox result = new VBox(8);
    private final LogArea log = new LogArea();
    private final ListView<BuildLog.Line> marked;

    /// Shows a model.
    public BuildView(BuildViewModel model, Ports ports) {
        this.model = model;
        this.ports = ports;
        getStyleClass().add("build-view");
        getStylesheets().add(BuildView.class.getResource("install.css").toExternalForm());
        setMinSize(0, 0);
        marked = new ListView<>(model.marked());
        setTop(head());
        setCenter(body());
        model.progress().subscribe(now -> now.ifPresent(this::show));
        model.outcome().subscribe(end -> result.getChildren().setAll(end.map(this::card).map(List::of).orElse(List.of())));
        model.running().subscribe(runs -> {
            bar.setVisible(runs);
            bar.setManaged(runs);
            time.setVisible(runs);
            time.setManaged(runs);
        });
        log.add(model.lines());
        model.lines().addListener((ListChangeListener<BuildLog.Line>) change -> {
            while (change.next()) log.add(change.getAddedSubList());
        });
    }

    private VBox head() {
        var said = new Label();
        said.setId("build-said");
        said.setWrapText(true);
        said.getStyleClass().add("build-said");
        said.textProperty().bind(model.said());
        said.setMinHeight(USE_PREF_SIZE);
        HBox.setHgrow(said, Priority.ALWAYS);
        said.setMaxWidth(Double.MAX_VALUE);
        Button cancel = Toolbars.labelled(Command.of("versions.build-cancel", STRINGS.get("build.cancel"), "fth-x", null, model.running(), model::cancel));
        cancel.setId("build-cancel");
        Button again = Toolbars.labelled(Command.of("versions.build-again", STRINGS.get("build.again"), "fth-refresh-cw", null, model.running().not(), model::again));
        again.setId("build-again");
        Button open = Toolbars.labelled(Command.of("versions.build-log", STRINGS.get("build.log"), "fth-file-text", null, () -> ports.showOutside(model.log())));
        for (Button each : List.of(cancel, again, open)) each.setMinWidth(Region.USE_PREF_SIZE);
        cancel.visibleProperty().bind(model.running());
        cancel.managedProperty().bind(model.running());
        var useful = Bindings.createBooleanBinding(() -> !model.running().get() && model.outcome().get().filter(BuildOutcome.Installed.class::isInstance).isEmpty(),
                model.running(), model.outcome());
        again.visibleProperty().bind(useful);
        again.managedProperty().bind(useful);
        var row = new HBox(8, said, open, cancel, again);
        row.setAlignment(Pos.CENTER_LEFT);
        var phases = new FlowPane(2, 2);
        phases.getStyleClass().add("build-phases");
        for (BuildPhase phase : BuildPhase.values()) {
            var segment = new Label(phase.text());
            segment.getStyleClass().add("build-phase");
            segment.setUserData(phase);
            segment.setTooltip(new Tooltip(phase.text()));
            segment.setMinWidth(Region.USE_PREF_SIZE);
            boolean rare = RARE.contains(phase);
            segment.setVisible(!rare);
            segment.setManaged(!rare);
            segments.add(segment);
        }
        phases.getChildren().setAll(segments);
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.setAccessibleText(STRINGS.get("build.progress"));
        time.getStyleClass().add("muted");
        time.setId("build-time");
        var head = new VBox(6, row, phases, bar, time, result);
        head.getStyleClass().add("build-head");
        return head;
    }

    private SplitPane body() {
        marked.setId("build-marked");
        marked.setAccessibleText(STRINGS.get("build.marked"));
        marked.setPlaceholder(line(STRINGS.get("build.unmarked"), "build-unmarked"));
        marked.getStyleClass().add("dense");
        marked.setCellFactory(_ -> new MarkedCell());
        marked.getSelectionModel().selectedItemProperty().addListener((_, _, line) -> {
            if (line != null) log.show(line.number());
        });
        marked.setMinWidth(0);
        var split = new SplitPane(log, marked);
        split.setDividerPositions(0.68);
        return split;
    }

    private void show(BuildProgress now) {
        for (Label segment : segments) {
            var phase = (BuildPhase) segment.getUserData();
            boolean here = phase == now.phase();
            segment.pseudoClassStateChanged(NOW, here);
            segment.pseudoClassStateChanged(PAST, phase.compareTo(now.phase()) < 0);
            if (here && RARE.contains(phase)) {
                segment.setVisible(true);
                segment.setManaged(true);
            }
            segment.setText(here && now.inPhase() >= 0 ? phase.text() + " " + Math.round(now.inPhase() * 100) + " %" : phase.text());
        }
        bar.setProgress(now.overall());
        String elapsed = STRINGS.get("build.elapsed", Quantity.share(now.overall()), Quantity.time(Math.max(1, now.elapsed().toSeconds())));
        time.setText(now.remaining().map(left -> elapsed + STRINGS.get("build.remaining", Quantity.time(Math.max(1, left.toSeconds())))).orElse(elapsed));
    }

    private Node card(BuildOutcome outcome) {
        for (Label segment : segments) {
            segment.pseudoClassStateChanged(NOW, false);
            segment.pseudoClassStateChanged(PAST, !(outcome instanceof BuildOutcome.Failed) || segment.getPseudoClassStates().contains(PAST));
            segment.setText(((BuildPhase) segment.getUserData()).text());
        }
        String kind = switch (outcome) {
            case BuildOutcome.Installed _, BuildOutcome.There _ -> "good";
            case BuildOutcome.Incomplete _ -> "lacking";
            case BuildOutcome.Failed _ -> "bad";
        };
        var card = new VBox(6);
        card.setId("build-result");
        card.getStyleClass().addAll("result", "result-" + kind);
        card.setFocusTraversable(true);
        card.setAccessibleText(model.said().get());
        switch (outcome) {
            case BuildOutcome.Installed(_, var prefix, _, _, _) -> card.getChildren().add(line(STRINGS.get("result.installed", prefix), "result-text"));
            case BuildOutcome.There(_, var prefix, _) -> card.getChildren().add(line(STRINGS.get("result.there", prefix), "result-text"));
            case BuildOutcome.Incomplete(_, _, _, var missing, List<String> packages, _) -> {
                card.getChildren().add(line(STRINGS.get("result.incomplete", missing.size()), "result-text"));
                packages.stream().findFirst().ifPresent(each -> card.getChildren().add(new CopyLine(each, ports)));
            }
            case BuildOutcome.Failed(_, BuildDiagnosis diagnosis, _) -> diagnosed(card, diagnosis);
        }
        return card;
    }

    private void diagnosed(VBox card, BuildDiagnosis diagnosis) {
        card.getChildren().add(line(STRINGS.get("cause." + (diagnosis.early() ? "early" : "end")), "muted"));
        if (!diagnosis.line().isEmpty()) {
            var at = line(STRINGS.get("cause.line", diagnosis.number(), diagnosis.line()), "result-line");
            var go = Toolbars.labelled(Command.of("versions.build-line", STRINGS.get("cause.show"), "fth-arrow-down", null, () -> log.show(diagnosis.number())));
            go.getStyleClass().add("small");
            go.setMinWidth(Region.USE_PREF_SIZE);
            HBox.setHgrow(at, Priority.ALWAYS);
            at.setMaxWidth(Double.MAX_VALUE);
            card.getChildren().add(new HBox(8, at, go));
        }
        for (BuildDiagnosis.Remedy remedy : diagnosis.remedies()) {
            card.getChildren().add(line(remedy.text(), "result-text"));
            Optional.of(remedy.command()).filter(each -> !each.isEmpty()).ifPresent(each -> card.getChildren().add(new CopyLine(each, ports)));
        }
        if (diagnosis.number() > 0) log.show(diagnosis.number());
    }

    private static Label line(String text, String style) {
        var label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        label.getStyleClass().add(style);
        return label;
    }

    private static final class MarkedCell extends ListCell<BuildLog.Line> {
        @Override protected void updateItem(BuildLog.Line line, boolean empty) {
            super.updateItem(line, empty);
            setText(empty || line == null ? null : line.number() + "  " + line.text());
            for (BuildLog.Kind kind : BuildLog.Kind.values())
                pseudoClassStateChanged(PseudoClass.getPseudoClass(kind.name().toLowerCase(Locale.ROOT)), !empty && line != null && line.kind() == kind);
        }
    }
}
