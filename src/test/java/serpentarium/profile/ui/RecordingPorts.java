package serpentarium.profile.ui;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import serpentarium.base.Problem;
import serpentarium.kit.Ports;

/// Answers file choosers with what the test says, and remembers what was copied.
final class RecordingPorts implements Ports {
    final List<String> copied = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    List<Path> answer = List.of();

    @Override public List<Path> chooseOpen(String title) {
        asked.add(title);
        return answer;
    }

    @Override public Optional<Path> chooseSave(String title, String proposedName) {
        return Optional.empty();
    }

    @Override public void showOutside(Path path) {
        asked.add(path.toString());
    }

    @Override public void copy(String text) {
        copied.add(text);
    }

    @Override public void notify(String text) {
        asked.add(text);
    }

    @Override public void notify(Problem problem) {
        asked.add(problem.title());
    }
}
