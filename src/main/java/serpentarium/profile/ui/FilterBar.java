package serpentarium.profile.ui;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Icons;
import serpentarium.kit.Menus;
import serpentarium.kit.Toolbars;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.FunctionMatch;

/// The filters as chips, in the order in which they apply, and what they leave. Is there only while there are filters.
final class FilterBar extends HBox {
    private static final Strings STRINGS = Strings.of(FilterBar.class);

    private final ProfileViewModel model;
    private final FlowPane chips = new FlowPane(6, 4);
    private final Label left = new Label();
    private final Button base = new Button();
    private FilterEditor draft;

    FilterBar(ProfileViewModel model) {
        this.model = model;
        getStyleClass().add("filter-bar");
        setAlignment(Pos.CENTER_LEFT);
        setSpacing(8);
        HBox.setHgrow(chips, Priority.ALWAYS);
        chips.setAlignment(Pos.CENTER_LEFT);
        chips.setMinWidth(0);
        chips.setPrefWrapLength(10_000);
        left.getStyleClass().add("text-muted");
        left.setMinWidth(USE_PREF_SIZE);
        base.getStyleClass().addAll("flat", "small");
        base.setMinWidth(USE_PREF_SIZE);
        base.setTooltip(new Tooltip(STRINGS.get("filter.base-tip")));
        base.setOnAction(_ -> model.percentOfAll().set(!model.percentOfAll().get()));
        Command clear = FilterActions.history(model).getLast();
        Button clearButton = Toolbars.button(clear);
        clearButton.setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(chips, left, base, clearButton);
        model.filters().entries().addListener((InvalidationListener) _ -> show());
        model.analysis().addListener(_ -> sum());
        model.percentOfAll().addListener(_ -> sum());
        show();
        sum();
    }

    /// The button that adds filters.
    MenuButton adding() {
        var button = new MenuButton(STRINGS.get("filter.add"), Icons.of("fth-filter"));
        button.getStyleClass().addAll("flat", "filter-add");
        button.setTooltip(new Tooltip(STRINGS.get("filter.add-tip")));
        button.setMinWidth(USE_PREF_SIZE);
        for (FilterKind kind : FilterKind.values()) {
            var item = new MenuItem(STRINGS.get("filter.new." + kind.id()), Icons.of(FilterText.icon(kind.of(new FunctionMatch.One(0)).getClass())));
            item.setId("filter-new-" + kind.id());
            item.setOnAction(_ -> draft(kind));
            button.getItems().add(item);
        }
        button.getItems().add(new SeparatorMenuItem());
        for (Command command : FilterActions.general(model)) button.getItems().add(Menus.item(command));
        button.getItems().add(new SeparatorMenuItem());
        for (Command command : FilterActions.history(model)) button.getItems().add(Menus.item(command));
        return button;
    }

    /// Begins a new filter: its functions are typed where its chip will be.
    void draft(FilterKind kind) {
        draft = editor(kind, new FunctionMatch.Text("", false), match -> {
            draft = null;
            model.filters().add(kind.of(match));
            show();
        }, () -> {
            draft = null;
            show();
        });
        show();
        draft.requestFocus();
    }

    private static FilterEditor editor(FilterKind kind, FunctionMatch.Text begin, java.util.function.Consumer<FunctionMatch.Text> taken, Runnable away) {
        String icon = FilterText.icon(kind.of(begin).getClass());
        return new FilterEditor(icon, STRINGS.get("filter.prompt." + kind.id()), begin, taken, away);
    }

    private void show() {
        int focused = focusedChip();
        List<FilterEntry> entries = model.filters().entries();
        var nodes = new ArrayList<Node>();
        for (int i = 0; i < entries.size(); i++) nodes.add(chip(i, entries.get(i)));
        if (draft != null) nodes.add(draft);
        chips.getChildren().setAll(nodes);
        boolean any = !nodes.isEmpty();
        setVisible(any);
        setManaged(any);
        if (focused >= 0 && !entries.isEmpty()) nodes.get(Math.min(focused, entries.size() - 1)).requestFocus();
    }

    private int focusedChip() {
        for (int i = 0; i < chips.getChildren().size(); i++) if (chips.getChildren().get(i).isFocusWithin()) return i;
        return -1;
    }

    private Node chip(int index, FilterEntry entry) {
        String text = FilterText.of(entry.filter(), model.profile().frames(), model.timeSpan());
        Runnable edit = FilterKind.of(entry.filter()).isPresent() ? () -> edit(index, entry) : null;
        return new FilterChip(entry, text, () -> model.filters().toggle(index), edit, () -> model.filters().remove(index));
    }

    private void edit(int index, FilterEntry entry) {
        FilterKind kind = FilterKind.of(entry.filter()).orElseThrow();
        FunctionMatch.Text begin = FilterKind.text(entry.filter(), model.profile().frames());
        FilterEditor editor = editor(kind, begin, match -> {
            if (match.equals(begin)) show();
            else model.filters().replace(index, kind.of(match));
        }, this::show);
        chips.getChildren().set(index, editor);
        editor.requestFocus();
    }

    private void sum() {
        Analysis now = model.analysis().get();
        if (now == null) return;
        var event = now.slice().eventInfo();
        double rest = now.tree().total(0);
        left.setText(STRINGS.get("filter.left", Quantity.share(now.whole() == 0 ? 0 : rest / now.whole()), event.format(now.whole())));
        base.setText(model.percentOfAll().get() ? STRINGS.get("filter.base-all", event.format(now.whole())) : STRINGS.get("filter.base-left", event.format(rest)));
    }
}
