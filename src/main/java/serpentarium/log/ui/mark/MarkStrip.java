package serpentarium.log.ui.mark;

import java.util.List;
import java.util.function.Supplier;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.controlsfx.control.PopOver;
import serpentarium.base.Strings;
import serpentarium.kit.Icons;
import serpentarium.kit.Popovers;
import serpentarium.log.engine.LogLines.Spot;
import serpentarium.log.ui.mark.MarksViewModel.Marked;

/// What a person wrote about the record that is shown: tags and the note, and the way to change them.
public final class MarkStrip extends HBox {
    private static final Strings STRINGS = Strings.of(MarkStrip.class);

    private final MarksViewModel model;
    private final Supplier<Spot> shown;

    /// @param shown the record's first line, or null
    public MarkStrip(MarksViewModel model, Supplier<Spot> shown) {
        super(6);
        this.model = model;
        this.shown = shown;
        getStyleClass().add("mark-strip");
        getStylesheets().add(MarkStrip.class.getResource("marks.css").toExternalForm());
        setAlignment(Pos.CENTER_LEFT);
        setMinWidth(0);
        managedProperty().bind(visibleProperty());
        model.marks().addListener((javafx.collections.ListChangeListener<Marked>) _ -> update());
        update();
    }

    /// Looks again which record is shown.
    public void update() {
        Spot spot = shown.get();
        Marked marked = spot == null ? null : model.at(spot);
        setVisible(marked != null);
        getChildren().clear();
        if (marked == null) return;
        var star = Icons.of("fth-bookmark", "mark-icon");
        // Its letters' family is said in its style, too.
        star.setStyle(star.getStyle() + "; -fx-icon-color: " + MarkColours.css(MarkColours.of(marked.mark())) + ";");
        getChildren().add(star);
        for (String tag : marked.mark().tags()) getChildren().add(tag(tag));
        String note = marked.mark().note();
        var text = new Label(note.lines().findFirst().orElse("") + (note.indexOf('\n') >= 0 ? " …" : ""));
        text.setId("mark-text");
        text.getStyleClass().add("mark-text");
        text.setMinWidth(0);
        text.setTextOverrun(OverrunStyle.ELLIPSIS);
        if (!note.isEmpty()) {
            text.setTooltip(new Tooltip(note));
            getChildren().add(text);
        }
        var edit = new Hyperlink(STRINGS.get(note.isEmpty() && marked.mark().tags().isEmpty() ? "strip.write" : "strip.edit"));
        edit.setId("mark-edit");
        edit.setMinWidth(Region.USE_PREF_SIZE);
        edit.setOnAction(_ -> edit(edit));
        getChildren().add(edit);
    }

    static Label tag(String tag) {
        var label = new Label(tag);
        label.getStyleClass().add("mark-tag");
        label.setStyle("-fx-background-color: " + MarkColours.css(MarkColours.of(tag)) + ";");
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    /// Asks for the note and the tags of the record that is shown, beside a node.
    public void edit(Node beside) {
        Spot spot = shown.get();
        if (spot == null) return;
        Marked marked = model.at(spot);
        var popover = new PopOver[1];
        var editor = new MarkEditor(marked == null ? "" : marked.mark().note(), marked == null ? List.of() : marked.mark().tags(), model.tags(),
                (note, tags) -> model.write(spot, note, tags), () -> popover[0].hide());
        popover[0] = Popovers.of(editor);
        Bounds bounds = beside.localToScreen(beside.getLayoutBounds());
        // Below what is above the middle of the window, and above what is below it; over a list, at its upper edge.
        boolean list = bounds.getHeight() > 100;
        boolean low = !list && beside.localToScene(0, 0).getY() > beside.getScene().getHeight() / 2;
        popover[0].setArrowLocation(low ? PopOver.ArrowLocation.BOTTOM_CENTER : PopOver.ArrowLocation.TOP_CENTER);
        popover[0].show(beside, bounds.getCenterX(), list ? bounds.getMinY() + 8 : low ? bounds.getMinY() : bounds.getMaxY());
        editor.requestFocus();
    }
}
