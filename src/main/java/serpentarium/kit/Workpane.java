package serpentarium.kit;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Target;

/// A pane of the side bar as the shell sees it: it bids for files and opens them as documents.
public interface Workpane {
    /// Stable identifier, such as `profile`.
    String id();

    /// Its name in the side bar.
    String title();

    /// An Ikonli code.
    String icon();

    /// Whether it can show a file, from its first bytes. A no carries the reason of every format it tried, a line each.
    Bid sniff(Head head);

    /// Whether it can open this file although it is empty, because what belongs to it lies in files beside it.
    default boolean opensEmpty(Path file) {
        return false;
    }

    /// Whether it can open this folder as one document.
    default boolean opensFolder(Path folder) {
        return false;
    }

    /// What can be opened here and how to come by it, for a person, while nothing is open; empty for nothing special.
    default String hint() {
        return "";
    }

    /// What can be begun here without a file. A new document's folder or file is handed to `open`, which brings it to the front.
    default List<Offer> offers(Consumer<Path> open) {
        return List.of();
    }

    /// What is opened when a person goes to this pane and nothing is open in it; empty leaves it at the hint and the offers.
    default Optional<Path> home() {
        return Optional.empty();
    }

    /// Something that can be begun.
    ///
    /// @param command begins it
    /// @param about   what it is good for, in a few words
    record Offer(Command command, String about) {}

    /// Opens a file as a document. Returns at once; the document loads in the background and shows its progress.
    Document open(Path file);

    /// Whether it can show a target that another pane asks for.
    boolean shows(Target target);
}
