package serpentarium.log.ui.ask;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.EmptyState;
import serpentarium.kit.Menus;
import serpentarium.kit.Ports;
import serpentarium.log.analysis.GroupFilter;
import serpentarium.log.analysis.LogCost;
import serpentarium.log.engine.LogPart;

/// Which statements write how much of a log, the dearest first; what becomes of one that should be a metric instead, and how the log could be rotated.
public final class CostView extends BorderPane {
    private static final Strings STRINGS = Strings.of(CostView.class);

    private final AskViewModel model;
    private final Ports ports;
    private final Consumer<String> narrow;
    private final Consumer<String> ask;
    private final TableView<LogCost.Statement> table = new TableView<>();
    private final Label said = new Label();

    /// @param narrow shows only the records of a filter
    /// @param ask    asks a question where its answer is shown
    public CostView(AskViewModel model, Ports ports, Consumer<String> narrow, Consumer<String> ask) {
        this.model = model;
        this.ports = ports;
        this.narrow = narrow;
        this.ask = ask;
        getStyleClass().add("ask-view");
        getStylesheets().add(CostView.class.getResource("ask.css").toExternalForm());
        setMinSize(0, 0);
        Command sum = Command.of("log.cost.sum", STRINGS.get("cost.sum"), "fth-bar-chart-2", null, model::cost);
        Command metric = Command.of("log.cost.metric", STRINGS.get("cost.metric"), "fth-trending-up", null, this::metric);
        Command show = Command.of("log.cost.show", STRINGS.get("cost.show"), "fth-filter", null, this::show);
        Command snippet = Command.of("log.cost.snippet", STRINGS.get("cost.snippet"), "fth-copy", null, this::snippet);
        Command rotate = Command.of("log.cost.rotate", STRINGS.get("cost.rotate"), "fth-refresh-cw", null, this::rotate);
        var bar = new FlowPane();
        bar.getStyleClass().add("cost-bar");
        for (Command command : List.of(sum, rotate)) bar.getChildren().add(button(command));
        said.getStyleClass().add("ask-said");
        said.setWrapText(true);
        setTop(new VBox(bar, said));
        table.setId("log-statements");
        table.getStyleClass().add("dense");
        table.setAccessibleText(STRINGS.get("cost.accessible"));
        table.getColumns().add(column("share", 74, each -> Quantity.share(each.share()), true));
        table.getColumns().add(column("template", 220, CostView::title, false));
        table.getColumns().add(column("size", 80, each -> Quantity.size(each.bytes()), true));
        table.getColumns().add(column("records", 80, each -> Quantity.count(each.records()), true));
        table.getColumns().add(column("rate", 90, each -> Double.isNaN(each.perSecond()) ? "–" : STRINGS.get("cost.per-second", Quantity.size((long) each.perSecond())), true));
        table.getColumns().add(column("lines", 80, CostView::lines, true));
        table.getColumns().add(column("level", 80, each -> each.level() == null ? "–" : each.level(), false));
        table.getColumns().add(column("logger", 120, each -> each.logger() == null ? "–" : each.logger(), false));
        table.getColumns().add(column("place", 140, each -> each.place() == null ? "–" : each.place(), false));
        table.setContextMenu(new ContextMenu(Menus.item(show), Menus.item(metric), Menus.item(snippet)));
        table.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) show();
        });
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) show();
        });
        setCenter(table);
        model.statements().addListener(_ -> fill());
        model.costing().addListener(_ -> say());
        table.setPlaceholder(new EmptyState("fth-bar-chart-2", STRINGS.get("cost.empty"), STRINGS.get("cost.empty-text"), sum));
        say();
    }

    private static Button button(Command command) {
        var button = new Button(command.text());
        button.setId(command.id().replace("log.", "").replace('.', '-'));
        button.setOnAction(_ -> command.runIfEnabled());
        return button;
    }

    private static String lines(LogCost.Statement each) {
        if (Double.isNaN(each.perSecond()) || each.bytes() == 0) return "–";
        double rate = each.perSecond() / each.bytes() * each.lines();
        return String.format(java.util.Locale.ROOT, rate < 10 ? "%.2f" : "%.0f", rate);
    }

    private static String title(LogCost.Statement each) {
        return each.template().isEmpty() ? STRINGS.get("cost.others") : each.template();
    }

    private static TableColumn<LogCost.Statement, LogCost.Statement> column(String id, double width, Function<LogCost.Statement, String> text, boolean number) {
        var column = new TableColumn<LogCost.Statement, LogCost.Statement>(STRINGS.get("cost.column." + id));
        column.setId(id);
        column.setPrefWidth(width);
        column.setMinWidth(50);
        column.setSortable(false);
        if (number) column.getStyleClass().add("number-column");
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setCellFactory(_ -> new TableCell<>() {
            @Override protected void updateItem(LogCost.Statement each, boolean empty) {
                super.updateItem(each, empty);
                setText(empty || each == null ? null : text.apply(each));
                setTooltip(empty || each == null ? null : new Tooltip(text.apply(each)));
            }
        });
        return column;
    }

    private void fill() {
        table.getItems().setAll(model.statements().get());
        say();
    }

    private void say() {
        List<LogCost.Statement> statements = model.statements().get();
        double dearest = statements.stream().limit(3).mapToDouble(LogCost.Statement::share).sum();
        said.setText(model.costing().get() ? STRINGS.get("cost.busy") : statements.isEmpty() ? "" : STRINGS.get("cost.said", Quantity.count(statements.size()), Quantity.share(dearest)));
        said.setVisible(!said.getText().isEmpty());
        said.setManaged(said.isVisible());
    }

    private LogCost.Statement chosen() {
        LogCost.Statement chosen = table.getSelectionModel().getSelectedItem();
        return chosen == null || chosen.template().isEmpty() ? null : chosen;
    }

    private void show() {
        if (chosen() != null) narrow.accept(GroupFilter.template(chosen().template()));
    }

    private void metric() {
        if (chosen() != null) ask.accept(GroupFilter.template(chosen().template()) + " | count by 1m");
    }

    private void snippet() {
        if (chosen() != null) ports.copy(STRINGS.get("cost.snippet.text", name(chosen().template()), chosen().template().replace('"', '\'')));
    }

    /// The words of a template as a name of a metric.
    static String name(String template) {
        var words = new ArrayList<String>();
        for (String word : template.toLowerCase(java.util.Locale.ROOT).split("[^a-z]+")) if (!word.isEmpty() && words.size() < 5) words.add(word);
        return words.isEmpty() ? "log_records" : String.join("_", words);
    }

    private void rotate() {
        List<LogPart> parts = model.lines().parts();
        if (!parts.isEmpty()) ports.copy(STRINGS.get("cost.rotate.text", parts.getLast().file().path().toAbsolutePath()));
        said.setText(STRINGS.get("cost.rotate.said"));
        said.setVisible(true);
        said.setManaged(true);
    }
}
