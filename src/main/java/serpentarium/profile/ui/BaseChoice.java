package serpentarium.profile.ui;

import javafx.beans.InvalidationListener;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import serpentarium.base.Strings;

/// Chooses what percentages in a table are of, and says what they are of now.
final class BaseChoice extends MenuButton {
    private static final Strings STRINGS = Strings.of(BaseChoice.class);

    private final ProfileViewModel model;
    private final boolean tree;

    /// @param tree whether rows have rows above them
    BaseChoice(ProfileViewModel model, boolean tree) {
        this.model = model;
        this.tree = tree;
        getStyleClass().add("base-choice");
        setMaxWidth(220);
        setMinWidth(90);
        setMnemonicParsing(false);
        setAccessibleText(STRINGS.get("base.choose"));
        setTooltip(new Tooltip(STRINGS.get("base.choose")));
        setOnShowing(_ -> fill());
        fill();
        InvalidationListener follow = _ -> say();
        model.base().addListener(follow);
        model.percent().addListener(follow);
        model.percentOfAll().addListener(follow);
        model.analysis().addListener(follow);
        say();
    }

    private void say() {
        setText(model.percent().get() ? STRINGS.get("base.shown", model.base().get().text(model, tree)) : STRINGS.get("base.units"));
    }

    private void fill() {
        var group = new ToggleGroup();
        getItems().clear();
        add(group, "base.of-all", CostBase.WHOLE);
        if (tree) add(group, "base.of-parent", CostBase.PARENT);
        int selected = model.selected().get();
        if (selected >= 0) add(group, "base.of-selected", new CostBase.Of(selected));
    }

    private void add(ToggleGroup group, String key, CostBase base) {
        String name = base instanceof CostBase.Of ? base.text(model, tree) : "";
        var item = new RadioMenuItem(STRINGS.get(key, name));
        item.setMnemonicParsing(false);
        item.setToggleGroup(group);
        item.setSelected(model.percent().get() && model.base().get().equals(base));
        item.setOnAction(_ -> {
            model.base().set(base);
            model.percent().set(true);
        });
        getItems().add(item);
    }
}
