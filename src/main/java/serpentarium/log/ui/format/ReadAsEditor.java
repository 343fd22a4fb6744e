package serpentarium.log.ui.format;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.log.LogFormat;
import serpentarium.log.format.LogFormats;
import serpentarium.log.format.PythonFormat;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// Where a person says how a log is written, and sees at each change what becomes of its first lines.
public final class ReadAsEditor extends VBox {
    private static final Strings STRINGS = Strings.of(ReadAsEditor.class);
    private static final List<String> CHARSETS = List.of("UTF-8", "windows-1252", "ISO-8859-1", "UTF-16LE", "UTF-16BE", "ISO-8859-2", "ISO-8859-15", "windows-1250", "windows-1251",
            "KOI8-R", "Shift_JIS", "EUC-JP", "GB18030", "Big5", "EUC-KR", "IBM437", "IBM850");

    private final byte[] sample;
    private final long latest;
    private final Tasks tasks;
    private final Object key = new Object();
    private final ComboBox<Optional<LogFormat>> formats = new ComboBox<>();
    private final TextField own = new TextField();
    private final ComboBox<Optional<Charset>> charsets = new ComboBox<>();
    private final ComboBox<ZoneId> zones = new ComboBox<>();
    private final Label wrong = new Label();
    private final Label verdict = new Label();
    private final GridPane rows = new GridPane();
    private final Button apply = new Button(STRINGS.get("read.apply"));

    /// @param now    how the log is read now
    /// @param sample its first bytes
    /// @param latest when it was written last, in seconds since 1970
    /// @param done   takes what a person has chosen
    public ReadAsEditor(ReadAs now, byte[] sample, long latest, Tasks tasks, Consumer<ReadAs> done) {
        this.sample = sample;
        this.latest = latest;
        this.tasks = tasks;
        getStyleClass().addAll("popover-text", "read-as");
        getStylesheets().add(ReadAsEditor.class.getResource("format.css").toExternalForm());
        formats.setId("read-format");
        formats.getItems().add(Optional.empty());
        LogFormats.all().forEach(format -> formats.getItems().add(Optional.of(format)));
        formats.setConverter(converter(format -> format.map(LogFormats::title).orElse(STRINGS.get("read.find-out"))));
        own.setId("read-own");
        own.setPromptText(STRINGS.get("read.own.prompt"));
        now.format().ifPresentOrElse(format -> {
            if (LogFormats.all().contains(format)) formats.setValue(now.format());
            else own.setText(format.layouts().isEmpty() ? "" : format.layouts().getFirst());
        }, () -> formats.setValue(Optional.empty()));
        if (formats.getValue() == null) formats.setValue(Optional.empty());
        formats.disableProperty().bind(own.textProperty().isNotEmpty());
        charsets.setId("read-charset");
        charsets.getItems().add(Optional.empty());
        CHARSETS.stream().filter(Charset::isSupported).forEach(name -> charsets.getItems().add(Optional.of(Charset.forName(name))));
        charsets.setConverter(converter(charset -> charset.map(Charset::displayName).orElse(STRINGS.get("read.find-out"))));
        charsets.setValue(now.charset());
        zones.setId("read-zone");
        zones.getItems().add(ZoneId.systemDefault());
        var named = new TreeSet<>(ZoneId.getAvailableZoneIds());
        zones.getItems().add(ZoneId.of("UTC"));
        named.stream().filter(id -> id.contains("/") && !id.startsWith("Etc") && !id.startsWith("System")).forEach(id -> zones.getItems().add(ZoneId.of(id)));
        zones.setConverter(converter(zone -> zone.equals(ZoneId.systemDefault()) ? STRINGS.get("read.zone.here", zone.getId()) : zone.getId()));
        zones.setValue(now.zone());
        for (ComboBox<?> each : List.of(formats, charsets, zones)) each.setMaxWidth(Double.MAX_VALUE);
        wrong.getStyleClass().add("filter-wrong");
        wrong.setWrapText(true);
        wrong.managedProperty().bind(wrong.textProperty().isNotEmpty());
        verdict.setId("read-verdict");
        verdict.setWrapText(true);
        verdict.getStyleClass().add("read-verdict");
        rows.getStyleClass().add("read-rows");
        apply.setId("read-apply");
        apply.setDefaultButton(true);
        apply.setOnAction(_ -> chosen().ifPresent(done));
        var buttons = new HBox(apply);
        buttons.getStyleClass().add("read-buttons");
        getChildren().addAll(form(), wrong, verdict, rows, buttons);
        formats.valueProperty().addListener(_ -> look());
        charsets.valueProperty().addListener(_ -> look());
        zones.valueProperty().addListener(_ -> look());
        own.textProperty().addListener(_ -> look());
        look();
    }

    private Node form() {
        var grid = new GridPane();
        grid.getStyleClass().add("read-form");
        var fields = List.<javafx.scene.control.Control>of(formats, own, charsets, zones);
        var names = List.of("read.format", "read.own", "read.charset", "read.zone");
        for (int i = 0; i < fields.size(); i++) {
            var label = new Label(STRINGS.get(names.get(i)));
            label.setLabelFor(fields.get(i));
            grid.addRow(i, label, fields.get(i));
            GridPane.setHgrow(fields.get(i), Priority.ALWAYS);
        }
        var first = new ColumnConstraints();
        first.setMinWidth(USE_PREF_SIZE);
        grid.getColumnConstraints().add(first);
        return grid;
    }

    private static <T> StringConverter<T> converter(java.util.function.Function<T, String> text) {
        return new StringConverter<>() {
            @Override public String toString(T value) {
                return value == null ? "" : text.apply(value);
            }

            @Override public T fromString(String text) {
                throw new UnsupportedOperationException(text);
            }
        };
    }

    /// What is chosen now; empty where the format string is none.
    private Optional<ReadAs> chosen() {
        Optional<LogFormat> format = formats.getValue();
        if (!own.getText().isBlank()) {
            try {
                format = Optional.of(own(own.getText().strip()));
            } catch (IllegalArgumentException e) {
                wrong.setText(STRINGS.get("read.own.wrong", e.getMessage()));
                apply.setDisable(true);
                return Optional.empty();
            }
        }
        wrong.setText("");
        apply.setDisable(false);
        return Optional.of(new ReadAs(format, charsets.getValue(), zones.getValue()));
    }

    /// A format string of Python, or a layout as our own formats have them.
    private static LogFormat own(String text) {
        boolean layout = text.contains("{message}") && text.contains("{time}") || text.contains("{level}");
        if (!layout) return PythonFormat.of(text, null);
        LogFormats.check(LogFormat.of("layout", text));
        return LogFormat.of("layout", text);
    }

    private void look() {
        chosen().ifPresent(as -> tasks.submit(TaskSpec.of(STRINGS.get("read.trying"), Lane.CPU, _ -> Trial.of(sample, as, latest)).latest(key).hidden()).whenEnded(state -> {
            if (state instanceof TaskState.Done<Trial>(Trial trial)) show(trial);
            else if (state instanceof TaskState.Failed<Trial> failed) wrong.setText(failed.problem().title());
        }));
    }

    private void show(Trial trial) {
        String formatted = trial.detection().formats().stream().map(LogFormats::title).collect(Collectors.joining(" + "));
        var said = new ArrayList<String>();
        said.add(STRINGS.get("read.verdict", formatted, trial.charset().displayName(), trial.records(), trial.lines()));
        if (trial.records() > 0) said.add(STRINGS.get("read.parts", Quantity.share((double) trial.timed() / trial.records()), Quantity.share((double) trial.levelled() / trial.records())));
        if (trial.bad() > 0) said.add(STRINGS.get("read.bad", trial.bad()));
        verdict.setText(String.join("\n", said));
        rows.getChildren().clear();
        for (int i = 0; i < trial.shown().size(); i++) {
            Trial.Shown shown = trial.shown().get(i);
            rows.addRow(i, cell(shown.time(), "read-time"), cell(shown.level(), "read-level"), cell(shown.logger(), "read-logger"), cell(shown.message(), "read-message"));
        }
    }

    private static Label cell(String text, String style) {
        var label = new Label(text);
        label.getStyleClass().add(style);
        if (!style.equals("read-message")) label.setMinWidth(USE_PREF_SIZE);
        return label;
    }
}
