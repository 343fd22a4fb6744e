package serpentarium.traffic.ui;

import javafx.scene.Node;
import serpentarium.traffic.Session;
import serpentarium.traffic.Side;

/// Shows a body of a flow. Used on the window's thread; what takes long it does in the background.
interface BodyView {
    /// What it looks like.
    Node node();

    /// Shows a body, or goes on showing it when it has grown.
    void show(Session session, int row, Side side);
}
