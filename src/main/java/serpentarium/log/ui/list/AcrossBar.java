package serpentarium.log.ui.list;

import java.util.List;
import javafx.geometry.Orientation;
import javafx.scene.control.ScrollBar;

/// The scroll bar for lines that are longer than the list is wide. Its value counts columns.
final class AcrossBar extends ScrollBar {
    private static final int BESIDE = 40;

    AcrossBar() {
        setOrientation(Orientation.HORIZONTAL);
        setFocusTraversable(false);
        setManaged(false);
        setVisible(false);
        setUnitIncrement(4);
    }

    int shift() {
        return (int) getValue();
    }

    void by(double columns) {
        if (isVisible()) setValue(Math.clamp(getValue() + columns, 0, getMax()));
    }

    /// Takes the measure of rows.
    ///
    /// @param room how many columns are seen
    /// @return whether it came or went
    boolean fit(List<Row> rows, int room, boolean wrapped) {
        int widest = 0;
        for (Row row : rows) widest = Math.max(widest, row.columns().width() + (row.fold().lines() > 0 ? BESIDE + row.fold().exception().length() : 4));
        boolean needed = !wrapped && (widest > room || getValue() > 0);
        setMax(Math.max(getValue(), Math.max(0, widest - room)));
        setVisibleAmount(getMax() * room / Math.max(1, widest));
        setBlockIncrement(Math.max(1, room - 8));
        if (needed == isVisible()) return false;
        setVisible(needed);
        return true;
    }
}
