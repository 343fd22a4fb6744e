package serpentarium.kit;

import javafx.collections.ListChangeListener;
import javafx.geometry.Orientation;
import javafx.scene.control.SplitPane;

/// Remembers where the divider of a [SplitPane] stands in [Settings]: also while one of its halves is away, and for each orientation apart.
public final class Dividers {
    private static final String BELOW = ".below";

    private final SplitPane pane;
    private final String key;
    private final Settings settings;
    private final double beside;
    private final double below;

    private Dividers(SplitPane pane, String key, Settings settings, double beside, double below) {
        this.pane = pane;
        this.key = key;
        this.settings = settings;
        this.beside = beside;
        this.below = below;
    }

    /// Restores and from now on remembers the first divider; to be called when the pane has its items.
    ///
    /// @param key      such as `profile.source.divider`
    /// @param otherwise where it stands when nothing is remembered, 0…1
    public static void remember(SplitPane pane, String key, Settings settings, double otherwise) {
        remember(pane, key, settings, otherwise, otherwise);
    }

    /// The same for a pane that can be turned.
    ///
    /// @param beside where it stands when nothing is remembered and the halves lie side by side
    /// @param below  where it stands when nothing is remembered and one half lies below the other
    public static void remember(SplitPane pane, String key, Settings settings, double beside, double below) {
        var dividers = new Dividers(pane, key, settings, beside, below);
        pane.getDividers().addListener((ListChangeListener<SplitPane.Divider>) _ -> dividers.begin());
        pane.orientationProperty().addListener(_ -> dividers.restore());
        dividers.begin();
    }

    /// A divider comes with the second half.
    private void begin() {
        if (pane.getDividers().isEmpty()) return;
        restore();
        SplitPane.Divider mine = pane.getDividers().getFirst();
        mine.positionProperty().addListener((_, before, now) -> {
            if (!pane.getDividers().contains(mine) || Math.abs(before.doubleValue() - now.doubleValue()) <= 1e-4) return;
            settings.put(place(), Math.clamp(now.doubleValue(), 0.01, 0.99));
        });
    }

    private void restore() {
        double otherwise = pane.getOrientation() == Orientation.HORIZONTAL ? beside : below;
        pane.setDividerPositions(settings.number(place()).filter(value -> value > 0 && value < 1).orElse(otherwise));
    }

    private String place() {
        return pane.getOrientation() == Orientation.HORIZONTAL ? key : key + BELOW;
    }
}
