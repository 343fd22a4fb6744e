package serpentarium.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;
import serpentarium.kit.Document;
import serpentarium.kit.Workpane;

/// The middle of the window: the welcome page or one pane's documents.
final class Deck extends StackPane implements Opener.Desk {
    private final Node home;
    private final List<PaneHost> hosts;
    private final ReadOnlyObjectWrapper<PaneHost> front = new ReadOnlyObjectWrapper<>(this, "front");
    private final ReadOnlyObjectWrapper<Document> selected = new ReadOnlyObjectWrapper<>(this, "selected");

    Deck(Node home, List<PaneHost> hosts) {
        this.home = home;
        this.hosts = List.copyOf(hosts);
        getStyleClass().add("deck");
        getChildren().setAll(home);
        hosts.forEach(host -> host.selected().addListener((_, _, document) -> {
            if (front.get() == host) selected.set(document);
        }));
    }

    List<PaneHost> hosts() {
        return hosts;
    }

    /// The pane in front; null is the welcome page.
    ReadOnlyObjectProperty<PaneHost> front() {
        return front.getReadOnlyProperty();
    }

    /// The document in front, or null.
    ReadOnlyObjectProperty<Document> selected() {
        return selected.getReadOnlyProperty();
    }

    void showHome() {
        bring(null);
    }

    void bring(PaneHost host) {
        if (host != null) host.openHome();
        front.set(host);
        Node node = host == null ? home : host;
        if (getChildren().getFirst() != node) getChildren().setAll(node);
        selected.set(host == null ? null : host.selected().get());
    }

    Optional<PaneHost> host(String id) {
        return hosts.stream().filter(host -> host.pane().id().equals(id)).findFirst();
    }

    List<Document> documents() {
        return hosts.stream().flatMap(host -> host.documents().stream()).toList();
    }

    @Override public boolean select(Path file) {
        for (PaneHost host : hosts) {
            if (host.select(file)) {
                bring(host);
                return true;
            }
        }
        return false;
    }

    @Override public void show(Workpane pane, Path file) {
        PaneHost host = hosts.stream().filter(each -> each.pane() == pane).findFirst().orElseThrow();
        host.open(file);
        bring(host);
    }
}
