package serpentarium.python.engine.build;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `pyenv latest --known PREFIX` answers, oddities and all: the name that `pyenv install PREFIX` installs.
final class KnownPrefix {
    private static final Pattern THREADED = Pattern.compile("^(.*[0-9])t$");
    private static final Pattern LEFT_OUT = Pattern.compile("-dev$|-src$|-latest$|(?:a|b|rc)[0-9]+$");
    private static final Pattern ENDS_THREADED = Pattern.compile("[0-9]t$");
    private static final Pattern WORD = Pattern.compile("^[a-zA-Z0-9]+-");

    private KnownPrefix() {}

    static Optional<String> resolve(String typed, Collection<String> known) {
        if (known.contains(typed)) return Optional.of(typed);
        Matcher threaded = THREADED.matcher(typed);
        boolean free = threaded.matches();
        String prefix = free ? threaded.group(1) : typed;
        return known.stream()
                .filter(name -> name.startsWith(prefix) && name.length() > prefix.length() && "-.".indexOf(name.charAt(prefix.length())) >= 0)
                .filter(name -> !free || name.endsWith("t") && name.length() > prefix.length() + 1)
                .filter(name -> !LEFT_OUT.matcher(name).find() && (free || !ENDS_THREADED.matcher(name).find()))
                .min(ORDER);
    }

    private static final Comparator<String> ORDER = Comparator.comparing((String name) -> field(name, 0)).reversed()
            .thenComparing(Comparator.comparingLong((String name) -> number(field(name, 1))).reversed())
            .thenComparing(Comparator.comparingLong((String name) -> number(field(name, 2))).reversed())
            .thenComparing(Comparator.comparingLong((String name) -> number(field(name, 3))).reversed())
            .thenComparing(name -> key(name) + "|" + name);

    /// The sort key that pyenv makes: `name-1.2` becomes `name.1.2`. The script's `substr` from 0 loses the last letter of the name, for all alike.
    private static String key(String name) {
        Matcher word = WORD.matcher(name);
        return word.find() ? name.substring(0, Math.max(0, word.end() - 2)) + "." + name.substring(word.end()) + ".." : name + "...";
    }

    private static String field(String name, int index) {
        String[] fields = key(name).split("\\.", -1);
        return index < fields.length ? fields[index] : "";
    }

    private static long number(String field) {
        int end = 0;
        while (end < field.length() && end < 18 && field.charAt(end) >= '0' && field.charAt(end) <= '9') end++;
        return end == 0 ? 0 : Long.parseLong(field.substring(0, end));
    }
}
