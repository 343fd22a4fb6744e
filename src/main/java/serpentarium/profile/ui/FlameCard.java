package serpentarium.profile.ui;

import javafx.animation.PauseTransition;
import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.layout.Background;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.Border;
import javafx.scene.layout.BorderStroke;
import javafx.scene.layout.BorderStrokeStyle;
import javafx.scene.layout.BorderWidths;
import javafx.scene.layout.CornerRadii;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.util.Duration;
import serpentarium.kit.Tokens;

/// The card beside the pointer that says what is known of a box. Lies over the graph in the same window and lets the pointer through.
final class FlameCard extends VBox {
    private static final Duration DELAY = Duration.millis(300);
    private static final double WIDEST = 460;
    private static final CornerRadii CORNERS = new CornerRadii(6);

    private final PauseTransition pause = new PauseTransition(DELAY);
    private final Pane within;
    private int box = -1;

    /// @param within where it lies; this is added to it
    FlameCard(Pane within) {
        this.within = within;
        getStyleClass().add("flame-card");
        setManaged(false);
        setMouseTransparent(true);
        setVisible(false);
        setSpacing(4);
        setPadding(new Insets(8, 10, 8, 10));
        within.getChildren().add(this);
    }

    /// Shows the card of a box after a short while, at once where a card is up already; hides it for -1.
    void point(int next, double x, double y, FlameLabels labels, Tokens tokens) {
        if (next < 0) {
            dismiss();
            return;
        }
        if (next == box && isVisible()) {
            place(x, y);
            return;
        }
        pause.setOnFinished(_ -> show(next, x, y, labels, tokens));
        if (isVisible()) show(next, x, y, labels, tokens);
        else pause.playFromStart();
    }

    /// Hides the card.
    void dismiss() {
        pause.stop();
        setVisible(false);
        box = -1;
    }

    /// Shows the card of a box now.
    void show(int next, double x, double y, FlameLabels labels, Tokens tokens) {
        pause.stop();
        box = next;
        getChildren().setAll(heading(labels.name(next), tokens), table(labels, next, tokens));
        setBackground(new Background(new BackgroundFill(tokens.surface(), CORNERS, null)));
        setBorder(new Border(new BorderStroke(tokens.border(), BorderStrokeStyle.SOLID, CORNERS, new BorderWidths(1))));
        setEffect(new javafx.scene.effect.DropShadow(10, 0, 3, Color.gray(0, tokens.dark() ? 0.6 : 0.25)));
        setVisible(true);
        applyCss();
        autosize();
        layout();
        place(x, y);
    }

    private static Label heading(String name, Tokens tokens) {
        var heading = new Label(name);
        heading.setFont(Font.font(null, FontWeight.BOLD, 13));
        heading.setTextFill(tokens.text());
        heading.setWrapText(true);
        heading.setMaxWidth(WIDEST);
        heading.setMinHeight(Region.USE_PREF_SIZE);
        return heading;
    }

    private static GridPane table(FlameLabels labels, int box, Tokens tokens) {
        var table = new GridPane(12, 2);
        int row = 0;
        for (FlameLabels.Fact fact : labels.facts(box)) {
            var title = new Label(fact.title());
            title.setTextFill(tokens.muted());
            title.setMinWidth(Region.USE_PREF_SIZE);
            var value = new Label(fact.value());
            value.setTextFill(tokens.text());
            value.setWrapText(true);
            value.setMaxWidth(WIDEST - 110);
            value.setMinHeight(Region.USE_PREF_SIZE);
            GridPane.setHalignment(title, HPos.LEFT);
            GridPane.setValignment(title, VPos.TOP);
            table.addRow(row++, title, value);
        }
        return table;
    }

    private void place(double x, double y) {
        double left = x + 14 + getWidth() <= within.getWidth() ? x + 14 : x - 10 - getWidth();
        double top = y + 18 + getHeight() <= within.getHeight() ? y + 18 : y - 10 - getHeight();
        relocate(Math.round(Math.clamp(left, 0, Math.max(0, within.getWidth() - getWidth()))),
                Math.round(Math.clamp(top, 0, Math.max(0, within.getHeight() - getHeight()))));
    }
}
