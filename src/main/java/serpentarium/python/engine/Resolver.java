package serpentarium.python.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import serpentarium.python.Because;
import serpentarium.python.Effect;
import serpentarium.python.Launch;
import serpentarium.python.PinWord;
import serpentarium.python.Resolution;
import serpentarium.python.Rule;
import serpentarium.python.Standing;
import serpentarium.python.Trouble;
import serpentarium.python.Trouble.Kind;
import serpentarium.python.analysis.Meaning;
import serpentarium.python.analysis.PinText;
import serpentarium.python.analysis.ShellPattern;

/// Which version applies in a folder and why: pyenv's rules, followed without starting a process. One resolver is a look at the root as it was
/// when it was made: make another when something changed ([RootWatch] tells). Pins are read anew for each folder.
public final class Resolver {
    /// The name of a pin file.
    public static final String PIN = ".python-version";
    /// The commands whose start is told.
    public static final List<String> COMMANDS = List.of("python", "python3", "pip");
    /// What is read of a pin at most.
    static final int LARGEST = 1 << 18;

    private final Surroundings surroundings;
    private final PyenvRoot root;
    private final Optional<Path> program;
    private final List<String> names;
    private final Hooks hooks;
    private final Starts starts;
    private final List<Trouble> standing;

    /// Looks at the root, the hooks and the PATH.
    public Resolver(Surroundings surroundings) {
        this.surroundings = surroundings;
        root = new PyenvRoot(surroundings.root());
        program = root.program(surroundings);
        names = root.names();
        hooks = Hooks.of(root, program, surroundings);
        starts = new Starts(root, names, new SearchPath(surroundings, root), hooks.sitePackages());
        standing = new RootCheck(surroundings, root, program).troubles();
    }

    /// The environment that it looks at.
    public Surroundings surroundings() {
        return surroundings;
    }

    /// The root.
    public PyenvRoot root() {
        return root;
    }

    /// The program `pyenv`.
    public Optional<Path> program() {
        return program;
    }

    /// The hooks that were found.
    public Hooks hooks() {
        return hooks;
    }

    /// What applies in a folder. Where a foreign hook could change that, it is what the rules alone say, with a [Kind#HOOK_UNASKED]; [AskedPyenv]
    /// asks pyenv itself.
    ///
    /// @param folder by the path that the person sees: links in it are not followed
    public Resolution resolve(Path folder) {
        Path dir = folder.toAbsolutePath().normalize();
        var chain = new ArrayList<Rule>();
        chain.add(variable(dir));
        local(dir, chain);
        chain.add(global(dir));
        chain.add(new Rule(Because.DEFAULT, Optional.empty(), List.of(), Effect.SHADOWED, List.of()));
        decide(chain);
        Rule winner = chain.stream().filter(rule -> rule.effect() == Effect.WINS).findFirst().orElseThrow();
        Map<String, Launch> launches = new LinkedHashMap<>();
        for (String command : COMMANDS) launches.put(command, starts.of(command, winner.words(), dir));
        var troubles = new ArrayList<>(RuleTroubles.ofLaunches(winner, launches));
        troubles.addAll(RootCheck.atStart(root, launches));
        troubles.addAll(standing);
        for (Hooks.Hook hook : hooks.foreign()) {
            Kind kind = hook.command().equals("exec") ? Kind.HOOK_AT_START : Kind.HOOK_UNASKED;
            troubles.add(Trouble.at(kind, hook.script(), Map.of("command", hook.command())));
        }
        return new Resolution(dir, chain, winner.names(), winner.missing(), launches, troubles, false);
    }

    /// What one pin says and means, wherever it lies: for lists of projects.
    public Rule pin(Path file) {
        return read(Because.LOCAL_FILE, file, file.toAbsolutePath().getParent());
    }

    /// The first rule that says something wins; the file of those that say nothing is kept.
    private static void decide(List<Rule> chain) {
        boolean decided = false;
        for (int i = 0; i < chain.size(); i++) {
            Rule rule = chain.get(i);
            if (rule.effect() == Effect.UNSET) continue;
            chain.set(i, new Rule(rule.because(), rule.file(), rule.words(), decided ? Effect.SHADOWED : Effect.WINS, rule.troubles()));
            decided = true;
        }
    }

    private Rule variable(Path dir) {
        if (surroundings.version().isEmpty()) return new Rule(Because.PYENV_VERSION, Optional.empty(), List.of(), Effect.UNSET, List.of());
        List<PinWord> words = words(List.of(new PinText.Word(surroundings.version().get(), 0)), dir, false);
        return new Rule(Because.PYENV_VERSION, Optional.empty(), words, Effect.SHADOWED, RuleTroubles.ofWords(words, Optional.empty()));
    }

    private void local(Path dir, List<Rule> chain) {
        int before = chain.size();
        Optional<Path> first = surroundings.pyenvDir().filter(other -> !other.equals(dir));
        first.ifPresent(other -> upwards(other, dir, chain));
        upwards(dir, dir, chain);
        if (chain.size() == before) chain.add(new Rule(Because.LOCAL_FILE, Optional.of(dir.resolve(PIN)), List.of(), Effect.UNSET, List.of()));
    }

    private void upwards(Path from, Path dir, List<Rule> chain) {
        for (Path at = from; at != null; at = at.getParent()) {
            Path file = at.resolve(PIN);
            if (Files.isRegularFile(file)) {
                chain.add(read(Because.LOCAL_FILE, file, dir));
            } else {
                RuleTroubles.ofNoFile(file).ifPresent(trouble -> chain.add(new Rule(Because.LOCAL_FILE, Optional.of(file), List.of(), Effect.UNSET, List.of(trouble))));
            }
        }
    }

    private Rule global(Path dir) {
        Path file = root.globalFile();
        if (Files.isRegularFile(file)) return read(Because.GLOBAL_FILE, file, dir);
        return new Rule(Because.GLOBAL_FILE, Optional.of(file), List.of(), Effect.UNSET, RuleTroubles.ofNoFile(file).stream().toList());
    }

    private Rule read(Because because, Path file, Path dir) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST + 1);
        } catch (IOException e) {
            Trouble trouble = Trouble.at(Kind.UNREADABLE, file, Map.of("reason", e instanceof AccessDeniedException ? "permission" : String.valueOf(e.getMessage())));
            return new Rule(because, Optional.of(file), List.of(), Effect.SHADOWED, List.of(trouble));
        }
        PinText text = PinText.of(bytes.length > LARGEST ? java.util.Arrays.copyOf(bytes, LARGEST) : bytes);
        List<PinWord> words = words(text.words(), dir, true);
        var troubles = new ArrayList<>(RuleTroubles.ofText(text, bytes.length > LARGEST, file));
        troubles.addAll(RuleTroubles.ofWords(words, Optional.of(file)));
        if (because == Because.LOCAL_FILE && surroundings.home().equals(file.getParent()) && !surroundings.home().equals(dir))
            troubles.add(Trouble.at(Kind.HOME_PIN, file, Map.of()));
        return new Rule(because, Optional.of(file), words, Effect.SHADOWED, troubles);
    }

    /// The words with what they mean, in order of lines; those that a file may not say are left out of the versions, not of the list.
    private List<PinWord> words(List<PinText.Word> found, Path dir, boolean checked) {
        List<PinText.Word> accepted = checked ? found.stream().filter(word -> root.accepts(word.text())).toList() : found;
        var words = new ArrayList<PinWord>();
        for (PinText.Word field : PinText.fields(accepted)) {
            List<String> files = ShellPattern.of(field.text()).map(pattern -> pattern.among(entries(dir))).orElse(List.of());
            for (String text : files.isEmpty() ? List.of(field.text()) : files) {
                Meaning meaning = Meaning.of(text, root::has, names);
                words.add(new PinWord(text, field.line(), meaning.name(), meaning.standing()));
            }
        }
        found.stream().filter(word -> !accepted.contains(word))
                .forEach(word -> words.add(place(word.line(), words), new PinWord(word.text(), word.line(), Optional.empty(), Standing.INVALID)));
        return words;
    }

    private static int place(int line, List<PinWord> words) {
        int at = 0;
        while (at < words.size() && words.get(at).line() < line) at++;
        return at;
    }

    private static List<String> entries(Path dir) {
        var entries = new ArrayList<String>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(dir)) {
            for (Path entry : found) entries.add(entry.getFileName().toString());
        } catch (IOException | DirectoryIteratorException _) {
            return List.of();
        }
        return entries;
    }
}
