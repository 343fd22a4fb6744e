package serpentarium.log.ui.filter;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.controlsfx.control.PopOver;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Icons;
import serpentarium.kit.Popovers;

/// Shows the loggers of the log's last records as a tree, of which a branch can be shown alone or hidden.
final class LoggerButton extends Button {
    private static final Strings STRINGS = Strings.of(LoggerButton.class);
    private static final int MOST = 5000;

    private final FilterViewModel model;
    private final FilterWords words;
    private final TreeView<Branch> tree = new TreeView<>();
    private final Label note = new Label();
    private PopOver popover;

    /// A logger with those below it.
    ///
    /// @param name    its whole name
    /// @param title   the last part of it
    /// @param records how many were seen of it and those below
    private record Branch(String name, String title, long records) {
        @Override public String toString() {
            return STRINGS.get("logger.branch", title, Quantity.count(records));
        }
    }

    LoggerButton(FilterViewModel model, FilterWords words) {
        super(null, Icons.of("fth-git-branch"));
        this.model = model;
        this.words = words;
        setId("log-loggers");
        getStyleClass().addAll("small", "flat");
        setMinWidth(USE_PREF_SIZE);
        setTooltip(new Tooltip(STRINGS.get("logger.tip")));
        setAccessibleText(STRINGS.get("logger.tip"));
        setOnAction(_ -> show());
        words.whenLooked(this::fill);
    }

    private void show() {
        words.look();
        tree.setId("log-logger-tree");
        tree.setShowRoot(false);
        tree.getStyleClass().add("dense");
        tree.setPrefSize(340, 320);
        note.getStyleClass().add("muted");
        note.setWrapText(true);
        note.setPrefWidth(340);
        var only = button("logger.only", "fth-filter", false);
        var hide = button("logger.hide", "fth-eye-off", true);
        var box = new VBox(8, tree, note, new HBox(8, only, hide));
        box.getStyleClass().add("popover-text");
        popover = Popovers.of(box);
        popover.setArrowLocation(PopOver.ArrowLocation.TOP_CENTER);
        fill();
        popover.show(this);
        tree.requestFocus();
    }

    private Button button(String key, String icon, boolean hides) {
        var button = new Button(STRINGS.get(key), Icons.of(icon));
        button.setId(key.replace('.', '-'));
        button.getStyleClass().add("small");
        button.disableProperty().bind(tree.getSelectionModel().selectedItemProperty().isNull());
        button.setOnAction(_ -> {
            model.restrict("logger~\"^" + Pattern.compile("[^\\w]").matcher(tree.getSelectionModel().getSelectedItem().getValue().name()).replaceAll("\\\\$0") + "($|\\.)\"", hides);
            popover.hide();
        });
        return button;
    }

    private void fill() {
        if (popover == null) return;
        var sums = new TreeMap<String, Long>();
        words.sample().loggers().entrySet().stream().limit(MOST).forEach(each -> {
            for (int dot = each.getKey().indexOf('.'); dot >= 0; dot = each.getKey().indexOf('.', dot + 1)) sums.merge(each.getKey().substring(0, dot), each.getValue(), Long::sum);
            sums.merge(each.getKey(), each.getValue(), Long::sum);
        });
        var items = new TreeMap<String, TreeItem<Branch>>();
        var root = new TreeItem<Branch>(null);
        for (Map.Entry<String, Long> each : sums.entrySet()) {
            int dot = each.getKey().lastIndexOf('.');
            var item = new TreeItem<>(new Branch(each.getKey(), each.getKey().substring(dot + 1), each.getValue()));
            item.setExpanded(sums.size() < 60);
            items.put(each.getKey(), item);
            (dot < 0 ? root : items.getOrDefault(each.getKey().substring(0, dot), root)).getChildren().add(item);
        }
        tree.setRoot(root);
        note.setText(sums.isEmpty() ? STRINGS.get("logger.none") : words.sample().whole() ? STRINGS.get("logger.whole") : STRINGS.get("logger.sample", Quantity.count(words.sample().records())));
    }
}
