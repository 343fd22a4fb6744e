package serpentarium.traffic.ui.body;

import javafx.scene.layout.Region;

/// Draws one kind of model. Used on the window's thread.
interface BodyNode {
    /// What it looks like.
    Region node();

    /// What is searched: a text whose matches [#select(int, int)] can show.
    CharSequence searched();

    /// Shows a match: `from`…`to` - 1 of [#searched()].
    void select(int from, int to);

    /// Whether lines are wrapped; where there are no lines, nothing.
    default void wrap(boolean wrap) {}

    /// The text to copy: what is selected, or all of it; null where there is no text.
    String copied();
}
