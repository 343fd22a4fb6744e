package serpentarium.python.engine.inventory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import serpentarium.base.Problem;
import serpentarium.python.Headers;
import serpentarium.python.Installed;
import serpentarium.python.Origin;
import serpentarium.task.Abreast;
import serpentarium.task.TaskContext;

/// Every Python of a machine in one list: what tools keep, the system's, environments, and what is on the PATH besides. Starts nothing.
///
/// @param pythons  pyenv's first, in the order of their names; each once
/// @param problems what could not be looked at
public record Inventory(List<Found> pythons, List<Problem> problems) {
    private static final Pattern NAMED = Pattern.compile("(?:([a-z]+)[\\w.]*-)?(\\d+\\.\\d+(?:\\.\\d+)?(?:(?:a|b|rc)\\d+)?)(?:[t+-].*)?");

    public Inventory {
        pythons = List.copyOf(pythons);
        problems = List.copyOf(problems);
    }

    /// Looks at a machine.
    ///
    /// @param reader keeps what libraries said from one time to the next
    public static Inventory of(Places places, FactsReader reader, TaskContext context) throws IOException {
        var candidates = new Candidates(places);
        List<Candidates.Candidate> all = candidates.all();
        var found = new ArrayList<Found>();
        try (var each = new Abreast<Found>(all.size(), number -> found(all.get(number), reader))) {
            for (Found one; (one = each.next()) != null; context.checkpoint()) found.add(one);
        }
        return new Inventory(named(found), candidates.problems());
    }

    private static Found found(Candidates.Candidate candidate, FactsReader reader) {
        Optional<Environment> environment = Environment.of(candidate.prefix());
        Optional<Path> executable = candidate.executable().or(() -> Candidates.interpreter(candidate.prefix()));
        Optional<Facts> facts = environment.isPresent() ? environment.get().base().flatMap(base -> base(base, reader))
                : reader.read(candidate.prefix(), executable.map(Candidates::real).flatMap(Candidates::series), executable);
        String version = environment.flatMap(Environment::version).or(() -> facts.map(Facts::version)).orElseGet(() -> inName(candidate.name(), 2, candidate.name()));
        String implementation = facts.map(each -> each.layout().implementation()).orElseGet(() -> inName(candidate.name(), 1, "cpython"));
        Optional<String> base = environment.map(each -> each.base().map(Path::toString).or(() -> each.home().map(Path::toString)).orElse(""));
        var installed = new Installed(candidate.name(), implementation, version, candidate.prefix(), executable, candidate.origin(), base.filter(each -> !each.isEmpty()),
                OptionalLong.empty(), facts.map(Facts::headers).orElse(Headers.UNKNOWN));
        return new Found(installed, facts, environment);
    }

    private static Optional<Facts> base(Path program, FactsReader reader) {
        Path real = Candidates.real(program);
        Path bin = real.getParent();
        return bin == null || bin.getParent() == null ? Optional.empty() : reader.read(bin.getParent(), Candidates.series(real), Optional.of(real));
    }

    /// What a folder's name tells of a build that was broken off, or of an implementation of another shape.
    private static String inName(String name, int group, String otherwise) {
        Matcher matcher = NAMED.matcher(name.substring(name.lastIndexOf('/') + 1));
        return matcher.matches() && matcher.group(group) != null ? matcher.group(group).replace("pypy3", "pypy") : otherwise;
    }

    /// Calls the Pythons that environments were made from by their names.
    private static List<Found> named(List<Found> found) {
        Map<Path, String> names = new HashMap<>();
        for (Found each : found)
            if (each.environment().isEmpty()) each.installed().executable().ifPresent(program -> names.putIfAbsent(Candidates.real(program), each.installed().name()));
        return found.stream().map(each -> {
            Optional<String> name = each.environment().flatMap(Environment::base).map(Candidates::real).map(names::get);
            if (name.isEmpty()) return each;
            Installed old = each.installed();
            return new Found(new Installed(old.name(), old.implementation(), old.version(), old.prefix(), old.executable(), old.origin(), name, old.size(), old.headers()),
                    each.facts(), each.environment());
        }).toList();
    }

    /// Those of one origin.
    public List<Found> of(Origin origin) {
        return pythons.stream().filter(each -> each.installed().origin() == origin).toList();
    }
}
