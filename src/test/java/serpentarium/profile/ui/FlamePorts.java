package serpentarium.profile.ui;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import serpentarium.base.Problem;
import serpentarium.kit.Ports;

/// Answers in place of the platform and keeps what was asked.
final class FlamePorts implements Ports {
    final List<String> copied = new ArrayList<>();
    final List<String> said = new ArrayList<>();
    final List<Problem> problems = new ArrayList<>();
    Path saveTo;

    @Override public List<Path> chooseOpen(String title) {
        return List.of();
    }

    @Override public Optional<Path> chooseSave(String title, String proposedName) {
        return Optional.ofNullable(saveTo);
    }

    @Override public void showOutside(Path path) {
        throw new AssertionError("not asked for");
    }

    @Override public void copy(String text) {
        copied.add(text);
    }

    @Override public void notify(String text) {
        said.add(text);
    }

    @Override public void notify(Problem problem) {
        problems.add(problem);
    }
}
