package serpentarium.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import serpentarium.kit.Command;

/// All commands there are now: those of the window, in groups, and those of the selected document. Menus, shortcuts, the palette and the
/// cheat sheet are made of this one registry.
public final class CommandRegistry {
    private final List<List<Command>> groups = new ArrayList<>();
    private final ReadOnlyObjectWrapper<List<Command>> document = new ReadOnlyObjectWrapper<>(this, "document", List.of());

    /// Adds commands of the window that belong together; a menu draws a line between two groups.
    ///
    /// @throws IllegalArgumentException when an id is taken
    public void add(List<Command> group) {
        for (Command command : group) {
            if (find(command.id()).isPresent()) throw new IllegalArgumentException(command.id());
        }
        groups.add(List.copyOf(group));
    }

    /// The commands of the window, group by group, in the order they were added.
    public List<List<Command>> groups() {
        return List.copyOf(groups);
    }

    /// The commands of the selected document.
    public ReadOnlyObjectProperty<List<Command>> document() {
        return document.getReadOnlyProperty();
    }

    /// Another document, or none, was selected.
    public void useDocument(List<Command> commands) {
        document.set(List.copyOf(commands));
    }

    /// All commands, those of the document last.
    public List<Command> all() {
        return Stream.concat(groups.stream().flatMap(List::stream), document.get().stream()).toList();
    }

    /// The command of this id, if there is one now.
    public Optional<Command> find(String id) {
        return all().stream().filter(command -> command.id().equals(id)).findFirst();
    }

    /// Runs the command of this id when it exists and can be run; says whether it did.
    public boolean run(String id) {
        return find(id).map(Command::runIfEnabled).orElse(false);
    }
}
