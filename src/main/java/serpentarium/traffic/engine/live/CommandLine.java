package serpentarium.traffic.engine.live;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import serpentarium.traffic.ProcessFacts;

/// What a process is called by a person, from its command line: the script rather than the interpreter.
final class CommandLine {
    private static final int LONGEST = 4_096;
    private static final int LONGEST_NAME = 80;
    private static final Set<String> WITH_VALUE = Set.of("-W", "-X", "-Q");

    private CommandLine() {}

    /// @param raw the arguments, each ended by a zero
    static ProcessFacts facts(long pid, byte[] raw) {
        String text = new String(raw, 0, Math.min(raw.length, LONGEST), StandardCharsets.UTF_8);
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == 0) end--;
        if (end == 0) return new ProcessFacts(pid, "", null);
        List<String> words = Arrays.asList(text.substring(0, end).split("\0", -1));
        return new ProcessFacts(pid, cut(name(words)), String.join(" ", words));
    }

    private static String cut(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }

    private static String name(List<String> words) {
        // Who gives itself a title writes one text without zeros, such as `gunicorn: worker [app]`.
        if (words.size() == 1 && words.getFirst().indexOf(' ') > 0) return words.getFirst().strip();
        String program = file(words.getFirst());
        if (!interpreter(program)) return program;
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("-m") && i + 1 < words.size()) return words.get(i + 1);
            if (word.equals("-c") || word.equals("-e") || word.equals("-")) return program;
            if (WITH_VALUE.contains(word)) i++;
            else if (!word.startsWith("-") && !word.isEmpty()) return file(word);
        }
        return program;
    }

    private static boolean interpreter(String program) {
        String plain = program.startsWith("-") ? program.substring(1) : program;
        return plain.startsWith("python") || plain.startsWith("pypy") || Set.of("sh", "bash", "dash", "zsh", "node", "ruby", "perl").contains(plain);
    }

    private static String file(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.isEmpty() ? path : name;
    }
}
