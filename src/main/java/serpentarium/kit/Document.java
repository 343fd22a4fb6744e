package serpentarium.kit;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;

/// A tab inside a pane.
public interface Document {
    /// The tab's text.
    String title();

    /// The file that it shows.
    Path file();

    /// [#file()] of a document that can go from one to another, as it changes; its title changes with it.
    default ObservableValue<Path> shown() {
        return new SimpleObjectProperty<>(this, "shown", file());
    }

    /// What it looks like.
    Node view();

    /// True when loading has ended, well or not, and every view has drawn what it will draw.
    ObservableBooleanValue settled();

    /// What can be done with it; the shell shows these in menus, the palette and the cheat sheet while the tab is selected. They
    /// may become more, such as when loading has ended.
    ObservableValue<List<Command>> commands();

    /// The names of the views that can be brought to the front, for `render --view`; the first is the default.
    List<String> views();

    /// Brings a view of [#views()] to the front.
    void showView(String name);

    /// What a file that is dropped here is taken for other than to be opened, in words; empty for nothing else.
    default Optional<String> dropText() {
        return Optional.empty();
    }

    /// Takes a file that was dropped for what [#dropText()] says.
    default void dropped(Path other) {}

    /// The tab was closed: cancel what runs, release what is held.
    void close();
}
