package serpentarium.profile.ui;

import java.util.function.DoubleConsumer;
import javafx.geometry.Orientation;
import javafx.scene.control.ScrollBar;

/// The scroll bar beside a flame graph; there while more rows are than can be seen.
final class FlameScroll extends ScrollBar {
    private boolean following;

    /// @param scrolled told how many pixels are to be hidden above, when a person moves the bar
    FlameScroll(DoubleConsumer scrolled) {
        setOrientation(Orientation.VERTICAL);
        valueProperty().addListener((_, _, now) -> {
            if (!following) scrolled.accept(now.doubleValue());
        });
    }

    /// Shows where a view is.
    void follow(FlameViewport view) {
        following = true;
        setMax(Math.max(1, view.maxTop()));
        setVisibleAmount(view.contentHeight() <= 0 ? 1 : getMax() * Math.min(1, view.height() / view.contentHeight()));
        setUnitIncrement(FlameViewport.ROW);
        setBlockIncrement(Math.max(FlameViewport.ROW, view.height() - FlameViewport.ROW));
        setValue(view.top());
        setVisible(view.maxTop() > 0);
        following = false;
    }
}
