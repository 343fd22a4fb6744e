package serpentarium.traffic.ui.body;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.CodeArea;
import org.fxmisc.richtext.model.StyleSpans;
import org.fxmisc.richtext.model.StyleSpansBuilder;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.FxThread;
import serpentarium.kit.Icons;
import serpentarium.traffic.analysis.body.BodyModel;

/// Text with colours and folds. Of a long text only a window is in the control; very long lines are broken there, and only there.
final class TextNode extends BorderPane implements BodyNode {
    /// Characters that are in the control at once.
    static final int WINDOW = 1 << 20;
    /// A longer line makes the control slow.
    static final int LONGEST_LINE = 2000;

    private static final Strings STRINGS = Strings.of(TextNode.class);

    private final BodyModel.Text model;
    private final TextWindow window;
    private final CodeArea area = new CodeArea();
    private final Label where = new Label();
    private final FxThread later = new FxThread();
    private TextWindow.Page page;
    private boolean[] folded = {};

    TextNode(BodyModel.Text model) {
        this.model = model;
        window = new TextWindow(model.text(), WINDOW, LONGEST_LINE);
        getStyleClass().add("body-text");
        area.setEditable(false);
        area.setShowCaret(org.fxmisc.richtext.Caret.CaretVisibility.ON);
        area.getStyleClass().add("body-area");
        area.setAccessibleText(STRINGS.get("text.accessible"));
        area.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        setCenter(new VirtualizedScrollPane<>(area));
        if (!window.single()) setBottom(pager());
        // A text area that is laid out before it has a scene finds none of the theme's colours.
        sceneProperty().subscribe(scene -> {
            if (scene != null && page == null) show(0);
        });
    }

    private HBox pager() {
        var before = pageButton("fth-chevron-up", "text.before", () -> show(window.before(page)));
        var next = pageButton("fth-chevron-down", "text.next", () -> show(window.after(page)));
        before.setId("body-page-before");
        next.setId("body-page-next");
        var bar = new HBox(before, next, where);
        bar.getStyleClass().add("body-pager");
        bar.setAlignment(Pos.CENTER_LEFT);
        area.estimatedScrollYProperty().addListener((_, _, now) -> {
            double end = area.getTotalHeightEstimate() - area.getHeight();
            if (page != null && page.to() < model.text().length() && area.getHeight() > 0 && end > 0 && now >= end - 1) later.later(this::onward);
        });
        return bar;
    }

    /// Scrolled to the end of the window: the next one begins with what is seen now.
    private void onward() {
        if (page.to() >= model.text().length()) return;
        int last = Math.max(0, area.lastVisibleParToAllParIndex());
        int first = Math.max(0, area.firstVisibleParToAllParIndex());
        int offset = page.offset(area.getAbsolutePosition(Math.min(first, last), 0));
        show(offset);
    }

    private Button pageButton(String icon, String key, Runnable run) {
        var button = new Button(STRINGS.get(key), Icons.of(icon));
        button.getStyleClass().addAll("flat", "small");
        button.setContentDisplay(ContentDisplay.LEFT);
        button.setOnAction(_ -> run.run());
        return button;
    }

    private void show(int from) {
        page = window.page(from);
        folded = new boolean[page.lines()];
        area.replaceText(page.text());
        if (!page.text().isEmpty()) area.setStyleSpans(0, styles());
        area.getUndoManager().forgetHistory();
        int digits = String.valueOf(page.firstLine() + page.lines()).length();
        area.setParagraphGraphicFactory(paragraph -> gutter(paragraph, digits));
        area.moveTo(0);
        area.showParagraphAtTop(0);
        where.setText(STRINGS.get("text.where", Quantity.count(page.firstLine() + 1), Quantity.count(window.lineOf(page.to()) + 1L),
                Quantity.count(window.lineCount())));
    }

    private StyleSpans<Collection<String>> styles() {
        var builder = new StyleSpansBuilder<Collection<String>>();
        int at = 0;
        for (int span = model.spans().after(page.from()); span < model.spans().size() && model.spans().from(span) < page.to(); span++) {
            int from = page.shown(Math.max(model.spans().from(span), page.from()));
            int to = page.shown(Math.min(model.spans().to(span), page.to()));
            if (to <= from) continue;
            builder.add(List.of(), from - at);
            builder.add(List.of(model.spans().kind(span).styleClass()), to - from);
            at = to;
        }
        builder.add(List.of(), page.text().length() - at);
        return builder.create();
    }

    private Node gutter(int paragraph, int digits) {
        int line = page.line(paragraph);
        boolean begins = paragraph == 0 || page.line(paragraph - 1) != line;
        var number = new Label(begins ? String.valueOf(line + 1) : "↪");
        number.getStyleClass().add("body-line-number");
        number.setMinWidth(digits * 8 + 10);
        var fold = new Label();
        fold.getStyleClass().add("body-fold");
        fold.setMinWidth(14);
        int last = begins ? lastParagraph(line) : -1;
        if (last > paragraph) {
            boolean closed = folded[paragraph];
            fold.setText(closed ? "▸" : "▾");
            fold.pseudoClassStateChanged(PseudoClass.getPseudoClass("closed"), closed);
            fold.setAccessibleText(STRINGS.get(closed ? "text.unfold" : "text.fold"));
            fold.setOnMouseClicked(_ -> fold(paragraph, !folded[paragraph]));
        }
        var gutter = new HBox(number, fold);
        gutter.getStyleClass().add("body-gutter");
        gutter.setAlignment(Pos.CENTER_LEFT);
        return gutter;
    }

    private int lastParagraph(int line) {
        int end = model.folds().end(line);
        return end < 0 ? -1 : page.paragraphBefore(end);
    }

    /// Folds or unfolds what begins in a paragraph of the window.
    private void fold(int paragraph, boolean close) {
        int last = Math.min(lastParagraph(page.line(paragraph)), area.getParagraphs().size() - 1);
        if (last <= paragraph) return;
        if (close) area.foldParagraphs(paragraph, last);
        else {
            area.unfoldParagraphs(paragraph);
            Arrays.fill(folded, paragraph, last + 1, false);
        }
        folded[paragraph] = close;
        area.recreateParagraphGraphic(paragraph);
    }

    private void unfoldAt(int paragraph) {
        for (int each = paragraph; each >= 0; each--)
            if (folded[each] && lastParagraph(page.line(each)) >= paragraph && each < paragraph) fold(each, false);
    }

    private void pressed(KeyEvent event) {
        if (event.isShortcutDown() && event.getCode() == KeyCode.C && area.getSelectedText().length() > 0) {
            var content = new javafx.scene.input.ClipboardContent();
            content.putString(copied());
            javafx.scene.input.Clipboard.getSystemClipboard().setContent(content);
            event.consume();
        } else if (event.isAltDown() && (event.getCode() == KeyCode.LEFT || event.getCode() == KeyCode.RIGHT)) {
            fold(area.getCurrentParagraph(), event.getCode() == KeyCode.LEFT);
            event.consume();
        }
    }

    @Override public Region node() {
        return this;
    }

    @Override public CharSequence searched() {
        return model.text();
    }

    @Override public void select(int from, int to) {
        if (page == null || from < page.from() || to > page.to()) show(window.around(from));
        int begin = page.shown(from);
        int paragraph = area.offsetToPosition(begin, org.fxmisc.richtext.model.TwoDimensional.Bias.Forward).getMajor();
        unfoldAt(paragraph);
        area.selectRange(begin, page.shown(Math.min(to, page.to())));
        area.showParagraphAtCenter(paragraph);
        later.later(area::requestFollowCaret);
    }

    @Override public void wrap(boolean wrap) {
        area.setWrapText(wrap);
    }

    @Override public String copied() {
        if (page == null || area.getSelectedText().isEmpty()) return model.text();
        return model.text().substring(page.offset(area.getSelection().getStart()), page.offset(area.getSelection().getEnd()));
    }

    /// The text area, to put the focus on.
    CodeArea area() {
        return area;
    }
}
