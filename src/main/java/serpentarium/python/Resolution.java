package serpentarium.python;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Which versions apply in a folder, and why.
///
/// @param dir      the folder, by the path that was given: links in it are not followed
/// @param chain    all rules in pyenv's order; exactly one [Effect#WINS]
/// @param names    the installed names in order, as `pyenv version-name` prints them
/// @param missing  the words that nothing installed answers to
/// @param launches what typing `python`, `python3` … starts, by command
/// @param troubles what is wrong beside the rules' own troubles
/// @param asked    whether pyenv itself was asked, because a hook may change the answer
public record Resolution(Path dir, List<Rule> chain, List<String> names, List<String> missing, Map<String, Launch> launches, List<Trouble> troubles,
        boolean asked) {
    /// Copies lists and map.
    public Resolution {
        chain = List.copyOf(chain);
        names = List.copyOf(names);
        missing = List.copyOf(missing);
        launches = java.util.Collections.unmodifiableMap(new TreeMap<>(launches));
        troubles = List.copyOf(troubles);
    }

    /// The rule that decides.
    public Rule winner() {
        return chain.stream().filter(rule -> rule.effect() == Effect.WINS).findFirst().orElseThrow();
    }

    /// Everything that is wrong, the worst first; the chain's order within.
    public List<Trouble> allTroubles() {
        return Stream.concat(troubles.stream(), chain.stream().flatMap(rule -> rule.troubles().stream()))
                .sorted(Comparator.comparing(trouble -> trouble.kind().weight())).toList();
    }
}
