package serpentarium.traffic.ui;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Named;
import serpentarium.traffic.analysis.Secrets;

/// What a person chooses before flows are saved: which ones, in which format, and what counts as a secret.
final class ExportForm extends VBox {
    private static final Strings STRINGS = Strings.of(ExportForm.class);
    private static final int ROWS = 8;

    private final ComboBox<Rows> rows = new ComboBox<>();
    private final ComboBox<Kind> kind = new ComboBox<>();
    private final CheckBox redact = new CheckBox(STRINGS.get("export.redact"));
    private final TextArea names = new TextArea(listed());
    private final Label note = new Label();
    private final Button save = new Button(STRINGS.get("export.save"));

    /// Which rows.
    enum Rows { ALL, LISTED, SELECTED }

    /// A format, with the ending of its files and whether it is meant for others.
    enum Kind {
        HAR(".har"), MITMPROXY(".flows"), SESSION(".session");

        private final String ending;

        Kind(String ending) {
            this.ending = ending;
        }

        String ending() {
            return ending;
        }
    }

    /// What was chosen.
    ///
    /// @param secrets what is taken out; empty for nothing
    record Choice(Rows rows, Kind kind, Optional<Secrets> secrets) {}

    /// @param counts    how many flows each choice of rows has
    /// @param selection whether those that are selected are chosen at first
    /// @param done      gets what was chosen
    ExportForm(int[] counts, boolean selection, Consumer<Choice> done) {
        getStyleClass().add("export-form");
        setSpacing(8);
        setPrefWidth(420);
        rows.setId("export-rows");
        kind.setId("export-kind");
        redact.setId("export-redact");
        names.setId("export-names");
        save.setId("export-save");
        for (Rows choice : Rows.values()) if (counts[choice.ordinal()] > 0) rows.getItems().add(choice);
        rows.setConverter(Named.of(choice -> STRINGS.get("export.rows." + choice.name().toLowerCase(java.util.Locale.ROOT), Quantity.count(counts[choice.ordinal()]))));
        rows.setValue(selection && counts[Rows.SELECTED.ordinal()] > 0 ? Rows.SELECTED : counts[Rows.LISTED.ordinal()] > 0 && counts[Rows.LISTED.ordinal()] < counts[0] ? Rows.LISTED : Rows.ALL);
        kind.getItems().addAll(Kind.values());
        kind.setConverter(Named.of(format -> STRINGS.get("export.kind." + format.name().toLowerCase(java.util.Locale.ROOT))));
        kind.valueProperty().addListener((_, _, format) -> redact.setSelected(format != Kind.SESSION));
        kind.setValue(Kind.HAR);
        names.setPrefRowCount(ROWS);
        names.setWrapText(true);
        names.disableProperty().bind(redact.selectedProperty().not());
        names.setAccessibleText(STRINGS.get("export.names"));
        note.setWrapText(true);
        note.getStyleClass().add("view-note");
        redact.selectedProperty().subscribe(on -> note.setText(STRINGS.get(on ? "export.note.redacted" : "export.note.all")));
        save.setDefaultButton(true);
        save.setDisable(rows.getItems().isEmpty());
        save.setOnAction(_ -> done.accept(choice()));
        var buttons = new HBox(save);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        getChildren().addAll(rows, kind, redact, new Label(STRINGS.get("export.names")), names, note, buttons);
    }

    /// The names that count as secrets where nobody changed them, as text.
    private static String listed() {
        var all = new TreeSet<>(Secrets.USUAL.headers());
        all.addAll(Secrets.USUAL.fields());
        return String.join(", ", all);
    }

    Choice choice() {
        var list = new Secrets(Set.of(), Set.of()).and(Arrays.asList(names.getText().split("[,\\s]+")));
        return new Choice(rows.getValue(), kind.getValue(), redact.isSelected() ? Optional.of(list) : Optional.empty());
    }
}
