package serpentarium.traffic.ui.rule;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.EmptyState;
import serpentarium.kit.Icons;
import serpentarium.kit.Menus;
import serpentarium.kit.Named;
import serpentarium.kit.Ports;
import serpentarium.kit.Toolbars;
import serpentarium.traffic.analysis.rule.Rule;
import serpentarium.traffic.analysis.rule.RuleAction;
import serpentarium.traffic.analysis.rule.RuleCheck;
import serpentarium.traffic.analysis.rule.RuleNames;

/// The rules at the left in the order in which they are applied, the selected one at the right.
public final class RulesView extends BorderPane {
    private static final Strings STRINGS = Strings.of(RulesView.class);

    private final RulesViewModel model;
    private final ListView<Rule> list;
    private final TextField name = new TextField();
    private final TextField filter = new TextField();
    private final ComboBox<ActionKind> kind = new ComboBox<>();
    private final ActionFields fields;
    private final Label wrong = new Label();
    private boolean showing;

    public RulesView(RulesViewModel model, Ports ports) {
        this.model = model;
        getStyleClass().add("rules-view");
        getStylesheets().add(RulesView.class.getResource("rules.css").toExternalForm());
        setMinSize(0, 0);
        list = new ListView<>(model.rules());
        list.setId("rules");
        list.setAccessibleText(STRINGS.get("rules.list"));
        list.setCellFactory(_ -> new RuleCell());
        fields = new ActionFields(ports, action -> edit(rule -> new Rule(rule.name(), rule.on(), rule.filter(), action)));
        list.getSelectionModel().selectedIndexProperty().addListener((_, _, at) -> {
            if (!showing && at.intValue() >= 0) model.selected().set(at.intValue());
        });
        model.selected().subscribe(_ -> show());
        model.book().subscribe(_ -> show());
        var add = new MenuButton(STRINGS.get("rules.add"), Icons.of("fth-plus"));
        add.setId("rule-add");
        for (ActionKind each : ActionKind.values()) {
            var item = new MenuItem(each.text());
            item.setId("rule-add-" + each.name().toLowerCase(java.util.Locale.ROOT));
            item.setOnAction(_ -> model.add(each.first(), ""));
            add.getItems().add(item);
        }
        BooleanBinding some = Bindings.createBooleanBinding(() -> model.rule().isPresent(), model.selected(), model.book());
        Command up = command("up", "fth-arrow-up", some, () -> model.move(-1));
        Command down = command("down", "fth-arrow-down", some, () -> model.move(1));
        Command twin = command("duplicate", "fth-copy", some, model::duplicate);
        Command remove = command("remove", "fth-trash-2", some, model::remove);
        Command undo = command("undo", "fth-corner-up-left", model.undoable(), model::undo);
        var bar = new HBox(add, Toolbars.button(up), Toolbars.button(down), Toolbars.button(twin), Toolbars.button(remove), Toolbars.button(undo));
        bar.getStyleClass().add("view-bar");
        bar.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        list.setContextMenu(new ContextMenu(Menus.item(up), Menus.item(down), Menus.item(twin), Menus.item(remove), Menus.item(undo)));
        list.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        var left = new BorderPane(list, bar, null, null, null);
        left.setMinWidth(180);
        var form = new ScrollPane(form());
        form.setFitToWidth(true);
        form.getStyleClass().add("rule-form");
        form.visibleProperty().bind(some);
        var parts = new SplitPane(left, form);
        parts.setDividerPositions(0.42);
        SplitPane.setResizableWithParent(left, false);
        var empty = new EmptyState("fth-shuffle", STRINGS.get("rules.empty.title"), STRINGS.get("rules.empty.text"),
                Command.of("traffic.rule-hold", STRINGS.get("rules.empty.hold"), "fth-pause", null, () -> model.add(ActionKind.PAUSE.first(), "")),
                Command.of("traffic.rule-header", STRINGS.get("rules.empty.header"), "fth-edit-3", null, () -> model.add(ActionKind.SET_HEADER.first(), "")),
                Command.of("traffic.rule-fail", STRINGS.get("rules.empty.fail"), "fth-zap", null, () -> model.add(ActionKind.FAIL.first(), "")));
        BooleanBinding none = Bindings.isEmpty(model.rules());
        empty.visibleProperty().bind(none);
        parts.visibleProperty().bind(none.not());
        setCenter(new StackPane(parts, empty));
        show();
    }

    private static Command command(String key, String icon, ObservableBooleanValue enabled, Runnable run) {
        return Command.of("traffic.rule-" + key, STRINGS.get("rules." + key), icon, null, enabled, run);
    }

    private VBox form() {
        name.setId("rule-name");
        name.setAccessibleText(STRINGS.get("rules.name"));
        filter.setId("rule-filter");
        filter.setPromptText(STRINGS.get("rules.filter.prompt"));
        filter.setAccessibleText(STRINGS.get("rules.filter"));
        filter.getStyleClass().add("rule-filter");
        kind.setId("rule-kind");
        kind.setAccessibleText(STRINGS.get("rules.kind"));
        kind.getItems().setAll(ActionKind.values());
        kind.setConverter(Named.of(ActionKind::text));
        kind.setMaxWidth(Double.MAX_VALUE);
        wrong.setId("rule-wrong");
        wrong.setWrapText(true);
        wrong.getStyleClass().add("rule-wrong");
        wrong.managedProperty().bind(wrong.visibleProperty());
        wrong.visibleProperty().bind(wrong.textProperty().isNotEmpty());
        name.textProperty().addListener((_, _, text) -> edit(rule -> new Rule(text, rule.on(), rule.filter(), rule.action())));
        filter.textProperty().addListener((_, _, text) -> edit(rule -> new Rule(rule.name(), rule.on(), text, rule.action())));
        kind.valueProperty().addListener((_, _, now) -> {
            if (now != null) edit(rule -> ActionKind.of(rule.action()) == now ? rule : new Rule(rule.name(), rule.on(), rule.filter(), now.first()));
        });
        var box = new VBox(8, new Label(STRINGS.get("rules.filter")), filter, new Label(STRINGS.get("rules.kind")), kind, fields, wrong,
                new Label(STRINGS.get("rules.name")), name);
        box.getStyleClass().add("rule-box");
        return box;
    }

    private interface Edit {
        Rule of(Rule rule);
    }

    private void edit(Edit edit) {
        if (!showing) model.rule().ifPresent(rule -> model.replace(model.selected().get(), edit.of(rule)));
    }

    private void show() {
        boolean outer = showing;
        showing = true;
        list.getSelectionModel().clearAndSelect(model.selected().get());
        model.rule().ifPresent(rule -> {
            RuleAction action = rule.action();
            if (!name.getText().equals(rule.name())) name.setText(rule.name());
            if (!filter.getText().equals(rule.filter())) filter.setText(rule.filter());
            name.setPromptText(RuleNames.action(action));
            kind.setValue(ActionKind.of(action));
            fields.show(action);
            wrong.setText(RuleCheck.of(rule).orElse(""));
        });
        showing = outer;
    }

    private void pressed(KeyEvent event) {
        boolean done = true;
        if (event.getCode() == KeyCode.DELETE) model.remove();
        else if (event.getCode() == KeyCode.SPACE) model.rule().ifPresent(rule -> model.replace(model.selected().get(), rule.switched(!rule.on())));
        else if (event.isAltDown() && event.getCode() == KeyCode.UP) model.move(-1);
        else if (event.isAltDown() && event.getCode() == KeyCode.DOWN) model.move(1);
        else if (event.isShortcutDown() && event.getCode() == KeyCode.Z) model.undo();
        else done = false;
        if (done) event.consume();
    }

    /// One rule: whether it is on, what it is called, which exchanges it is for, and whether something is wrong with it.
    private final class RuleCell extends ListCell<Rule> {
        private final CheckBox on = new CheckBox();
        private final Label title = new Label();
        private final Label about = new Label();
        private final VBox texts = new VBox(title, about);
        private final HBox line = new HBox(8, on, texts);

        RuleCell() {
            about.getStyleClass().add("rule-about");
            line.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
            texts.setMinWidth(0);
            setPrefWidth(0);
            on.setFocusTraversable(false);
            on.setOnAction(_ -> model.replace(getIndex(), getItem().switched(on.isSelected())));
        }

        @Override protected void updateItem(Rule rule, boolean empty) {
            super.updateItem(rule, empty);
            setGraphic(empty || rule == null ? null : line);
            if (empty || rule == null) return;
            on.setSelected(rule.on());
            on.setAccessibleText(STRINGS.get("rules.on"));
            title.setText(RuleNames.of(rule));
            var problem = RuleCheck.of(rule);
            about.setText(problem.orElse(rule.filter().isBlank() ? STRINGS.get("rules.all") : rule.filter()));
            about.pseudoClassStateChanged(javafx.css.PseudoClass.getPseudoClass("wrong"), problem.isPresent());
            title.setOpacity(rule.on() ? 1 : 0.55);
            setAccessibleText(title.getText() + ", " + about.getText());
        }
    }
}
