package serpentarium.profile.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;

/// The compressed names of a callgrind file: `(ID) TEXT` defines, `(ID)` refers, anything else is the name itself. Objects, files and
/// functions have a space of numbers each; a number is valid to the end of the file, over all its parts.
final class CallgrindNames {
    /// A space of numbers.
    enum Space {
        /// `ob`, `cob`.
        OBJECT("callgrind.undefined.object"),
        /// `fl`, `fi`, `fe`, `cfi`, `cfl`, `jfi`.
        FILE("callgrind.undefined.file"),
        /// `fn`, `cfn`, `jfn`.
        FUNCTION("callgrind.undefined.function");

        private final String undefined;

        Space(String undefined) {
            this.undefined = undefined;
        }
    }

    private static final int DENSE = 1 << 22;
    private static final int SPARSE = 1 << 20;

    private final Strings strings;
    private final ReadWarnings warnings;
    private String source;
    private final ByteTexts texts = new ByteTexts();
    private final int[][] dense = new int[Space.values().length][64];
    private final Map<Space, Map<Long, Integer>> sparse = new HashMap<>();
    private final Map<Integer, Long> invented = new HashMap<>();

    CallgrindNames(Strings strings, ReadWarnings warnings, String source) {
        this.strings = strings;
        this.warnings = warnings;
        this.source = source;
    }

    /// Forgets the numbers, for they hold for one file; the texts stay.
    void restart(String nextSource) {
        source = nextSource;
        for (int[] table : dense) Arrays.fill(table, 0);
        sparse.clear();
    }

    /// The number of the text that `bytes[from, to)` stands for.
    int text(Space space, byte[] bytes, int from, int to, long line) {
        if (to - from < 3 || bytes[from] != '(' || !AsciiNumber.digit(bytes[from + 1])) return intern(bytes, from, to, line);
        long id = 0;
        int i = from + 1;
        while (i < to && AsciiNumber.digit(bytes[i]) && id < Long.MAX_VALUE / 20) id = id * 10 + bytes[i++] - '0';
        if (i >= to || bytes[i] != ')') return intern(bytes, from, to, line);
        i++;
        while (i < to && AsciiNumber.blank(bytes[i])) i++;
        int known = get(space, id);
        if (i < to) return define(space, id, known, intern(bytes, i, to, line), line);
        return known >= 0 ? known : undefined(space, id, line);
    }

    private int define(Space space, long id, int known, int text, long line) {
        if (known == text) return text;
        if (known >= 0 && !invented.containsKey(known)) warnings.add("callgrind.redefined", line, Long.toString(id), get(known), get(text));
        put(space, id, text, line);
        return text;
    }

    private int undefined(Space space, long id, long line) {
        byte[] name = strings.get(space.undefined, Long.toString(id)).getBytes(StandardCharsets.UTF_8);
        int text = intern(name, 0, name.length, line);
        warnings.add("callgrind.undefined-id", line, get(text));
        invented.put(text, id);
        put(space, id, text, line);
        return text;
    }

    private int get(Space space, long id) {
        int[] table = dense[space.ordinal()];
        if (id < table.length) return table[(int) id] - 1;
        return id < DENSE ? -1 : sparse.getOrDefault(space, Map.of()).getOrDefault(id, -1);
    }

    private void put(Space space, long id, int text, long line) {
        if (id >= DENSE) {
            Map<Long, Integer> map = sparse.computeIfAbsent(space, _ -> new HashMap<>());
            if (map.size() >= SPARSE) throw tooLarge(line);
            map.put(id, text);
            return;
        }
        int[] table = dense[space.ordinal()];
        if (id >= table.length) {
            table = Arrays.copyOf(table, (int) Math.min(DENSE, Math.max(id + 1, table.length * 2L)));
            dense[space.ordinal()] = table;
        }
        table[(int) id] = text + 1;
    }

    private int intern(byte[] bytes, int from, int to, long line) {
        int text = texts.intern(bytes, from, to);
        if (text < 0) throw tooLarge(line);
        return text;
    }

    /// The problem of a file with more names than are kept.
    ProblemException tooLarge(long line) {
        return new ProblemException(Problem.of(strings, "callgrind.too-large", Place.line(source, line)));
    }

    /// A text by its number.
    String get(int text) {
        return texts.get(text);
    }

    /// Whether a text stands for a number that the file never defined.
    boolean isInvented(int text) {
        return invented.containsKey(text);
    }
}
