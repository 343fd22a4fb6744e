package serpentarium.python.engine.develop;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import serpentarium.python.engine.inventory.Facts;
import serpentarium.python.engine.inventory.Found;

/// A Python that something is compiled for.
///
/// @param name       what a person calls it
/// @param prefix     its folder; an environment's own
/// @param executable its interpreter
/// @param facts      what is known of it
public record Subject(String name, Path prefix, Path executable, Facts facts) {
    /// Nothing is written beside the interpreter, and messages are in English.
    static final Map<String, String> SURROUNDINGS = Map.of("PYTHONDONTWRITEBYTECODE", "1", "PYTHONNOUSERSITE", "1", "LC_ALL", "C");

    /// Variables that would lead elsewhere. An old Python takes even an empty `PYTHONHOME` for one, so that they have to be gone.
    static final List<String> GONE = List.of("PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "VIRTUAL_ENV", "CONDA_PREFIX", "PYENV_VERSION");

    /// One of the inventory, where its interpreter and its files are there.
    public static Optional<Subject> of(Found found) {
        return found.installed().executable().flatMap(program -> found.facts()
                .map(facts -> new Subject(found.installed().name(), found.installed().prefix(), program, facts)));
    }

    /// `2` or `3`.
    String major() {
        return facts.layout().series().substring(0, facts.layout().series().indexOf('.'));
    }

    /// The numbers of its version, without what marks one before the first release.
    String numbers() {
        return facts.version().replaceFirst("^(\\d+(?:\\.\\d+)*).*", "$1");
    }

    boolean pypy() {
        return facts.layout().implementation().equals("pypy");
    }
}
