package serpentarium.log.ui.mark;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import serpentarium.base.Strings;

/// Writes down what a person has to say about a record: a note in Markdown, and tags.
final class MarkEditor extends VBox {
    private static final Strings STRINGS = Strings.of(MarkEditor.class);
    private static final int OFFERED = 12;

    private final TextArea note = new TextArea();
    private final TextField tags = new TextField();

    /// @param known tags that other marks have
    /// @param done  takes note and tags; is called once
    /// @param away  puts the editor away
    MarkEditor(String oldNote, List<String> oldTags, List<String> known, BiConsumer<String, List<String>> done, Runnable away) {
        super(6);
        getStyleClass().addAll("popover-text", "mark-editor");
        var noteLabel = new Label(STRINGS.get("editor.note"));
        noteLabel.setLabelFor(note);
        note.setId("mark-note");
        note.setText(oldNote);
        note.setPromptText(STRINGS.get("editor.note.prompt"));
        note.setWrapText(true);
        note.setPrefSize(420, 110);
        var tagLabel = new Label(STRINGS.get("editor.tags"));
        tagLabel.setLabelFor(tags);
        tags.setId("mark-tags");
        tags.setText(String.join(", ", oldTags));
        tags.setPromptText(STRINGS.get("editor.tags.prompt"));
        var offered = new FlowPane(4, 4);
        for (String tag : known.subList(0, Math.min(OFFERED, known.size()))) {
            var button = new Button(tag);
            button.getStyleClass().addAll("small", "mark-offer");
            button.setOnAction(_ -> {
                List<String> now = tags();
                if (!now.contains(tag)) tags.setText(now.isEmpty() ? tag : String.join(", ", now) + ", " + tag);
            });
            offered.getChildren().add(button);
        }
        var keep = new Button(STRINGS.get("editor.keep"));
        keep.setId("mark-keep");
        keep.getStyleClass().add("accent");
        Runnable taking = () -> {
            away.run();
            done.accept(note.getText().strip(), tags());
        };
        keep.setOnAction(_ -> taking.run());
        var row = new HBox(keep);
        row.setAlignment(Pos.CENTER_RIGHT);
        getChildren().addAll(noteLabel, note, tagLabel, tags);
        if (!known.isEmpty()) getChildren().add(offered);
        getChildren().add(row);
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            boolean enter = event.getCode() == KeyCode.ENTER && (event.isShortcutDown() || event.getTarget() == tags);
            if (enter) {
                event.consume();
                taking.run();
            } else if (event.getCode() == KeyCode.TAB && event.getTarget() == note && !event.isShortcutDown()) {
                event.consume();
                tags.requestFocus();
            }
        });
    }

    /// What stands in the field, each once.
    private List<String> tags() {
        return Arrays.stream(tags.getText().split("[,;]")).map(String::strip).filter(each -> !each.isEmpty()).distinct().toList();
    }

    /// Puts the caret into the note.
    @Override public void requestFocus() {
        note.requestFocus();
        note.end();
    }
}
