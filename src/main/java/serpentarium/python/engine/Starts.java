package serpentarium.python.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import serpentarium.python.Launch;
import serpentarium.python.PinWord;
import serpentarium.python.Standing;
import serpentarium.python.analysis.Meaning;
import serpentarium.python.analysis.Newest;

/// What pyenv's shim of a command starts: the first version in order that has it, and after all of them the system's, whether `system` was
/// asked for or not.
final class Starts {
    private static final int LARGEST = 1 << 16;
    private static final Pattern HOME = Pattern.compile("(?m)^ *home *= *(.*)$");
    private static final Pattern SITE_PACKAGES = Pattern.compile("(?i)include-system-site-packages *= *true");

    private final PyenvRoot root;
    private final List<String> names;
    private final SearchPath path;
    private final boolean sitePackages;

    Starts(PyenvRoot root, List<String> names, SearchPath path, boolean sitePackages) {
        this.root = root;
        this.names = names;
        this.path = path;
        this.sitePackages = sitePackages;
    }

    /// What `command` starts where a rule's words apply.
    Launch of(String command, List<PinWord> words, Path current) {
        boolean system = words.stream().noneMatch(word -> word.standing() != Standing.INVALID && !word.text().isEmpty());
        for (PinWord word : words) {
            if (word.standing() == Standing.INVALID || word.text().isEmpty()) continue;
            if (word.standing() == Standing.SYSTEM) {
                system = true;
                Optional<Path> program = path.find(command, current);
                if (program.isPresent()) return new Launch(program, Optional.empty(), false);
                continue;
            }
            Optional<String> name = word.meaning().or(() -> missing(word));
            Optional<Path> program = name.flatMap(root::place).map(prefix -> prefix.resolve("bin").resolve(command)).filter(Files::isExecutable);
            if (program.isPresent()) return new Launch(program, name, false);
        }
        Optional<Path> program = path.find(command, current);
        if (program.isPresent()) return new Launch(program, Optional.empty(), !system);
        return new Launch(sitePackages && words.size() == 1 ? base(command, words.getFirst()) : Optional.empty(), Optional.empty(), false);
    }

    /// pyenv looks a missing name up again, and of one that ends in `t` forgets the letter.
    private Optional<String> missing(PinWord word) {
        String plain = Meaning.plain(word.text());
        return Newest.of(plain, names).or(() -> Optional.of(Newest.stem(plain))).filter(name -> !name.isEmpty() && root.has(name));
    }

    /// The command in the Python that an environment with access to its packages was made from.
    private Optional<Path> base(String command, PinWord word) {
        Optional<Path> prefix = word.meaning().filter(name -> word.standing() != Standing.SYSTEM).flatMap(root::place);
        if (prefix.isEmpty() || !Files.isRegularFile(prefix.get().resolve("bin/activate")) || Files.isRegularFile(prefix.get().resolve("bin/conda")))
            return Optional.empty();
        Path settings = prefix.get().resolve("pyvenv.cfg");
        try {
            if (!Files.isRegularFile(settings) || Files.size(settings) > LARGEST) return Optional.empty();
            String text = Files.readString(settings, StandardCharsets.ISO_8859_1);
            var home = HOME.matcher(text);
            if (!SITE_PACKAGES.matcher(text).find() || !home.find()) return Optional.empty();
            String folder = home.group(1).endsWith("/bin") ? home.group(1).substring(0, home.group(1).length() - 4) : home.group(1);
            return PyenvRoot.child(folder + "/bin", command).filter(Files::isExecutable);
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
