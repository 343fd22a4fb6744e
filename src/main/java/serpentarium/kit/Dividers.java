package serpentarium.kit;

import javafx.scene.control.SplitPane;

/// Remembers where the dividers of a [SplitPane] stand in [Settings].
public final class Dividers {
    private Dividers() {}

    /// Restores and from now on remembers the first divider; to be called when the pane has its items.
    ///
    /// @param key      such as `profile.source.divider`
    /// @param otherwise where it stands when nothing is remembered, 0…1
    public static void remember(SplitPane pane, String key, Settings settings, double otherwise) {
        double position = settings.number(key).filter(value -> value > 0 && value < 1).orElse(otherwise);
        pane.setDividerPositions(position);
        pane.getDividers().getFirst().positionProperty().addListener((_, before, now) -> {
            if (Math.abs(before.doubleValue() - now.doubleValue()) > 1e-4) settings.put(key, Math.clamp(now.doubleValue(), 0.01, 0.99));
        });
    }
}
