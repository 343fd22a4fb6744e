package serpentarium.python.ui;

import static serpentarium.kit.OnFx.fx;
import static serpentarium.kit.OnFx.until;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import serpentarium.python.RootFixture;
import serpentarium.python.engine.build.MadeUpPython;
import serpentarium.python.engine.build.PyenvCopy;
import serpentarium.python.ui.install.BuildViewModel;
import serpentarium.python.ui.install.InstallViewModel;

/// The pane over a copy of pyenv that can install 3.7.4, made up, within a second.
final class BuildStage {
    final PyenvCopy pyenv;
    final Path project;
    final VersionsStage on;

    /// @param how what makes a build fail or wait, as [MadeUpPython] says
    BuildStage(Path folder, Map<String, String> how) throws Exception {
        pyenv = PyenvCopy.in(folder.toRealPath());
        var python = new MadeUpPython(pyenv, folder);
        for (String name : new String[] {"3.9.18", "3.11.7", "3.12.1"}) version(name);
        Files.writeString(pyenv.root().resolve("version"), "3.11.7\n");
        project = Files.createDirectories(folder.toRealPath().resolve("work/shop"));
        Files.writeString(project.resolve(".python-version"), "3.12\n");
        var environment = new HashMap<>(python.workshop(how).environment());
        environment.put("PYENV_ROOT", pyenv.root().toString());
        environment.put("PATH", pyenv.root().resolve("shims") + ":" + environment.get("PATH"));
        on = new VersionsStage(environment, folder.resolve("state"));
    }

    private void version(String name) throws IOException {
        for (String command : new String[] {"python", "python3", "pip"}) RootFixture.stub(pyenv.root().resolve("versions").resolve(name).resolve("bin").resolve(command));
    }

    /// Opens the project.
    BuildStage open() {
        on.open(project);
        return this;
    }

    InstallViewModel installs() {
        return fx(() -> on.document.installs());
    }

    /// Shows what can be installed and chooses 3.7.4, as typed.
    void choose() {
        on.act(() -> {
            on.document.showView("install");
            return null;
        });
        until("the catalogue was read", 30, () -> !installs().families().isEmpty());
        on.act(() -> {
            installs().search().set("3.7.4");
            return null;
        });
        until("what the build needs was looked at", 30, () -> installs().planned().get().filter(plan -> plan.name().equals("3.7.4")).isPresent());
    }

    /// Presses "Install".
    BuildViewModel start() {
        on.press("#install-start");
        return fx(() -> installs().builds().getLast());
    }

    void close() throws Exception {
        on.close();
        pyenv.close();
    }
}
