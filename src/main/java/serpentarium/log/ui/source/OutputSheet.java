package serpentarium.log.ui.source;

import java.util.function.BiConsumer;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import serpentarium.base.Strings;
import serpentarium.kit.Icons;
import serpentarium.kit.Settings;

/// Asks which command's output is to be opened, and shows what will run.
final class OutputSheet extends VBox {
    private static final Strings STRINGS = Strings.of(OutputSheet.class);
    private static final String KIND = "log.output.kind";
    private static final double WIDTH = 560;

    private final Settings settings;
    private final ComboBox<Preset> kind = new ComboBox<>();
    private final TextField first = new TextField();
    private final TextField second = new TextField();

    /// @param run    takes the kind and what was said
    /// @param cancel closes the sheet
    OutputSheet(Settings settings, BiConsumer<Preset, String[]> run, Runnable cancel) {
        super(10);
        this.settings = settings;
        getStyleClass().addAll("overlay-card", "output-sheet");
        setMaxWidth(WIDTH);
        setPrefWidth(WIDTH);
        setMaxHeight(USE_PREF_SIZE);
        var title = new Label(STRINGS.get("sheet.title"));
        title.getStyleClass().add("card-title");
        kind.setId("output-kind");
        kind.getItems().setAll(Preset.values());
        kind.setAccessibleText(STRINGS.get("sheet.kind"));
        kind.setMaxWidth(Double.MAX_VALUE);
        first.setId("output-first");
        second.setId("output-second");
        var runs = new Label();
        runs.setId("output-runs");
        runs.setWrapText(true);
        runs.setMinHeight(USE_PREF_SIZE);
        runs.setStyle("-fx-font-family: monospace;");
        runs.textProperty().bind(Bindings.createStringBinding(() -> complete() ? kind.getValue().written(first(), second()) : "",
                kind.valueProperty(), first.textProperty(), second.textProperty()));
        var open = new Button(STRINGS.get("sheet.open"), Icons.of("fth-play"));
        open.setId("output-open");
        open.getStyleClass().add("accent");
        open.setDefaultButton(true);
        open.disableProperty().bind(runs.textProperty().isEmpty().and(kind.valueProperty().isNotNull()));
        open.setOnAction(_ -> {
            remember();
            run.accept(kind.getValue(), new String[] {first(), second()});
        });
        // A default button hears nothing of keys inside an overlay.
        first.setOnAction(_ -> open.fire());
        second.setOnAction(_ -> open.fire());
        var no = new Button(STRINGS.get("sheet.cancel"));
        no.setId("output-cancel");
        no.setOnAction(_ -> cancel.run());
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var foot = new HBox(8, space, no, open);
        foot.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(title, muted(STRINGS.get("sheet.about")), kind, first, second, muted(STRINGS.get("sheet.runs")), runs, foot);
        kind.valueProperty().subscribe(this::chosen);
        kind.setValue(settings.text(KIND).flatMap(OutputSheet::named).orElse(Preset.SHELL));
    }

    private static java.util.Optional<Preset> named(String name) {
        for (Preset each : Preset.values()) if (each.name().equals(name)) return java.util.Optional.of(each);
        return java.util.Optional.empty();
    }

    private static Label muted(String text) {
        var label = new Label(text);
        label.getStyleClass().add("muted");
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }

    private String first() {
        return first.getText().strip();
    }

    private String second() {
        return second.getText().strip();
    }

    private boolean complete() {
        return kind.getValue() != null && kind.getValue().complete(first(), second());
    }

    private void chosen(Preset preset) {
        if (preset == null) return;
        first.setPromptText(preset.first());
        first.setAccessibleText(preset.first());
        second.setPromptText(preset.second().orElse(""));
        second.setAccessibleText(preset.second().orElse(""));
        second.setVisible(preset.second().isPresent());
        second.setManaged(preset.second().isPresent());
        first.setText(settings.text(key(preset, 1)).orElse(""));
        second.setText(settings.text(key(preset, 2)).orElse(""));
    }

    private void remember() {
        settings.put(KIND, kind.getValue().name());
        settings.put(key(kind.getValue(), 1), first());
        settings.put(key(kind.getValue(), 2), second());
    }

    private static String key(Preset preset, int number) {
        return "log.output." + preset.name().toLowerCase(java.util.Locale.ROOT) + "." + number;
    }

    /// What has the focus first.
    Node focus() {
        return first;
    }
}
