package serpentarium.python.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.CopyLine;
import serpentarium.kit.Icons;
import serpentarium.kit.Named;
import serpentarium.kit.Ports;
import serpentarium.kit.Settings;
import serpentarium.kit.Toolbars;
import serpentarium.python.engine.develop.CmakeReport;
import serpentarium.python.engine.develop.ModuleReport;
import serpentarium.python.engine.develop.Snippet;
import serpentarium.python.engine.develop.Subject;

/// Lines to copy for build systems, and checks that CMake and a compiled module agree with what is shown.
final class DevelopPage extends VBox {
    private static final Strings STRINGS = Strings.of(DevelopPage.class);
    private static final String REMEMBERED = "versions.snippet";

    private final DevelopViewModel model;
    private final ComboBox<Snippet> kinds = new ComboBox<>();
    private final CopyLine lines;
    private final VBox results = new VBox(6);
    private boolean filling;

    DevelopPage(DevelopViewModel model, Ports ports, Settings settings) {
        super(10);
        this.model = model;
        lines = new CopyLine("", ports);
        lines.setId("snippet");
        kinds.setId("snippet-kind");
        kinds.setAccessibleText(STRINGS.get("develop.kind"));
        kinds.setConverter(Named.of(Snippet::label));
        kinds.valueProperty().addListener((_, _, kind) -> {
            if (filling || kind == null) return;
            settings.put(REMEMBERED, kind.name());
            fill();
        });
        BooleanBinding ready = Bindings.createBooleanBinding(() -> model.subject().get().isPresent() && !model.checking().get(), model.subject(), model.checking());
        Button cmake = button("cmake", "fth-check-circle", ready, model::checkCmake);
        Button module = button("module", "fth-cpu", ready, model::checkModule);
        Button cancel = button("cancel", "fth-x", model.checking(), model::cancel);
        cancel.visibleProperty().bind(model.checking());
        cancel.managedProperty().bind(model.checking());
        var busy = new ProgressBar();
        busy.setPrefWidth(90);
        busy.visibleProperty().bind(model.checking());
        busy.managedProperty().bind(model.checking());
        busy.setAccessibleText(STRINGS.get("develop.busy"));
        var asked = new FlowPane(8, 6, cmake, module, busy, cancel);
        asked.setRowValignment(javafx.geometry.VPos.CENTER);
        var copy = new Label(STRINGS.get("develop.copy"));
        var choice = new HBox(8, copy, kinds);
        choice.setAlignment(Pos.CENTER_LEFT);
        copy.setLabelFor(kinds);
        results.setId("develop-results");
        getChildren().addAll(asked, results, choice, lines);
        model.subject().subscribe(subject -> {
            setVisible(subject.isPresent());
            setManaged(subject.isPresent());
            filling = true;
            Snippet kept = kinds.getValue() == null ? settings.text(REMEMBERED).flatMap(DevelopPage::named).orElse(null) : kinds.getValue();
            List<Snippet> there = new ArrayList<>(subject.map(Snippet::all).orElse(java.util.Map.of()).keySet());
            kinds.getItems().setAll(there);
            kinds.setValue(there.contains(kept) ? kept : there.isEmpty() ? null : there.getFirst());
            filling = false;
            fill();
        });
        model.cmake().subscribe(_ -> show());
        model.module().subscribe(_ -> show());
    }

    private static Optional<Snippet> named(String name) {
        return java.util.Arrays.stream(Snippet.values()).filter(each -> each.name().equals(name)).findFirst();
    }

    private static Button button(String key, String icon, javafx.beans.value.ObservableBooleanValue enabled, Runnable run) {
        Button button = Toolbars.labelled(Command.of("versions.check-" + key, STRINGS.get("develop." + key), icon, null, enabled, run));
        button.setId("develop-" + key);
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    private void fill() {
        Optional<Subject> subject = model.subject().get();
        String text = kinds.getValue() == null ? "" : subject.flatMap(kinds.getValue()::of).orElse("");
        lines.setText(text);
        lines.setVisible(!text.isEmpty());
    }

    private void show() {
        var nodes = new ArrayList<Node>();
        model.cmake().get().ifPresent(report -> nodes.add(cmake(report)));
        model.module().get().ifPresent(report -> nodes.add(module(report)));
        results.getChildren().setAll(nodes);
    }

    private static Node cmake(CmakeReport report) {
        var words = new ArrayList<String>();
        report.values().forEach((name, value) -> words.add(name + " = " + value));
        report.differences().forEach(each -> words.add(STRINGS.get("develop.differs", each.what(), each.ours(), each.cmake())));
        words.addAll(report.reasons());
        String title = report.agrees() ? "develop.cmake.agrees" : report.found() ? "develop.cmake.differs" : "develop.cmake.none";
        return card(report.agrees(), STRINGS.get(title, report.cmake()), words, report.log());
    }

    private static Node module(ModuleReport report) {
        var words = List.of(STRINGS.get("develop.module.steps", yes(report.compiled()), yes(report.imported()), yes(report.called())),
                STRINGS.get("develop.module.versions", report.file(), report.version().orElse("–"), report.runtime().orElse("–")));
        return card(report.works(), STRINGS.get(report.works() ? "develop.module.works" : "develop.module.fails"), words, report.log());
    }

    private static String yes(boolean done) {
        return STRINGS.get(done ? "develop.yes" : "develop.no");
    }

    private static Node card(boolean good, String title, List<String> words, List<String> log) {
        var heading = text(title, "check-title");
        var body = new VBox(2, heading);
        words.forEach(word -> body.getChildren().add(text(word, "check-line")));
        if (!log.isEmpty()) {
            var all = new TitledPane(STRINGS.get("develop.log"), text(String.join("\n", log), "check-log"));
            all.setExpanded(false);
            all.getStyleClass().add("dense");
            body.getChildren().add(all);
        }
        body.setMinWidth(0);
        HBox.setHgrow(body, Priority.ALWAYS);
        var card = new HBox(10, Icons.of(good ? "fth-check-circle" : "fth-x-circle", "check-icon"), body);
        card.getStyleClass().addAll("check-card", good ? "check-good" : "check-bad");
        card.setFocusTraversable(true);
        card.setAccessibleText(title + " " + String.join(" ", words));
        return card;
    }

    private static Label text(String text, String style) {
        var label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        label.getStyleClass().add(style);
        return label;
    }
}
