package serpentarium.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.TextArea;
import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Target;
import serpentarium.kit.Command;
import serpentarium.kit.Document;
import serpentarium.kit.Workpane;

/// A pane for tests: opens what begins with a word.
final class NotesPane implements Workpane {
    final List<NotesDocument> opened = new ArrayList<>();
    private final String id;
    private final String word;
    private final int strength;

    NotesPane(String id, String word, int strength) {
        this.id = id;
        this.word = word;
        this.strength = strength;
    }

    @Override public String id() {
        return id;
    }

    @Override public String title() {
        return Character.toUpperCase(id.charAt(0)) + id.substring(1);
    }

    @Override public String icon() {
        return "fth-activity";
    }

    @Override public Bid sniff(Head head) {
        return head.latin1().startsWith(word) ? new Bid.Yes(strength) : new Bid.No("it does not begin with " + word);
    }

    /// What [#offers(Consumer)] writes and opens; null for nothing.
    Path begun;

    @Override public List<Offer> offers(Consumer<Path> open) {
        return List.of(new Offer(Command.of("file.new-" + id, "New " + id, icon(), null, () -> open.accept(begun)), "on a clean page"));
    }

    /// What [#home()] opens; null for nothing.
    Path home;

    @Override public Optional<Path> home() {
        return Optional.ofNullable(home);
    }

    @Override public Document open(Path file) {
        var document = new NotesDocument(this, file);
        opened.add(document);
        return document;
    }

    @Override public boolean shows(Target target) {
        return target instanceof Target.ProfileFile;
    }

    static final class NotesDocument implements Document {
        final NotesPane pane;
        final SimpleObjectProperty<Path> file;
        final TextArea view = new TextArea("notes");
        final SimpleBooleanProperty settled = new SimpleBooleanProperty(true);
        int run;
        boolean closed;

        private NotesDocument(NotesPane pane, Path file) {
            this.pane = pane;
            this.file = new SimpleObjectProperty<>(file);
            view.setEditable(false);
        }

        @Override public String title() {
            return file().getFileName().toString();
        }

        @Override public Path file() {
            return file.get();
        }

        @Override public ObservableValue<Path> shown() {
            return file;
        }

        @Override public Node view() {
            return view;
        }

        @Override public ObservableBooleanValue settled() {
            return settled;
        }

        @Override public ObservableValue<List<Command>> commands() {
            return new SimpleObjectProperty<>(List.of(Command.of(pane.id + ".reset-zoom", "Reset zoom of " + title(), "fth-maximize", "0", () -> run++)));
        }

        @Override public List<String> views() {
            return List.of("notes");
        }

        @Override public void showView(String name) {}

        @Override public void close() {
            closed = true;
        }
    }
}
