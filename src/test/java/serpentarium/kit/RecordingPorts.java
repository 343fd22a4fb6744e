package serpentarium.kit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import serpentarium.base.Problem;

/// Ports that answer what a test told them and remember what they were asked.
public final class RecordingPorts implements Ports {
    /// What [#chooseOpen(String)] answers.
    public List<Path> open = List.of();
    /// What [#chooseSave(String, String)] answers.
    public Optional<Path> save = Optional.empty();
    /// What [#chooseFolder(String, Path)] answers.
    public Optional<Path> folder = Optional.empty();
    /// What [#overlay()] answers.
    public Overlay overlay;
    /// The titles of the dialogs.
    public final List<String> asked = new ArrayList<>();
    /// What was shown outside.
    public final List<Path> outside = new ArrayList<>();
    /// What was copied.
    public final List<String> copied = new ArrayList<>();
    /// What was said.
    public final List<String> said = new ArrayList<>();
    /// What could be done about what was said.
    public final List<Notices.Action> offered = new ArrayList<>();
    /// The problems that were reported.
    public final List<Problem> problems = new ArrayList<>();

    private final Notices notices;

    /// Remembers only.
    public RecordingPorts() {
        this(null);
    }

    /// Remembers, and passes on what is said and reported.
    public RecordingPorts(Notices notices) {
        this.notices = notices;
    }

    @Override public Optional<Overlay> overlay() {
        return Optional.ofNullable(overlay);
    }

    @Override public List<Path> chooseOpen(String title) {
        asked.add(title);
        return open;
    }

    @Override public Optional<Path> chooseSave(String title, String proposedName) {
        asked.add(title);
        return save;
    }

    @Override public Optional<Path> chooseFolder(String title, Path from) {
        asked.add(title);
        return folder;
    }

    @Override public void showOutside(Path path) {
        outside.add(path);
    }

    @Override public void copy(String text) {
        copied.add(text);
    }

    @Override public void notify(String text) {
        said.add(text);
        if (notices != null) notices.say(text);
    }

    @Override public void offer(String text, Notices.Action action) {
        said.add(text);
        offered.add(action);
        if (notices != null) notices.say(text, action);
    }

    @Override public void notify(Problem problem) {
        problems.add(problem);
        if (notices != null) notices.report(problem);
    }
}
