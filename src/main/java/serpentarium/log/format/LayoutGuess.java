package serpentarium.log.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import serpentarium.log.Level;

/// Finds out how lines of no known format are laid out: what stands at the same place in nearly all of them is part of the layout.
final class LayoutGuess {
    private static final double NEARLY_ALL = 0.98;
    private static final double OFTEN = 0.05;
    private static final double USUAL = 0.3;
    private static final int FARTHEST = 14;
    private static final int MOST_SHAPES = 4;
    private static final Pattern THREAD = Pattern.compile("MainThread|Thread-\\d+.*|Thread|ThreadPool\\S*|Dummy-\\d+|asyncio_\\d+|.*[Ww]orker[-_]?\\d*.*|.*-thread-\\d+|Timer-\\d+");
    private static final Pattern PROCESS = Pattern.compile("MainProcess|(?:Fork|Spawn)?(?:Pool)?(?:Worker|Process)-\\d+.*");
    private static final Pattern NAMED_LINE = Pattern.compile("[\\w.<>/-]+:\\d+");
    private static final Pattern NAMED_FUNCTION_LINE = Pattern.compile("[\\w.<>/-]+:[\\w<>]+:\\d+");
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][\\w.]*");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Set<String> NUMBERS = Set.of("0", "5", "10", "15", "20", "25", "30", "35", "40", "45", "50", "60");

    private final List<List<Token>> lines;
    private final StringBuilder layout = new StringBuilder();
    private final Set<String> used = new HashSet<>();
    private int at;

    private LayoutGuess(List<List<Token>> lines) {
        this.lines = lines;
    }

    /// Layouts of lines, the fullest first; none where they have neither times nor levels in common.
    ///
    /// @param lines the first pieces of each
    /// @param timed whether only such with a time are wanted
    static List<String> of(List<List<Token>> lines, boolean timed) {
        Map<String, List<List<Token>>> shapes = new LinkedHashMap<>();
        int times = 0;
        for (List<Token> line : lines) {
            int time = first(line, 'T');
            int level = first(line, 'L');
            if (time > FARTHEST / 2) time = -1;
            if (level > FARTHEST) level = -1;
            if (time >= 0) times++;
            if (timed ? time < 0 || time > 2 : time < 0 && !leads(line, level)) continue;
            int last = Math.max(time, level);
            if (last >= 0) shapes.computeIfAbsent(shape(line, last), _ -> new ArrayList<>()).add(line);
            if (time >= 0 && level > time) shapes.computeIfAbsent(shape(line, time), _ -> new ArrayList<>());
        }
        int all = shapes.values().stream().mapToInt(List::size).sum();
        int timedLines = times;
        var kept = shapes.entrySet().stream().filter(each -> enough(each.getKey(), each.getValue().size(), all, timedLines))
                .sorted(Comparator.comparingInt(each -> -each.getValue().size())).limit(MOST_SHAPES)
                .sorted(Comparator.<Map.Entry<String, List<List<Token>>>>comparingInt(each -> -each.getKey().length())).toList();
        var found = new ArrayList<String>();
        for (var each : kept) {
            String made = new LayoutGuess(each.getValue()).guess(each.getKey());
            if (!found.contains(made) && !made.equals("{level}{message}")) found.add(made);
        }
        return found;
    }

    private static boolean enough(String shape, int size, int all, int times) {
        int bare = 0;
        for (int i = 0; i < shape.length(); i++) if (shape.charAt(i) == 'W') bare++;
        boolean level = shape.indexOf('L') >= 0;
        if (shape.contains("l") && size < NEARLY_ALL * Math.max(all, times) * 0.9) return false;
        double share = bare > 1 || level && shape.indexOf('T') < 0 ? USUAL : OFTEN;
        return size > 0 && size >= all * share && (size > 1 || all < 4);
    }

    /// Whether a line without a time begins with its level, bare or in brackets.
    private static boolean leads(List<Token> line, int level) {
        return level == 0 || level == 1 && "[(<|".indexOf(line.getFirst().kind()) >= 0
                || level == 2 && line.getFirst().kind() == 'W' && (line.get(1).kind() == 'S' || line.get(1).kind() == ':');
    }

    private static int first(List<Token> line, char kind) {
        for (int i = 0; i < line.size(); i++) if (line.get(i).kind() == kind) return i;
        return -1;
    }

    /// The kinds of the pieces up to one of them; a level of one letter is an `l`.
    private static String shape(List<Token> line, int last) {
        var shape = new StringBuilder();
        for (int i = 0; i <= last; i++) {
            Token token = line.get(i);
            shape.append(token.kind() == 'L' && token.text().length() == 1 ? 'l' : token.kind());
        }
        return shape.toString();
    }

    private String guess(String shape) {
        for (at = 0; at < shape.length(); ) piece();
        while (extend()) continue;
        boolean blank = share(line -> at < line.size() && line.get(at).kind() == 'S') > 0.5;
        return layout.append(blank ? " {message}" : "{message}").toString();
    }

    /// Writes the piece that all lines have here.
    private void piece() {
        char kind = lines.getFirst().get(at).kind();
        switch (kind) {
            case 'T' -> layout.append("{time}");
            case 'L' -> layout.append(layout.indexOf("{time") >= 0 ? "{level:any}" : "{level}");
            case 'S' -> layout.append(' ');
            case 'I' -> number();
            case 'W' -> word();
            case '[', '(' -> {
                if (lines.getFirst().get(at).text().equals(String.valueOf(kind))) layout.append(kind);
                else bracket(kind);
            }
            case '{', '}' -> layout.append(kind).append(kind);
            default -> layout.append(lines.getFirst().get(at).text());
        }
        at++;
    }

    private void number() {
        var values = values();
        if (layout.indexOf("{level") < 0 && values.size() > 1 && NUMBERS.containsAll(values)) layout.append("{levelno}");
        else layout.append('{').append(name("process", "thread", "number")).append(":int}");
    }

    private void word() {
        var values = values();
        layout.append('{').append(role(values)).append(":word}");
    }

    private String role(Set<String> values) {
        if (all(values, PROCESS)) return name("process", "process_name");
        if (all(values, THREAD)) return name("thread", "thread_name");
        return name("logger", "module", "part");
    }

    private void bracket(char kind) {
        var values = values();
        layout.append(kind);
        if (all(values, NUMBER)) layout.append('{').append(name("process", "thread", "number")).append(":int}");
        else if (all(values, NAMED_FUNCTION_LINE)) layout.append('{').append(placed(values)).append("}:{").append(name("function", "function_2")).append("}:{line:int}");
        else if (all(values, NAMED_LINE)) layout.append('{').append(placed(values)).append("}:{line:int}");
        else if (!values.equals(Set.of(""))) layout.append('{').append(role(values)).append('}');
        layout.append(kind == '[' ? ']' : ')');
    }

    private String placed(Set<String> values) {
        for (String value : values) if (!value.contains(".py:") && !value.contains("/")) return name("logger", "file", "module");
        return name("file", "path");
    }

    private String name(String... names) {
        for (String name : names) if (used.add(name)) return name;
        for (int i = 2; ; i++) if (used.add(names[names.length - 1] + i)) return names[names.length - 1] + i;
    }

    private Set<String> values() {
        var values = new HashSet<String>();
        for (List<Token> line : lines) if (at < line.size()) values.add(line.get(at).text());
        return values;
    }

    private static boolean all(Set<String> values, Pattern pattern) {
        for (String value : values) if (!pattern.matcher(value.strip()).matches()) return false;
        return true;
    }

    private double share(Predicate<List<Token>> test) {
        int n = 0;
        for (List<Token> line : lines) if (test.test(line)) n++;
        return (double) n / lines.size();
    }

    /// Whether nearly all lines go on like this from `from`: kinds as in [Token], `?` any of them, a `B` any bracket.
    private boolean follows(int from, String kinds) {
        return share(line -> {
            for (int i = 0; i < kinds.length(); i++) {
                if (from + i >= line.size()) return false;
                char kind = line.get(from + i).kind();
                if (kind == 'L') kind = 'W';
                char wanted = kinds.charAt(i);
                if (wanted != '?' && wanted != kind) return false;
            }
            return true;
        }) >= NEARLY_ALL;
    }

    /// Takes what follows into the layout where nearly all lines have it; false where the message begins.
    private boolean extend() {
        int blank = follows(at, "S") ? 1 : 0;
        if (blank == 0) for (char mark : new char[] {']', ')', ':', '|', ',', ';', '>', '-'}) if (follows(at, String.valueOf(mark))) return take(1);
        int next = at + blank;
        if (blank == 0 && !used.contains("logger") && follows(next, "W]") && named(next, 0.5)) return take(2);
        if (blank == 1) for (char mark : new char[] {'-', '|', ':'}) if (follows(next, mark + "S")) return take(2);
        if (follows(next, "[") && bracketed(next)) return take(blank + 1);
        if (follows(next, "(") && (follows(next + 1, ":") || follows(next + 1, "S"))) return take(blank + 1);
        if (follows(next, "W(:") || follows(next, "W[:")) return function(next, blank);
        if (follows(next, "W:I") || follows(next, "W:W:I")) return placedLine(next, blank);
        if (follows(next, "W:") || follows(next, "WS-S") || follows(next, "WS|") || follows(next, "W|") || follows(next, "WS(:") || follows(next, "W[S")) {
            if (used.contains("logger") && used.contains("module") || !named(next, 0.5)) return false;
            return take(blank + 1);
        }
        if (follows(next, "I|") || follows(next, "IS") && follows(next + 2, "?") && layout.length() > 0) return take(blank + 1);
        if (blank == 1 && !used.contains("logger") && follows(next, "WS") && column(next)) {
            at = next;
            layout.append(" {").append(name("logger")).append(":name}");
            at++;
            return false;
        }
        return false;
    }

    private boolean take(int pieces) {
        for (int i = 0; i < pieces; i++) {
            List<Token> model = lines.getFirst();
            for (List<Token> line : lines) if (at < line.size()) {
                model = line;
                break;
            }
            if (at >= model.size()) return false;
            charge(model);
        }
        return true;
    }

    /// Writes a piece of a line that stands for all.
    private void charge(List<Token> model) {
        char kind = model.get(at).kind();
        if (kind == 'W' || kind == 'L') word();
        else if (kind == 'I') number();
        else if (kind == 'S') layout.append(' ');
        else if (kind == '[' || kind == '(') bracket(kind);
        else layout.append(model.get(at).text().replace("{", "{{").replace("}", "}}"));
        at++;
    }

    private boolean bracketed(int next) {
        return share(line -> line.size() > next && line.get(next).kind() == '[' && !line.get(next).text().equals("[")) >= NEARLY_ALL;
    }

    /// `name():` before the message.
    private boolean function(int next, int blank) {
        if (share(line -> line.size() > next + 1 && line.get(next + 1).text().isEmpty()) < NEARLY_ALL) {
            if (!named(next, 0.5)) return false;
            return take(blank + 2);
        }
        if (blank == 1) layout.append(' ');
        layout.append('{').append(name("function", "function_2")).append(":word}()");
        at = next + 2;
        return true;
    }

    private boolean placedLine(int next, int blank) {
        if (used.contains("line")) return false;
        if (blank == 1) layout.append(' ');
        at = next;
        boolean files = share(line -> line.get(Math.min(next, line.size() - 1)).text().contains(".py")) >= NEARLY_ALL;
        layout.append('{').append(files ? name("file", "path") : name("logger", "module")).append('}');
        at = next + 1;
        if (follows(at, ":W:I")) {
            layout.append(":{").append(name("function", "function_2")).append('}');
            at += 2;
        }
        layout.append(":{").append(name("line")).append(":int}");
        at += 2;
        return true;
    }

    /// Whether the words at a place are names of something and not the first words of messages.
    private boolean named(int place, double most) {
        var values = new HashSet<String>();
        int n = 0;
        for (List<Token> line : lines) {
            if (place >= line.size()) continue;
            values.add(line.get(place).text());
            n++;
        }
        return n < 4 || values.size() <= Math.max(3, n * most);
    }

    /// Whether a word that only blanks part from the message is the name of a logger: few different ones, all of them identifiers, and some that look
    /// like nothing else.
    private boolean column(int place) {
        var values = new HashSet<String>();
        boolean sure = false;
        boolean dotted = true;
        int n = 0;
        for (List<Token> line : lines) {
            if (place >= line.size()) return false;
            String value = line.get(place).text();
            if (!IDENTIFIER.matcher(value).matches() || Level.number(value) != Level.UNKNOWN) return false;
            dotted &= value.indexOf('.') > 0;
            sure |= value.indexOf('.') > 0 || value.indexOf('_') >= 0 || value.equals("root");
            values.add(value);
            n++;
        }
        // A handful of records, each with a dotted name there, are few but say enough.
        int most = sure ? n / 2 : 1;
        return n >= 2 && values.size() <= Math.max(dotted ? 3 : 1, most);
    }
}
