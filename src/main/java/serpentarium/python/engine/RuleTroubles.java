package serpentarium.python.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import serpentarium.python.Launch;
import serpentarium.python.PinWord;
import serpentarium.python.Rule;
import serpentarium.python.Standing;
import serpentarium.python.Trouble;
import serpentarium.python.Trouble.Kind;
import serpentarium.python.analysis.Foreign;
import serpentarium.python.analysis.PinText;
import serpentarium.python.analysis.ShellPattern;

/// What is wrong with a rule, seen from its text and from what it starts.
final class RuleTroubles {
    private static final char BOM = '\ufeff';

    private RuleTroubles() {}

    static List<Trouble> ofText(PinText text, boolean huge, Path file) {
        var troubles = new ArrayList<Trouble>();
        if (text.bom()) {
            String word = text.words().isEmpty() ? "" : text.words().getFirst().text().replace(String.valueOf(BOM), "");
            troubles.add(Trouble.at(Kind.BOM, file, Map.of("word", word)));
        }
        if (huge) troubles.add(Trouble.at(Kind.HUGE_FILE, file, Map.of()));
        if (text.words().isEmpty()) troubles.add(Trouble.at(Kind.EMPTY_FILE, file, Map.of()));
        for (int line : text.longLines()) troubles.add(Trouble.at(Kind.LONG_LINE, file, Map.of("line", String.valueOf(line))));
        return troubles;
    }

    static List<Trouble> ofWords(List<PinWord> words, Optional<Path> file) {
        var troubles = new ArrayList<Trouble>();
        for (PinWord word : words) {
            String text = word.text();
            if (word.standing() == Standing.INVALID && !text.isEmpty()) troubles.add(new Trouble(Kind.INVALID_WORD, file, Map.of("word", text)));
            if (ShellPattern.of(text).isPresent()) troubles.add(new Trouble(Kind.PATTERN, file, Map.of("word", text)));
            if (word.standing() == Standing.MISSING) Foreign.of(text).ifPresent(foreign -> troubles.add(new Trouble(Kind.FOREIGN_SYNTAX, file, facts(text, foreign))));
        }
        return troubles;
    }

    private static Map<String, String> facts(String word, Foreign foreign) {
        var facts = new HashMap<>(Map.of("word", word, "tool", foreign.tool()));
        foreign.instead().ifPresent(instead -> facts.put("instead", instead));
        return facts;
    }

    /// Why what has the name of a pin is none; empty when there is nothing of that name.
    static Optional<Trouble> ofNoFile(Path file) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) return Optional.empty();
        if (Files.exists(file)) return Optional.of(Trouble.at(Kind.NOT_A_FILE, file, Map.of()));
        try {
            return Optional.of(Trouble.at(Kind.BROKEN_LINK, file, Map.of("target", Files.readSymbolicLink(file).toString())));
        } catch (IOException e) {
            return Optional.of(Trouble.at(Kind.UNREADABLE, file, Map.of("reason", String.valueOf(e.getMessage()))));
        }
    }

    /// What is silently started in place of what was asked for.
    static List<Trouble> ofLaunches(Rule winner, Map<String, Launch> launches) {
        var troubles = new ArrayList<Trouble>();
        List<String> missing = winner.missing();
        boolean told = false;
        for (String command : List.of("python3", "python")) {
            Launch launch = launches.get(command);
            if (launch == null || !launch.fallenThrough()) continue;
            boolean all = winner.words().stream().noneMatch(word -> word.standing().found());
            String words = String.join(", ", all ? missing : winner.names());
            troubles.add(new Trouble(all ? Kind.MISSING_FALLS_THROUGH : Kind.FALLS_THROUGH, winner.file(),
                    Map.of("words", words, "command", command, "executable", launch.executable().orElseThrow().toString())));
            told |= all;
        }
        if (!missing.isEmpty() && !told) troubles.add(new Trouble(Kind.MISSING, winner.file(), Map.of("words", String.join(", ", missing))));
        return troubles;
    }
}
