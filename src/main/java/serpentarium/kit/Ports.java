package serpentarium.kit;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import serpentarium.base.Problem;

/// What panes ask of the window and the platform. Behind a port, because file choosers and the browser do not exist on the headless
/// platform, and tests answer in their place.
public interface Ports {
    /// Asks for files to open; empty when the person thought better of it.
    List<Path> chooseOpen(String title);

    /// Asks where to save, with a proposed name whose ending is kept.
    Optional<Path> chooseSave(String title, String proposedName);

    /// Asks for a folder; empty when the person thought better of it.
    ///
    /// @param from the folder that is shown first, where there is one
    Optional<Path> chooseFolder(String title, Path from);

    /// The layer above the window's content, for something that a pane asks before it has a document; none where there is no window.
    default Optional<Overlay> overlay() {
        return Optional.empty();
    }

    /// Opens a file or folder in the platform's own program.
    void showOutside(Path path);

    /// Puts text on the clipboard.
    void copy(String text);

    /// Says something that needs no answer, for some seconds.
    void notify(String text);

    /// Says that a file was written, for some seconds, with a way to the folder that it is in.
    default void notifySaved(String text, Path file) {
        notify(text);
    }

    /// Says something, for some seconds, that something can be done about, such as to take it back.
    void offer(String text, Notices.Action action);

    /// Shows a problem with "Details" and "Copy".
    void notify(Problem problem);
}
