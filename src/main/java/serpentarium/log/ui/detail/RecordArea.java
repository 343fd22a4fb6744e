package serpentarium.log.ui.detail;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.ContextMenu;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.fxmisc.richtext.CodeArea;
import org.fxmisc.richtext.model.StyleSpans;
import org.fxmisc.richtext.model.StyleSpansBuilder;
import serpentarium.base.Strings;

/// A record's text. A click, or Enter on a line, opens the source of a frame and unfolds frames; a right click asks about the word under it.
final class RecordArea extends CodeArea {
    private static final Strings STRINGS = Strings.of(RecordArea.class);

    private final Consumer<DetailText.Link> go;
    private DetailText shown = new DetailText();
    private DetailText waiting;

    /// @param go   does what a place that can be clicked is for
    /// @param menu fills a menu for the text that it is opened on
    RecordArea(Consumer<DetailText.Link> go, java.util.function.BiConsumer<ContextMenu, String> menu) {
        this.go = go;
        setEditable(false);
        setWrapText(true);
        setShowCaret(org.fxmisc.richtext.Caret.CaretVisibility.ON);
        setId("record-text");
        getStyleClass().addAll("detail-area", "record-area");
        setAccessibleText(STRINGS.get("text.accessible"));
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        addEventHandler(MouseEvent.MOUSE_CLICKED, this::clicked);
        var context = new ContextMenu();
        setContextMenu(context);
        addEventFilter(javafx.scene.input.ContextMenuEvent.CONTEXT_MENU_REQUESTED, event -> {
            context.getItems().clear();
            int at = event.isKeyboardTrigger() ? getCaretPosition() : hit(event.getX(), event.getY()).getInsertionIndex();
            menu.accept(context, about(at));
            // An empty menu would not open the next time, either.
            if (context.getItems().isEmpty()) event.consume();
        });
        // A text area that is laid out before it has a scene finds none of the theme's colours.
        sceneProperty().subscribe(scene -> {
            if (scene != null && waiting != null) put(waiting);
        });
    }

    /// Shows a text.
    ///
    /// @param again whether it is the same record in another look, so that the caret stays on its line
    void show(DetailText text, boolean again) {
        if (getScene() == null) {
            waiting = text;
            shown = text;
            return;
        }
        int line = again ? getCurrentParagraph() : 0;
        put(text);
        int stay = Math.min(line, getParagraphs().size() - 1);
        moveTo(stay, 0);
        if (again) requestFollowCaret();
        else showParagraphAtTop(0);
    }

    private void put(DetailText text) {
        waiting = null;
        shown = text;
        replaceText(text.text());
        if (!text.text().isEmpty()) setStyleSpans(0, styles(text));
        getUndoManager().forgetHistory();
        moveTo(0);
    }

    /// What is shown.
    DetailText shown() {
        return shown;
    }

    private static StyleSpans<Collection<String>> styles(DetailText text) {
        var builder = new StyleSpansBuilder<Collection<String>>(text.runs());
        List<DetailText.Place> places = text.places();
        int next = 0;
        int at = 0;
        for (int run = 0; run < text.runs(); run++) {
            String style = text.style(run).styleClass();
            int end = text.end(run);
            while (at < end) {
                while (next < places.size() && places.get(next).to() <= at) next++;
                boolean link = next < places.size() && places.get(next).from() <= at;
                int to = next == places.size() ? end : Math.min(end, link ? places.get(next).to() : places.get(next).from());
                builder.add(link ? List.of(style, "detail-link") : List.of(style), to - at);
                at = to;
            }
        }
        return builder.create();
    }

    /// What a menu at an offset is about: what is selected, or the word there.
    private String about(int offset) {
        if (!getSelectedText().isEmpty()) return getSelectedText();
        return ValueMenu.word(shown.text(), offset);
    }

    private void clicked(MouseEvent event) {
        if (event.getButton() != MouseButton.PRIMARY || !event.isStillSincePress() || event.getClickCount() != 1) return;
        hit(event.getX(), event.getY()).getCharacterIndex().ifPresent(character -> shown.place(character).ifPresent(place -> go.accept(place.link())));
    }

    private void pressed(KeyEvent event) {
        if (event.getCode() != KeyCode.ENTER || event.isShortcutDown()) return;
        int from = getAbsolutePosition(getCurrentParagraph(), 0);
        Optional<DetailText.Place> place = shown.place(from, from + getParagraphLength(getCurrentParagraph()));
        place.ifPresent(each -> {
            go.accept(each.link());
            event.consume();
        });
    }
}
