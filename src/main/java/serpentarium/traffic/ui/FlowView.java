package serpentarium.traffic.ui;

import javafx.scene.Node;
import serpentarium.traffic.Session;

/// Shows one flow of a session beside the list. Used on the window's thread; what takes long it does in the background.
interface FlowView {
    /// What it looks like.
    Node node();

    /// Shows a flow, or goes on showing it when it has grown; nothing where the row is -1.
    void show(Session session, int row);
}
