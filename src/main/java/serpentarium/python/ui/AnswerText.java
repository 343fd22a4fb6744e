package serpentarium.python.ui;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import serpentarium.base.Strings;
import serpentarium.kit.PathLabel;
import serpentarium.python.Because;
import serpentarium.python.PinWord;
import serpentarium.python.Resolution;
import serpentarium.python.Rule;
import serpentarium.python.engine.Explanation;

/// A resolution in words.
final class AnswerText {
    private static final Strings STRINGS = Strings.of(AnswerText.class);
    private static final String SYSTEM = "system";

    private AnswerText() {}

    /// What applies, as short as it goes.
    static String headline(Resolution resolution) {
        if (resolution.names().isEmpty()) return resolution.missing().isEmpty() ? STRINGS.get("answer.nothing") : STRINGS.get("answer.missing", String.join(", ", resolution.missing()));
        return resolution.names().stream().map(AnswerText::name).collect(Collectors.joining(", "));
    }

    /// An installed name, or words for the system's Python.
    static String name(String name) {
        return name.equals(SYSTEM) ? STRINGS.get("answer.system") : name;
    }

    /// Why, in a sentence.
    static String because(Resolution resolution) {
        Rule rule = resolution.winner();
        if (rule.because() == Because.DEFAULT) return STRINGS.get("because.default");
        String says = rule.words().isEmpty() ? STRINGS.get("says.nothing") : rule.words().stream().map(AnswerText::says).collect(Collectors.joining(STRINGS.get("says.and")));
        int line = rule.words().isEmpty() ? 0 : rule.words().getFirst().line();
        String because = STRINGS.get("because." + rule.because().id() + (line > 0 ? ".line" : ""), rule.file().map(PathLabel::shorten).orElse(""), line, says);
        return resolution.asked() && !resolution.names().equals(rule.names()) ? because + " " + STRINGS.get("because.hook") : because;
    }

    private static String says(PinWord word) {
        return STRINGS.get("says." + word.standing(), word.text(), word.meaning().map(AnswerText::name).orElse(""));
    }

    /// What a word of a rule would lead to.
    static String means(PinWord word) {
        return STRINGS.get("means." + word.standing(), word.text(), word.meaning().map(AnswerText::name).orElse(""));
    }

    /// What typing the usual commands starts, a sentence each.
    static List<String> typing(Resolution resolution) {
        return List.of("python3", "python").stream().filter(resolution.launches()::containsKey).map(command -> Explanation.launch(command, resolution.launches().get(command))).toList();
    }

    /// A rule's name.
    static String rule(Rule rule) {
        return STRINGS.get("rule." + rule.because().id());
    }

    /// Where a rule stands.
    static String place(Rule rule) {
        return rule.file().map(PathLabel::shorten).orElse(STRINGS.get("rule." + rule.because().id() + ".nowhere"));
    }

    /// What a rule says, for one line.
    static String rowText(Rule rule) {
        return switch (rule.effect()) {
            case UNSET -> STRINGS.get("row." + rule.because().id() + ".unset");
            case WINS, SHADOWED -> rule.because() == Because.DEFAULT ? STRINGS.get("row.default") : rule.words().isEmpty() ? STRINGS.get("row.empty")
                    : rule.words().stream().map(word -> (word.line() > 0 ? STRINGS.get("row.line", word.line()) : "") + means(word)).collect(Collectors.joining("\n"));
        };
    }

    /// A folder for a person.
    static String folder(Path path) {
        return PathLabel.shorten(path);
    }
}
