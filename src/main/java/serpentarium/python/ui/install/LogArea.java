package serpentarium.python.ui.install;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.BorderPane;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.CodeArea;
import serpentarium.base.Strings;
import serpentarium.python.engine.build.BuildLog;

/// The log of a build as it grows: the last line in sight unless a person has gone elsewhere; warnings and errors in colour.
final class LogArea extends BorderPane {
    private static final Strings STRINGS = Strings.of(LogArea.class);
    private static final int LONGEST = 2000;
    /// More lines are not kept on the screen; the file has all.
    private static final int MOST = 60_000;

    private final CodeArea area = new CodeArea();
    private long first;
    private boolean following = true;

    LogArea() {
        getStyleClass().add("log-view");
        setMinWidth(0);
        area.setId("build-log");
        area.setEditable(false);
        area.setAccessibleText(STRINGS.get("log"));
        area.getStyleClass().add("log-area");
        // The text and its scroll bars keep these events to themselves.
        addEventFilter(ScrollEvent.SCROLL, event -> following = event.getDeltaY() < 0 && atEnd());
        addEventFilter(MouseEvent.MOUSE_DRAGGED, _ -> following = atEnd());
        addEventFilter(MouseEvent.MOUSE_RELEASED, _ -> following = atEnd());
        addEventFilter(KeyEvent.KEY_RELEASED, _ -> following = atEnd());
        setCenter(new VirtualizedScrollPane<>(area));
    }

    private boolean atEnd() {
        return area.getParagraphs().size() < 2 || area.lastVisibleParToAllParIndex() >= area.getParagraphs().size() - 3;
    }

    void add(List<? extends BuildLog.Line> lines) {
        if (lines.isEmpty() || area.getParagraphs().size() > MOST) return;
        if (area.getLength() == 0) first = lines.getFirst().number();
        var text = new StringBuilder();
        var styles = new org.fxmisc.richtext.model.StyleSpansBuilder<Collection<String>>();
        int start = area.getLength();
        for (BuildLog.Line line : lines) {
            String said = line.text().replaceAll("\u001b\\[[0-9;?]*[ -/]*[@-~]", "").replaceAll("[\\p{Cntrl}&&[^\t]]", "");
            if (said.length() > LONGEST) said = said.substring(0, LONGEST) + "…";
            text.append(said).append('\n');
            styles.add(List.of("log-" + line.kind().name().toLowerCase(Locale.ROOT)), said.length() + 1);
        }
        area.appendText(text.toString());
        area.setStyleSpans(start, styles.create());
        area.getUndoManager().forgetHistory();
        if (following) area.showParagraphAtBottom(area.getParagraphs().size() - 1);
    }

    /// Goes to a line by its number.
    void show(long number) {
        int paragraph = (int) Math.clamp(number - first, 0, area.getParagraphs().size() - 1L);
        following = false;
        area.moveTo(paragraph, 0);
        area.selectRange(paragraph, 0, paragraph, area.getParagraphLength(paragraph));
        area.showParagraphAtCenter(paragraph);
    }
}
