package serpentarium.python;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Something that is wrong, or that a person should know, as facts. `engine.Explanation` has the sentence and the remedy.
///
/// @param place the file or folder that it is about
/// @param facts what the sentence needs, by the names that its [Kind] lists
public record Trouble(Kind kind, Optional<Path> place, Map<String, String> facts) {
    /// Copies the facts.
    public Trouble {
        facts = Map.copyOf(facts);
    }

    /// About a place.
    public static Trouble at(Kind kind, Path place, Map<String, String> facts) {
        return new Trouble(kind, Optional.of(place), facts);
    }

    /// How much it matters.
    public enum Weight {
        /// Something else runs than what was asked for, or nothing.
        ERROR,
        /// It will bite somebody.
        WARNING,
        /// Good to know.
        NOTE
    }

    /// What it is.
    public enum Kind {
        /// A pinned version is missing and `command` silently starts `executable`, which the system has. Facts: `words`, `command`, `executable`.
        MISSING_FALLS_THROUGH(Weight.ERROR),
        /// A pinned version is missing and the command that would be typed is not found at all, or another pinned version answers. Facts: `words`.
        MISSING(Weight.ERROR),
        /// The versions are there and have no `command`, which therefore silently starts `executable`, which the system has. Facts: `words`, `command`,
        /// `executable`.
        FALLS_THROUGH(Weight.WARNING),
        /// The file begins with a byte order mark, which pyenv takes for a part of the version. Facts: `word`.
        BOM(Weight.ERROR),
        /// The word is written for another tool. Facts: `word`, `tool`, and `instead` where there is a spelling that pyenv knows.
        FOREIGN_SYNTAX(Weight.ERROR),
        /// A word leads out of `versions`; pyenv leaves it out. Facts: `word`.
        INVALID_WORD(Weight.WARNING),
        /// A word has `*`, `?` or `[`, which pyenv takes for names of files in the current folder. Facts: `word`.
        PATTERN(Weight.WARNING),
        /// A line is longer than 1,024 characters; pyenv takes it for several. Facts: `line`.
        LONG_LINE(Weight.WARNING),
        /// The file is larger than a pin can be; only its beginning was read.
        HUGE_FILE(Weight.WARNING),
        /// The file has no word, which means `system`; it hides the files above it.
        EMPTY_FILE(Weight.WARNING),
        /// The file lies in the home folder and speaks for everything below.
        HOME_PIN(Weight.NOTE),
        /// What should be a file is a folder, a pipe or a device; pyenv passes it by.
        NOT_A_FILE(Weight.WARNING),
        /// What should be a folder is none.
        NOT_A_FOLDER(Weight.ERROR),
        /// A link leads to nothing. Facts: `target`.
        BROKEN_LINK(Weight.WARNING),
        /// It may not be read. Facts: `reason`.
        UNREADABLE(Weight.ERROR),
        /// A version has no `bin/python`: its build was broken off. Facts: `name`.
        PARTIAL(Weight.WARNING),
        /// There is no pyenv in that place.
        NO_PYENV(Weight.WARNING),
        /// There are versions and no program `pyenv` that would choose among them.
        NO_PROGRAM(Weight.WARNING),
        /// There is a pyenv without any version.
        NO_VERSIONS(Weight.NOTE),
        /// The program `pyenv` is another one than the shell script that this follows. Facts: `name`.
        OTHER_PYENV(Weight.WARNING),
        /// A hook may change the answer; pyenv itself was asked. Facts: `command`.
        HOOK(Weight.NOTE),
        /// A hook may change the answer and pyenv was not asked. Facts: `command`, and `reason` where it could not be.
        HOOK_UNASKED(Weight.WARNING),
        /// A hook may change what is started; what it does shows only when it is. Facts: `command`.
        HOOK_AT_START(Weight.WARNING),
        /// The PATH has a folder that begins with an unexpanded `~`; programs other than the shell do not find it. Facts: `entry`.
        LITERAL_TILDE(Weight.WARNING),
        /// pyenv's shims are not on the PATH: what pyenv decides is not what is started. Facts: `folder`, `command`, `executable`, where there is one.
        NO_SHIMS(Weight.WARNING),
        /// Another folder with a Python stands on the PATH before pyenv's shims. Facts: `folder`, `command`, `executable`.
        SHIMS_BEHIND(Weight.WARNING),
        /// A virtual environment is active and comes first. Facts: `folder`, `command`, `executable`.
        ACTIVE_VENV(Weight.NOTE),
        /// The command has no shim although the chosen version has it. Facts: `command`.
        SHIM_MISSING(Weight.WARNING),
        /// A rehash was broken off and left its lock; each rehash now waits for a minute. Facts: `seconds`.
        STALE_LOCK(Weight.WARNING);

        private final Weight weight;

        Kind(Weight weight) {
            this.weight = weight;
        }

        /// How much it matters.
        public Weight weight() {
            return weight;
        }
    }
}
