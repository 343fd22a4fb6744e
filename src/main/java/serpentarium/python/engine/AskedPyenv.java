package serpentarium.python.engine;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import serpentarium.base.ProblemException;
import serpentarium.python.Because;
import serpentarium.python.Effect;
import serpentarium.python.Launch;
import serpentarium.python.Resolution;
import serpentarium.python.Rule;
import serpentarium.python.Trouble;
import serpentarium.python.Trouble.Kind;
import serpentarium.task.ChildProcess;
import serpentarium.task.TaskContext;

/// Asks pyenv itself, where a foreign hook could make its answer another than the rules'. Takes tenths of a second.
public final class AskedPyenv {
    private static final String VARIABLE = "PYENV_VERSION environment variable";
    /// What the surroundings alone say, or leave unsaid.
    private static final List<String> CHOOSING = List.of("PYENV_VERSION", "PYENV_DIR");

    private AskedPyenv() {}

    /// What the rules say where they decide alone, else what pyenv says: its versions, its origin and what it starts in place of ours.
    public static Resolution resolve(Resolver resolver, Path folder, TaskContext context) throws InterruptedException {
        Resolution ours = resolver.resolve(folder);
        if (!resolver.hooks().mayChangeAnswer()) return ours;
        if (resolver.program().isEmpty()) return ours;
        try {
            var missing = new ArrayList<String>();
            List<String> names = ask(resolver, ours.dir(), missing, context, "version-name");
            List<String> origin = ask(resolver, ours.dir(), new ArrayList<>(), context, "version-origin");
            Map<String, Launch> launches = new HashMap<>();
            for (String command : Resolver.COMMANDS) {
                List<String> found = ask(resolver, ours.dir(), new ArrayList<>(), context, "which", command);
                launches.put(command, launch(found.isEmpty() ? "" : found.getFirst(), resolver, ours, names));
            }
            List<String> versions = names.isEmpty() || names.getFirst().isEmpty() ? List.of() : List.of(names.getFirst().split(":"));
            return with(ours, versions, missing, origin.isEmpty() ? "" : origin.getFirst(), launches);
        } catch (IOException | ProblemException e) {
            return ours;
        }
    }

    private static List<String> ask(Resolver resolver, Path dir, List<String> missing, TaskContext context, String... question) throws IOException, InterruptedException {
        var said = new ArrayList<String>();
        var command = new ArrayList<>(List.of(question));
        command.addFirst(resolver.program().orElseThrow().toString());
        ChildProcess.run(ChildProcess.Spec.of(command.toArray(String[]::new)).in(dir).without(CHOOSING)
                .with(environment(resolver.surroundings(), dir)).lines(line -> {
            if (line.stream() == ChildProcess.Stream.OUT) said.add(line.text());
            else missing(line.text()).ifPresent(missing::add);
        }), context);
        return said;
    }

    /// `PWD` keeps the path that the person sees, where it leads through links.
    private static Map<String, String> environment(Surroundings surroundings, Path dir) {
        var variables = new HashMap<>(Map.of("HOME", surroundings.home().toString(), "PYENV_ROOT", surroundings.root().toString(), "PATH", surroundings.path(),
                "PWD", dir.toString()));
        surroundings.version().ifPresent(version -> variables.put("PYENV_VERSION", version));
        surroundings.pyenvDir().ifPresent(folder -> variables.put("PYENV_DIR", folder.toString()));
        return variables;
    }

    private static Optional<String> missing(String line) {
        int begin = line.indexOf("version `");
        int end = line.indexOf("' is not installed");
        return begin < 0 || end < begin ? Optional.empty() : Optional.of(line.substring(begin + "version `".length(), end));
    }

    private static Launch launch(String said, Resolver resolver, Resolution ours, List<String> names) {
        if (said.isEmpty()) return new Launch(Optional.empty(), Optional.empty(), false);
        Path program;
        try {
            program = ours.dir().resolve(said);
        } catch (InvalidPathException _) {
            return new Launch(Optional.empty(), Optional.empty(), false);
        }
        Path versions = resolver.root().versionsFolder();
        if (program.startsWith(versions) && program.endsWith(Path.of("bin").resolve(program.getFileName()))) {
            return new Launch(Optional.of(program), Optional.of(versions.relativize(program.getParent().getParent()).toString()), false);
        }
        boolean system = !names.isEmpty() && (":" + names.getFirst() + ":").contains(":system:");
        return new Launch(Optional.of(program), Optional.empty(), !system);
    }

    private static Resolution with(Resolution ours, List<String> names, List<String> missing, String origin, Map<String, Launch> launches) {
        var chain = new ArrayList<Rule>();
        boolean known = ours.chain().stream().anyMatch(rule -> origin(rule, origin));
        boolean decided = false;
        for (Rule rule : ours.chain()) {
            boolean wins = !decided && rule.effect() != Effect.UNSET && (known ? origin(rule, origin) : rule.effect() == Effect.WINS);
            decided |= wins;
            chain.add(new Rule(rule.because(), rule.file(), rule.words(), wins ? Effect.WINS : rule.effect() == Effect.UNSET ? Effect.UNSET : Effect.SHADOWED, rule.troubles()));
        }
        if (!decided) chain = new ArrayList<>(ours.chain());
        var troubles = new ArrayList<Trouble>();
        for (Trouble trouble : ours.troubles()) {
            troubles.add(trouble.kind() == Kind.HOOK_UNASKED ? new Trouble(Kind.HOOK, trouble.place(), Map.of("command", trouble.facts().get("command"), "origin", origin)) : trouble);
        }
        return new Resolution(ours.dir(), chain, names, missing, launches, troubles, true);
    }

    private static boolean origin(Rule rule, String origin) {
        if (rule.effect() == Effect.UNSET) return false;
        if (rule.because() == Because.PYENV_VERSION) return origin.equals(VARIABLE);
        return rule.file().map(file -> file.toString().equals(origin)).orElse(false);
    }
}
