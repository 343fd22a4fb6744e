package serpentarium.log.ui.ask;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Orientation;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.CopiedTable;
import serpentarium.kit.EmptyState;
import serpentarium.kit.Menus;
import serpentarium.kit.Ports;
import serpentarium.kit.Theme;
import serpentarium.log.analysis.LogQuestion;
import serpentarium.log.analysis.LogTally;
import serpentarium.log.engine.LogLines.Spot;
import serpentarium.log.engine.LogScan;

/// Asks a question and shows the answer as a table and a chart. Choosing a row shows the first of its records, Enter or a double click all of them.
public final class AskView extends BorderPane {
    private static final Strings STRINGS = Strings.of(AskView.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final double SHARE = 0.45;

    private final AskViewModel model;
    private final ZoneId zone;
    private final Ports ports;
    private final Consumer<String> narrow;
    private final ComboBox<String> question = new ComboBox<>();
    private final Button ask = new Button(STRINGS.get("ask.ask"));
    private final Label said = new Label();
    private final TableView<LogTally.Row> table = new TableView<>();
    private final AskChart chart;
    private final SplitPane both = new SplitPane();

    /// @param zone   of times that are shown
    /// @param go     shows a line in the log
    /// @param narrow shows only the records of a filter
    public AskView(AskViewModel model, ZoneId zone, Theme theme, Ports ports, Consumer<Spot> go, Consumer<String> narrow) {
        this.model = model;
        this.zone = zone;
        this.ports = ports;
        this.narrow = narrow;
        getStyleClass().add("ask-view");
        getStylesheets().add(AskView.class.getResource("ask.css").toExternalForm());
        setMinSize(0, 0);
        chart = new AskChart(theme.tokens().get());
        theme.tokens().addListener((_, _, now) -> chart.colours(now));
        question.setId("log-question");
        question.setEditable(true);
        question.setMinWidth(0);
        question.setMaxWidth(Double.MAX_VALUE);
        question.getItems().setAll(model.offered());
        question.setPromptText(STRINGS.get("ask.prompt"));
        question.getEditor().setAccessibleText(STRINGS.get("ask.accessible"));
        question.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() != KeyCode.ENTER || question.isShowing()) return;
            submit();
            event.consume();
        });
        HBox.setHgrow(question, Priority.ALWAYS);
        ask.setId("log-ask");
        ask.setMinWidth(Button.USE_PREF_SIZE);
        ask.setOnAction(_ -> submit());
        said.getStyleClass().add("ask-said");
        said.setWrapText(true);
        var bar = new HBox(question, ask);
        bar.getStyleClass().add("ask-bar");
        setTop(new VBox(bar, said));
        table.setId("log-answer");
        table.getStyleClass().add("dense");
        table.setAccessibleText(STRINGS.get("ask.answer"));
        table.setMinSize(0, 0);
        table.getSelectionModel().selectedItemProperty().addListener((_, _, row) -> {
            if (row != null) LogScan.spot(model.lines(), row).ifPresent(go);
        });
        table.setRowFactory(_ -> row());
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) narrow();
            else if (new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN).match(event)) copy();
            else return;
            event.consume();
        });
        table.setContextMenu(new ContextMenu(Menus.item(Command.of("log.ask.narrow", STRINGS.get("ask.narrow"), "fth-filter", null, this::narrow)),
                Menus.item(Command.of("log.ask.copy", STRINGS.get("ask.copy"), "fth-copy", null, this::copy))));
        both.setOrientation(Orientation.VERTICAL);
        both.getItems().add(table);
        setCenter(both);
        model.answer().addListener(_ -> answered());
        model.busy().addListener(_ -> say());
        model.wrong().addListener(_ -> say());
        table.setPlaceholder(new EmptyState("fth-help-circle", STRINGS.get("ask.empty"), STRINGS.get("ask.empty-text")));
        say();
    }

    private void submit() {
        String text = question.getEditor().getText();
        if (text.isBlank()) return;
        model.ask(text);
        question.getItems().setAll(model.offered());
        question.getEditor().setText(text);
    }

    private TableRow<LogTally.Row> row() {
        var row = new TableRow<LogTally.Row>();
        row.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2 && !row.isEmpty()) narrow();
        });
        return row;
    }

    private void narrow() {
        LogTally.Row row = table.getSelectionModel().getSelectedItem();
        AskViewModel.Answer answer = model.answer().get();
        if (row != null && answer != null) narrow.accept(answer.filter(row));
    }

    private void say() {
        AskViewModel.Answer answer = model.answer().get();
        boolean wrong = !model.wrong().get().isEmpty();
        said.getStyleClass().remove("ask-wrong");
        if (wrong) said.getStyleClass().add("ask-wrong");
        said.setText(wrong ? model.wrong().get() : model.busy().get() ? STRINGS.get("ask.busy")
                : answer == null ? "" : STRINGS.get("ask.said", Quantity.count(answer.table().records()), Quantity.count(answer.table().rows().size())));
        said.setVisible(!said.getText().isEmpty());
        said.setManaged(said.isVisible());
    }

    private void answered() {
        AskViewModel.Answer answer = model.answer().get();
        var columns = new ArrayList<TableColumn<LogTally.Row, LogTally.Row>>();
        columns.add(numbers(measure(answer.question()), row -> number(row.value())));
        if (answer.question().measure() != LogQuestion.Measure.COUNT) columns.add(numbers(STRINGS.get("ask.records"), row -> Quantity.count(row.records())));
        for (int i = 0; i < answer.table().columns().size(); i++) columns.add(key(answer, i));
        table.getColumns().setAll(columns);
        table.getItems().setAll(answer.table().rows());
        table.setPlaceholder(new EmptyState("fth-help-circle", STRINGS.get("ask.none"), STRINGS.get("ask.none-text")));
        boolean drawn = AskChart.draws(answer);
        if (drawn) chart.show(answer);
        if (drawn && !both.getItems().contains(chart)) {
            both.getItems().addFirst(chart);
            both.setDividerPositions(SHARE);
        } else if (!drawn) both.getItems().remove(chart);
        say();
    }

    private TableColumn<LogTally.Row, LogTally.Row> key(AskViewModel.Answer answer, int at) {
        boolean time = at == 0 && answer.question().step() > 0;
        TableColumn<LogTally.Row, LogTally.Row> column = column(time ? STRINGS.get("ask.time") : answer.table().columns().get(at), time ? 175 : 180, row -> shown(row, at, time));
        column.setComparator((a, b) -> a.keys().get(at).compareToIgnoreCase(b.keys().get(at)));
        return column;
    }

    private String shown(LogTally.Row row, int at, boolean time) {
        String key = row.keys().get(at);
        if (key.isEmpty()) return "–";
        return time ? TIME.format(Instant.parse(key).atZone(zone)) : key;
    }

    private static TableColumn<LogTally.Row, LogTally.Row> numbers(String title, Function<LogTally.Row, String> text) {
        TableColumn<LogTally.Row, LogTally.Row> column = column(title, 90, text);
        column.getStyleClass().add("number-column");
        column.setComparator((a, b) -> Double.compare(a.value(), b.value()));
        return column;
    }

    private static TableColumn<LogTally.Row, LogTally.Row> column(String title, double width, Function<LogTally.Row, String> text) {
        var column = new TableColumn<LogTally.Row, LogTally.Row>(title);
        column.setPrefWidth(width);
        column.setMinWidth(50);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setCellFactory(_ -> new TableCell<>() {
            @Override protected void updateItem(LogTally.Row row, boolean empty) {
                super.updateItem(row, empty);
                setText(empty || row == null ? null : text.apply(row));
                setTooltip(empty || row == null ? null : new Tooltip(text.apply(row)));
            }
        });
        return column;
    }

    private static String measure(LogQuestion question) {
        return switch (question.measure()) {
            case COUNT -> STRINGS.get("ask.records");
            case SUM -> STRINGS.get("ask.sum", question.field());
            case AVERAGE -> STRINGS.get("ask.average", question.field());
            case LARGEST -> STRINGS.get("ask.largest", question.field());
            case SMALLEST -> STRINGS.get("ask.smallest", question.field());
            case SHARE -> STRINGS.get("ask.share", question.share(), question.field());
        };
    }

    private static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) return Quantity.count((long) value);
        return String.format(java.util.Locale.ROOT, Math.abs(value) < 100 ? "%.3f" : "%.1f", value);
    }

    private void copy() {
        AskViewModel.Answer answer = model.answer().get();
        if (answer == null) return;
        var header = new ArrayList<>(answer.table().columns());
        header.add(measure(answer.question()));
        var right = new ArrayList<Boolean>();
        for (int i = 0; i < header.size(); i++) right.add(i == header.size() - 1);
        var rows = new ArrayList<List<String>>();
        for (LogTally.Row row : answer.table().rows()) {
            var cells = new ArrayList<>(row.keys());
            cells.add(number(row.value()));
            rows.add(cells);
        }
        ports.copy(new CopiedTable(header, right, rows).tsv());
    }

    /// Puts a question into the field and asks it.
    public void ask(String text) {
        question.getEditor().setText(text);
        submit();
    }

    @Override public void requestFocus() {
        question.getEditor().requestFocus();
    }
}
