package serpentarium.python.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.python.Effect;
import serpentarium.python.Launch;
import serpentarium.python.PinWord;
import serpentarium.python.Resolution;
import serpentarium.python.Rule;
import serpentarium.python.Trouble;
import serpentarium.python.analysis.Meaning;

/// The sentences about which Python applies: the command line and the pane say the same words.
public final class Explanation {
    private static final Strings STRINGS = Strings.of(Explanation.class);
    private static final String NONE = "none";

    private Explanation() {}

    /// The answer in one line: the versions and what decided, such as `3.12.1, because /p/.python-version says 3.12`.
    public static String answer(Resolution resolution) {
        Rule winner = resolution.winner();
        String names = resolution.names().isEmpty() ? STRINGS.get("answer.nothing") : String.join(", ", resolution.names());
        String said = winner.words().stream().map(PinWord::text).filter(text -> !text.isEmpty()).collect(Collectors.joining(", "));
        return switch (winner.because()) {
            case PYENV_VERSION -> STRINGS.get("answer.variable", names, said);
            case LOCAL_FILE, GLOBAL_FILE -> said.isEmpty() ? STRINGS.get("answer.empty", names, place(winner.file())) : STRINGS.get("answer.file", names, place(winner.file()), said);
            case DEFAULT -> STRINGS.get("answer.default", names);
        };
    }

    /// What kind of rule it is: `PYENV_VERSION`, `nearest .python-version`, `global`, `default`.
    public static String title(Rule rule) {
        return switch (rule.because()) {
            case PYENV_VERSION -> STRINGS.get("rule.variable");
            case LOCAL_FILE -> STRINGS.get("rule.local");
            case GLOBAL_FILE -> STRINGS.get("rule.global");
            case DEFAULT -> STRINGS.get("rule.default");
        };
    }

    /// What a rule says and what becomes of it: `says 3.12, which is 3.12.1; shadowed`.
    public static String rule(Rule rule) {
        if (rule.effect() == Effect.UNSET) return rule.troubles().isEmpty() ? STRINGS.get("rule.unset") : STRINGS.get("rule.passed");
        String words = rule.words().stream().filter(word -> !word.text().isEmpty()).map(Explanation::word).collect(Collectors.joining(", "));
        String says = words.isEmpty() ? STRINGS.get("rule.says-system") : words;
        return rule.effect() == Effect.WINS ? STRINGS.get("rule.wins", says) : STRINGS.get("rule.shadowed", says);
    }

    /// What a word means: `3.12 → 3.12.1`, `3.7.4 (not installed)`.
    public static String word(PinWord word) {
        return switch (word.standing()) {
            case AS_IS, SYSTEM -> word.text();
            case PREFIX, STRIPPED -> STRINGS.get("word.means", word.text(), word.meaning().orElseThrow());
            case MISSING -> STRINGS.get("word.missing", word.text());
            case INVALID -> STRINGS.get("word.invalid", word.text());
        };
    }

    /// "Typing `python3` in this folder starts …".
    public static String launch(String command, Launch launch) {
        String program = launch.executable().map(Path::toString).orElse("");
        if (launch.executable().isEmpty()) return STRINGS.get("launch.nothing", command);
        if (launch.fallenThrough()) return STRINGS.get("launch.fallen", command, program);
        return launch.version().map(name -> STRINGS.get("launch.version", command, name, program)).orElseGet(() -> STRINGS.get("launch.system", command, program));
    }

    /// What is wrong, in one or two sentences.
    public static String sentence(Trouble trouble) {
        return STRINGS.get("trouble." + key(trouble), arguments(trouble));
    }

    /// What the person can do about it.
    public static Optional<String> remedy(Trouble trouble) {
        String key = "remedy." + key(trouble);
        return STRINGS.has(key) ? Optional.of(STRINGS.get(key, arguments(trouble))) : Optional.empty();
    }

    /// A line for a shell that does what the remedy says, where one line can.
    public static Optional<String> command(Trouble trouble) {
        String key = "command." + key(trouble);
        return STRINGS.has(key) ? Optional.of(STRINGS.get(key, arguments(trouble))) : Optional.empty();
    }

    /// All sentences about a resolution, the worst first, each with its remedy.
    public static List<String> warnings(Resolution resolution) {
        return resolution.allTroubles().stream().map(trouble -> sentence(trouble) + remedy(trouble).map(text -> " " + text).orElse("")).toList();
    }

    /// How a rule's names are written in one line.
    public static String names(Rule rule) {
        List<String> names = rule.names();
        return names.isEmpty() ? STRINGS.get("answer.nothing") : names.equals(List.of(Meaning.SYSTEM)) ? STRINGS.get("names.system") : String.join(", ", names);
    }

    private static String key(Trouble trouble) {
        String key = trouble.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        String variant = switch (trouble.kind()) {
            case FOREIGN_SYNTAX -> (trouble.facts().get("tool").isEmpty() ? "misspelt" : "tool") + (trouble.facts().containsKey("instead") ? "-instead" : "");
            case NO_SHIMS -> trouble.facts().containsKey("command") ? "found" : NONE;
            case MISSING, MISSING_FALLS_THROUGH, FALLS_THROUGH, BOM, INVALID_WORD, PATTERN, LONG_LINE, HUGE_FILE, EMPTY_FILE, HOME_PIN, NOT_A_FILE, NOT_A_FOLDER, BROKEN_LINK,
                    UNREADABLE, PARTIAL, NO_PYENV, NO_PROGRAM, NO_VERSIONS, OTHER_PYENV, HOOK, HOOK_UNASKED, HOOK_AT_START, LITERAL_TILDE, SHIMS_BEHIND, ACTIVE_VENV,
                    SHIM_MISSING, STALE_LOCK -> "";
        };
        return variant.isEmpty() ? key : key + "." + variant;
    }

    /// {0} place, {1} word or words, {2} command, {3} executable, {4} folder or entry or name, {5} instead, {6} tool, {7} age, {8} reason or target.
    private static Object[] arguments(Trouble trouble) {
        Map<String, String> facts = trouble.facts();
        String age = facts.containsKey("seconds") ? Quantity.time(Long.parseLong(facts.get("seconds"))) : "";
        return new Object[] {place(trouble.place()), first(facts, "words", "word", "line"), first(facts, "command"), first(facts, "executable"),
            first(facts, "folder", "entry", "name"), first(facts, "instead"), first(facts, "tool"), age, first(facts, "reason", "target", "origin")};
    }

    private static String first(Map<String, String> facts, String... names) {
        for (String name : names) if (facts.containsKey(name)) return facts.get(name);
        return "";
    }

    private static String place(Optional<Path> file) {
        return file.map(Path::toString).orElse(STRINGS.get("place.variable"));
    }
}
