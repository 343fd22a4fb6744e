package serpentarium.profile.ui;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javafx.beans.property.ObjectProperty;
import javafx.beans.value.ChangeListener;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.controlsfx.control.PopOver;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Elide;
import serpentarium.kit.Icons;
import serpentarium.kit.Popovers;
import serpentarium.kit.SearchField;
import serpentarium.profile.Profile;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.analysis.Filter;
import serpentarium.profile.analysis.Slice;

/// Which threads are looked at: a button that says so, and a list to pick from. Space or a click switches a line, Enter or a double click takes it
/// alone.
final class ThreadPicker extends Button {
    private static final Strings STRINGS = Strings.of(ThreadPicker.class);
    private static final PseudoClass MAIN = PseudoClass.getPseudoClass("main");
    private static final double BAR = 70;

    private final Profile profile;
    private final ObjectProperty<Set<Integer>> threads;
    private final FilterList filters;
    private final ThreadRows rows;
    private final ListView<ThreadRows.Row> list = new ListView<>();
    private final SearchField search = new SearchField(STRINGS.get("threads.search"));
    private PopOver over;

    ThreadPicker(ProfileViewModel model) {
        this(model.profile(), model.threads(), model.filters());
    }

    /// @param filters where threads may be shown apart, or null
    ThreadPicker(Profile profile, ObjectProperty<Set<Integer>> threads, FilterList filters) {
        this.profile = profile;
        this.threads = threads;
        this.filters = filters;
        rows = new ThreadRows(profile.info().threads());
        getStyleClass().add("thread-picker");
        setGraphic(Icons.of("fth-layers"));
        setTooltip(new Tooltip(STRINGS.get("bar.thread")));
        setMinWidth(USE_PREF_SIZE);
        setMnemonicParsing(false);
        threads.subscribe(_ -> name());
        setOnAction(_ -> open());
    }

    private void name() {
        List<ThreadInfo> all = profile.info().threads();
        Set<Integer> chosen = threads.get();
        if (chosen.size() == all.size()) setText(STRINGS.get("bar.all-threads", all.size()));
        else if (chosen.size() == 1) setText(Elide.middle(FunctionText.line(all.get(chosen.iterator().next()).name()), 28));
        else setText(STRINGS.get("threads.some", chosen.size(), all.size()));
        setAccessibleText(STRINGS.get("threads.spoken", getText()));
    }

    /// Opens the list, or closes it.
    void open() {
        if (over != null && over.isShowing()) {
            over.hide();
            return;
        }
        var content = content();
        over = Popovers.of(content);
        over.setArrowLocation(PopOver.ArrowLocation.TOP_LEFT);
        over.show(this);
        search.field().requestFocus();
    }

    /// What the pop-over holds.
    VBox content() {
        search.setText("");
        search.textProperty().subscribe(this::fill);
        search.field().addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() != KeyCode.DOWN && event.getCode() != KeyCode.ENTER) return;
            list.requestFocus();
            if (list.getSelectionModel().getSelectedIndex() < 0) list.getSelectionModel().select(0);
            event.consume();
        });
        list.setAccessibleText(STRINGS.get("bar.thread"));
        list.getStyleClass().add("thread-list");
        list.setCellFactory(_ -> new Cell());
        list.setPrefSize(420, Math.clamp(12 + 38L * list.getItems().size(), 100, 360));
        list.setPlaceholder(new Label(STRINGS.get("threads.none-found")));
        list.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        var all = new Button(STRINGS.get("threads.all"));
        all.setOnAction(_ -> threads.set(Slice.allThreads(profile)));
        var found = new Button(STRINGS.get("threads.found"));
        found.disableProperty().bind(search.textProperty().isEmpty());
        found.setOnAction(_ -> only(list.getItems()));
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var buttons = new HBox(6, all, found, space);
        buttons.setAlignment(Pos.CENTER_LEFT);
        if (filters != null && profile instanceof Profile.Stacks) buttons.getChildren().add(apart());
        var box = new VBox(8, search, list, buttons);
        box.getStyleClass().add("popover-text");
        return box;
    }

    /// The list, for tests.
    ListView<ThreadRows.Row> list() {
        return list;
    }

    private CheckBox apart() {
        var apart = new CheckBox(STRINGS.get("threads.apart"));
        apart.setTooltip(new Tooltip(STRINGS.get("threads.apart-tip")));
        apart.setSelected(filters.active().contains(new Filter.ApartByThread()));
        apart.selectedProperty().addListener((_, _, now) -> {
            if (now) filters.add(new Filter.ApartByThread());
            else filters.remove(Filter.ApartByThread.class);
        });
        return apart;
    }

    private void fill(String text) {
        list.getItems().setAll(rows.matching(text));
    }

    private void only(List<ThreadRows.Row> chosen) {
        var wanted = new TreeSet<Integer>();
        chosen.forEach(row -> wanted.addAll(row.threads()));
        if (!wanted.isEmpty()) threads.set(wanted);
    }

    private void key(KeyEvent event) {
        ThreadRows.Row row = list.getSelectionModel().getSelectedItem();
        if (event.isShortcutDown() && event.getCode() == KeyCode.A) threads.set(Slice.allThreads(profile));
        else if (row != null && event.getCode() == KeyCode.SPACE) threads.set(ThreadRows.switched(threads.get(), row));
        else if (row != null && event.getCode() == KeyCode.ENTER) only(List.of(row));
        else return;
        event.consume();
    }

    /// A line: a box to tick, the name, and the share as a bar and a number.
    private final class Cell extends ListCell<ThreadRows.Row> {
        private final CheckBox tick = new CheckBox();
        private final Label name = new Label();
        private final Region bar = new Region();
        private final Label share = new Label();
        private final HBox box;
        /// Held here and weakly by the model, which outlives the list.
        private final ChangeListener<Set<Integer>> follow = (_, _, _) -> tick();

        Cell() {
            getStyleClass().add("thread-cell");
            setPrefWidth(0);
            tick.setFocusTraversable(false);
            tick.setMouseTransparent(true);
            tick.setAllowIndeterminate(true);
            name.setMinWidth(0);
            name.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(name, Priority.ALWAYS);
            bar.getStyleClass().add("thread-share");
            var track = new StackPane(bar);
            track.getStyleClass().add("thread-share-track");
            track.setAlignment(Pos.CENTER_LEFT);
            track.setMinWidth(BAR);
            track.setMaxWidth(BAR);
            share.setMinWidth(52);
            share.setAlignment(Pos.CENTER_RIGHT);
            box = new HBox(8, tick, name, track, share);
            box.setAlignment(Pos.CENTER_LEFT);
            threads.addListener(new javafx.beans.value.WeakChangeListener<>(follow));
            setOnMouseClicked(event -> {
                if (event.getButton() != MouseButton.PRIMARY || getItem() == null) return;
                if (event.getClickCount() == 2) only(List.of(getItem()));
                else threads.set(ThreadRows.switched(threads.get(), getItem()));
            });
        }

        @Override protected void updateItem(ThreadRows.Row row, boolean empty) {
            super.updateItem(row, empty);
            setGraphic(empty || row == null ? null : box);
            if (empty || row == null) return;
            boolean process = row instanceof ThreadRows.Row.Process;
            double part;
            switch (row) {
                case ThreadRows.Row.Process(String called, List<Integer> of, double cost) -> {
                    name.setText(STRINGS.get("threads.process", called.isEmpty() ? STRINGS.get("threads.no-process") : FunctionText.line(called), of.size()));
                    part = cost;
                }
                case ThreadRows.Row.Single(int _, String called, boolean _, double of) -> {
                    name.setText(FunctionText.line(called));
                    part = of;
                }
            }
            boolean bold = process || row instanceof ThreadRows.Row.Single(int _, String _, boolean main, double _) && main;
            pseudoClassStateChanged(MAIN, bold);
            box.setPadding(new javafx.geometry.Insets(0, 0, 0, process || !grouped() ? 0 : 18));
            share.setText(Quantity.share(part));
            bar.setMaxWidth(BAR * Math.clamp(part, 0, 1));
            bar.setMinWidth(BAR * Math.clamp(part, 0, 1));
            tick();
        }

        private boolean grouped() {
            return !list.getItems().isEmpty() && list.getItems().getFirst() instanceof ThreadRows.Row.Process;
        }

        private void tick() {
            if (getItem() == null) return;
            Set<Integer> chosen = threads.get();
            boolean all = chosen.containsAll(getItem().threads());
            tick.setIndeterminate(!all && getItem().threads().stream().anyMatch(chosen::contains));
            tick.setSelected(all);
            setAccessibleText(STRINGS.get(all ? "threads.spoken-on" : "threads.spoken-off", name.getText(), share.getText()));
        }
    }
}
