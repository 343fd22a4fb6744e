package serpentarium.python.ui;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import serpentarium.base.Strings;
import serpentarium.kit.Icons;
import serpentarium.python.engine.build.Reference;
import serpentarium.python.engine.build.Removal;

/// What would miss a version, before it is removed.
final class RemoveSheet extends VBox {
    private static final Strings STRINGS = Strings.of(RemoveSheet.class);

    private final Button keep = new Button(STRINGS.get("remove.keep"));

    /// @param plan     what would go
    /// @param size     of it; may be empty
    /// @param packages how many packages go with it
    /// @param alone    whether only the folder in front was looked at for pins
    RemoveSheet(Removal.Plan plan, String size, int packages, boolean alone, Runnable remove, Runnable cancel) {
        super(10);
        getStyleClass().addAll("overlay-card", "choose-sheet");
        var title = new Label(STRINGS.get("remove.title", plan.name()));
        title.getStyleClass().add("card-title");
        getChildren().add(title);
        text(STRINGS.get(plan.alias() ? "remove.alias" : "remove.path", AnswerText.folder(plan.path()), size.isEmpty() ? "" : STRINGS.get("remove.size", size)), "muted");
        if (plan.references().isEmpty()) text(STRINGS.get("remove.unused"), "remove-line");
        else {
            text(STRINGS.get("remove.refers"), "remove-line");
            plan.references().forEach(each -> text("•  " + words(each), "remove-reference"));
        }
        if (packages > 0 && !plan.alias()) text(STRINGS.get("remove.packages", packages), "muted");
        if (alone) text(STRINGS.get("remove.alone"), "muted");
        text(STRINGS.get("remove.later"), "muted");
        keep.setId("remove-keep");
        keep.setOnAction(_ -> cancel.run());
        var go = new Button(STRINGS.get("remove.go"), Icons.of("fth-trash-2"));
        go.setId("remove-go");
        go.getStyleClass().add("danger");
        go.setOnAction(_ -> remove.run());
        var buttons = new HBox(8, keep, go);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        getChildren().add(buttons);
        setMaxHeight(Region.USE_PREF_SIZE);
    }

    private void text(String text, String style) {
        var label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        label.getStyleClass().add(style);
        getChildren().add(label);
    }

    static String words(Reference reference) {
        return switch (reference) {
            case Reference.Global(var file, String word) -> STRINGS.get("reference.global", AnswerText.folder(file), word);
            case Reference.Pin(var file, int line, String word) -> STRINGS.get("reference.pin", AnswerText.folder(file), line, word);
            case Reference.Environment(String name, var prefix, boolean inside) -> STRINGS.get(inside ? "reference.inside" : "reference.environment", name, AnswerText.folder(prefix));
            case Reference.Alias(String name, var target) -> STRINGS.get("reference.alias", name, target);
            case Reference.Running(long pid, String command) -> STRINGS.get("reference.running", String.valueOf(pid), command);
        };
    }

    /// What has the focus first: the safe one.
    Button first() {
        return keep;
    }
}
