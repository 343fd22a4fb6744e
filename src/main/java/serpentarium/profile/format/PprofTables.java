package serpentarium.profile.format;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// The tables of a pprof file: texts by number, and by their ids locations, functions and mappings. Samples mostly come before what they
/// refer to.
final class PprofTables {
    private static final int NONE = -1;

    private final ByteTexts texts = new ByteTexts();
    private int[] text = new int[256];
    private int textCount;

    private final Map<Long, Integer> numbers = new HashMap<>();
    private long[] address = new long[64];
    private long[] mapping = new long[64];
    private int[] begin = new int[64];
    private int[] end = new int[64];

    private long[] function = new long[64];
    private int[] line = new int[64];
    private int lines;

    private final Map<Long, Function> functions = new HashMap<>();
    private final Map<Long, Long> files = new HashMap<>();

    /// A function, its texts by number.
    ///
    /// @param start where it is defined, 0 where that is not known
    record Function(long name, long system, long file, long start) {}

    /// Adds a text; false when there is no room.
    boolean text(byte[] bytes) {
        if (textCount == text.length) text = Arrays.copyOf(text, textCount * 2);
        int id = texts.intern(bytes, 0, bytes.length);
        text[textCount++] = Math.max(0, id);
        return id >= 0;
    }

    /// A text by its number; empty where there is none.
    String text(long number) {
        return number >= 0 && number < textCount ? texts.get(text[(int) number]) : "";
    }

    /// The number from 0 of the location with this id.
    int location(long id) {
        Integer known = numbers.get(id);
        if (known != null) return known;
        int number = numbers.size();
        if (number == address.length) {
            address = Arrays.copyOf(address, number * 2);
            mapping = Arrays.copyOf(mapping, number * 2);
            begin = Arrays.copyOf(begin, number * 2);
            end = Arrays.copyOf(end, number * 2);
        }
        begin[number] = NONE;
        numbers.put(id, number);
        return number;
    }

    /// How many locations there are.
    int locations() {
        return numbers.size();
    }

    /// How many lines there are.
    int lines() {
        return lines;
    }

    /// Says what is known of a location. Its lines are those that were added from `from` on.
    void define(int location, long at, long in, int from) {
        address[location] = at;
        mapping[location] = in;
        begin[location] = from;
        end[location] = lines;
    }

    /// Whether the file says anything of a location.
    boolean defined(int location) {
        return begin[location] != NONE;
    }

    /// Adds a line of a location, the innermost function first.
    void line(long functionId, int number) {
        if (lines == function.length) {
            function = Arrays.copyOf(function, lines * 2);
            line = Arrays.copyOf(line, lines * 2);
        }
        function[lines] = functionId;
        line[lines++] = number;
    }

    /// Adds a function.
    void function(long id, Function made) {
        functions.put(id, made);
    }

    /// How many functions there are.
    int functions() {
        return functions.size();
    }

    /// Names the file of a mapping.
    void mapping(long id, long file) {
        if (files.size() < 1 << 20) files.put(id, file);
    }

    /// The first line of a location.
    int begin(int location) {
        return begin[location];
    }

    /// One past the last line of a location.
    int end(int location) {
        return end[location];
    }

    /// The function of a line; null where the file does not list it.
    Function functionOf(int row) {
        return functions.get(function[row]);
    }

    /// The number of a line; 0 where it is not known.
    int lineOf(int row) {
        return line[row];
    }

    /// The address of a location.
    long address(int location) {
        return address[location];
    }

    /// The file that a location's code came from; null where none is known.
    String object(int location) {
        Long file = files.get(mapping[location]);
        return file == null || text(file).isEmpty() ? null : text(file);
    }
}
