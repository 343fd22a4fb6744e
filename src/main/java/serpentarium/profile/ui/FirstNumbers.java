package serpentarium.profile.ui;

import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.profile.Glimpse;

/// The first numbers of a file that is still read: the sum so far and the dearest functions. Not there before there are any.
final class FirstNumbers extends VBox {
    private static final Strings STRINGS = Strings.of(FirstNumbers.class);

    private final Label sum = new Label();
    private final GridPane rows = new GridPane();
    private Glimpse shown;

    FirstNumbers() {
        getStyleClass().add("first-numbers");
        setAlignment(Pos.TOP_CENTER);
        setSpacing(6);
        setMaxWidth(560);
        setVisible(false);
        setManaged(false);
        rows.setHgap(14);
        rows.setVgap(2);
        var right = new ColumnConstraints();
        right.setHalignment(HPos.RIGHT);
        right.setMinWidth(USE_PREF_SIZE);
        var rest = new ColumnConstraints();
        rest.setHgrow(Priority.ALWAYS);
        rows.getColumnConstraints().addAll(right, right, rest);
        var note = new Label(STRINGS.get("first.note"));
        note.getStyleClass().addAll("text-small", "text-muted");
        getChildren().addAll(sum, rows, note);
    }

    /// Shows a glimpse; null is none.
    void show(Glimpse glimpse) {
        if (glimpse == null || glimpse == shown) return;
        shown = glimpse;
        setVisible(true);
        setManaged(true);
        sum.setText(STRINGS.get("first.sum", glimpse.event().format(glimpse.event().total()), Quantity.count(glimpse.functions())));
        while (rows.getRowCount() < glimpse.top().size()) addRow(rows.getRowCount());
        for (int i = 0; i < rows.getRowCount(); i++) fill(i, i < glimpse.top().size() ? glimpse.top().get(i) : null);
    }

    private void addRow(int at) {
        var cost = new Label();
        var share = new Label();
        share.getStyleClass().add("text-muted");
        var name = new Label();
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        rows.addRow(at, cost, share, name);
    }

    private void fill(int at, Glimpse.Row row) {
        label(at, 0).setText(row == null ? "" : shown.event().unit().format(row.self()));
        label(at, 1).setText(row == null || !(shown.event().total() > 0) ? "" : Quantity.share(row.self() / shown.event().total()));
        label(at, 2).setText(row == null ? "" : row.name());
    }

    private Label label(int row, int column) {
        return (Label) rows.getChildren().get(row * 3 + column);
    }
}
