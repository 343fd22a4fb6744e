package serpentarium.log.ui.filter;

import java.util.List;
import javafx.animation.PauseTransition;
import javafx.geometry.Rectangle2D;
import javafx.scene.control.TextField;
import javafx.scene.control.skin.TextFieldSkin;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Polyline;
import javafx.util.Duration;
import serpentarium.base.Strings;
import serpentarium.kit.CompletionPopup;
import serpentarium.kit.SearchField;
import serpentarium.log.analysis.LogFilterParser;

/// Where a filter is written: what is wrong is underlined where it is wrong, and what can be written is shown below.
final class FilterField extends StackPane {
    private static final Strings STRINGS = Strings.of(FilterField.class);
    private static final Duration TYPING = Duration.millis(120);

    private final FilterViewModel model;
    private final FilterMemory memory;
    private final FilterWords words;
    private final SearchField box = new SearchField(STRINGS.get("filter.prompt"));
    private final Polyline underline = new Polyline();
    private final PauseTransition soon = new PauseTransition(TYPING);
    private final CompletionPopup popup = new CompletionPopup();
    private boolean completing;

    FilterField(FilterViewModel model, FilterMemory memory, FilterWords words) {
        this.model = model;
        this.memory = memory;
        this.words = words;
        getStyleClass().add("filter-field");
        field().setId("log-filter");
        underline.getStyleClass().add("filter-underline");
        underline.setManaged(false);
        underline.setMouseTransparent(true);
        getChildren().addAll(box, underline);
        soon.setOnFinished(_ -> apply());
        box.textProperty().addListener(_ -> {
            soon.playFromStart();
            completing = field().isFocused() && !box.getText().isEmpty();
        });
        field().caretPositionProperty().addListener(_ -> {
            if (completing) complete();
        });
        model.text().addListener((_, _, text) -> {
            if (!text.equals(box.getText())) box.setText(text);
        });
        model.parsed().addListener(_ -> mark());
        field().addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        field().focusedProperty().addListener((_, _, focused) -> {
            if (focused) {
                words.look();
                return;
            }
            popup.hide();
            memory.used(box.getText());
        });
        box.setOnStep(this::use, this::use);
    }

    /// The field inside.
    TextField field() {
        return box.field();
    }

    /// Puts the caret into the field and selects its text.
    void focus() {
        box.requestFocus();
    }

    private void use() {
        popup.hide();
        apply();
        memory.used(box.getText());
    }

    private void apply() {
        soon.stop();
        model.text().set(box.getText());
        mark();
    }

    /// Shows what can be written where the caret is.
    void complete() {
        completing = false;
        if (!field().isFocused()) return;
        List<CompletionPopup.Line> lines = words.at(box.getText(), field().getCaretPosition()).stream()
                .map(each -> new CompletionPopup.Line(each.insert().strip(), each.explain(), () -> insert(each))).toList();
        boolean all = lines.size() == 1 && box.getText().substring(0, field().getCaretPosition()).endsWith(lines.getFirst().text());
        popup.show(this, all ? List.of() : lines, false);
    }

    private void insert(FilterWords.Word word) {
        field().replaceText(word.from(), Math.min(word.to(), field().getLength()), word.insert());
        field().positionCaret(word.from() + word.insert().length());
    }

    /// Shows the filters that were used lately.
    private void showMemory() {
        List<CompletionPopup.Line> lines = memory.recent().stream().map(filter -> new CompletionPopup.Line(filter, "", () -> put(filter))).toList();
        if (lines.isEmpty()) lines = List.of(new CompletionPopup.Line("", STRINGS.get("filter.no-history"), () -> { }));
        field().requestFocus();
        popup.show(this, lines, true);
    }

    private void put(String filter) {
        box.setText(filter);
        field().positionCaret(filter.length());
        popup.hide();
        use();
    }

    private void pressed(KeyEvent event) {
        boolean done = switch (event.getCode()) {
            case ESCAPE -> escape();
            case DOWN -> down(event.isAltDown());
            case UP -> {
                if (popup.showing()) popup.step(-1);
                yield popup.showing();
            }
            case ENTER, TAB -> popup.showing() && popup.take();
            case SPACE -> {
                if (event.isControlDown()) complete();
                yield event.isControlDown();
            }
            default -> false;
        };
        if (event.getCode() == KeyCode.ENTER && !done) popup.hide();
        if (done) event.consume();
    }

    private boolean escape() {
        if (popup.showing()) {
            popup.hide();
            return true;
        }
        if (box.getText().isEmpty()) return false;
        box.setText("");
        apply();
        return true;
    }

    private boolean down(boolean alt) {
        if (alt) showMemory();
        else if (popup.showing()) popup.step(1);
        else complete();
        return true;
    }

    @Override protected void layoutChildren() {
        super.layoutChildren();
        mark();
    }

    private void mark() {
        underline.getPoints().clear();
        if (!(model.parsed().get() instanceof LogFilterParser.Result.Wrong(int from, int to, String _)) || !(field().getSkin() instanceof TextFieldSkin skin)) return;
        int length = box.getText().length();
        if (length == 0 || !box.getText().equals(model.text().get())) return;
        int begin = Math.clamp(from, 0, length - 1);
        int end = Math.clamp(to - 1, begin, length - 1);
        Rectangle2D first = skin.getCharacterBounds(begin);
        Rectangle2D last = skin.getCharacterBounds(end);
        if (first == null || last == null) return;
        var corner = sceneToLocal(field().localToScene(0, 0));
        double x0 = corner.getX() + first.getMinX();
        double x1 = Math.max(x0 + 6, corner.getX() + last.getMaxX());
        if (from >= length) {
            x0 = x1;
            x1 += 8;
        }
        double y = Math.min(corner.getY() + first.getMaxY() + 1, getHeight() - 4);
        for (double x = x0; x <= x1; x += 2) underline.getPoints().addAll(x, y + (Math.round((x - x0) / 2) % 2 == 0 ? 0 : 2));
    }
}
