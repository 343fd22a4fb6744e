package serpentarium.profile;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// The functions of a profile, numbered from 0: columns over one table of interned strings.
public final class FrameTable {
    /// The line of a function whose line is not known.
    public static final int NO_LINE = -1;

    private final String[] strings;
    private final int[] name;
    private final int[] file;
    private final int[] module;
    private final int[] line;

    private FrameTable(String[] strings, int[] name, int[] file, int[] module, int[] line) {
        this.strings = strings;
        this.name = name;
        this.file = file;
        this.module = module;
        this.line = line;
    }

    /// How many functions there are.
    public int size() {
        return name.length;
    }

    /// The function's name as the file gives it, such as `<built-in method builtins.exec>`.
    public String name(int frame) {
        return strings[name[frame]];
    }

    /// The source file, or null where none is known (built-ins).
    public String file(int frame) {
        return file[frame] < 0 ? null : strings[file[frame]];
    }

    /// A number of the source file that all functions in it share; -1 where none is known.
    public int fileNumber(int frame) {
        return file[frame];
    }

    /// How many different texts there are: [#fileNumber(int)] is less.
    public int texts() {
        return strings.length;
    }

    /// The module, library or object file, or null where none is known.
    public String module(int frame) {
        return module[frame] < 0 ? null : strings[module[frame]];
    }

    /// The line of the definition from 1; 0 where the file says so; [#NO_LINE] where none is known.
    public int line(int frame) {
        return line[frame];
    }

    /// Collects functions.
    public static final class Builder {
        private final Map<String, Integer> stringIds = new HashMap<>();
        private final Map<Key, Integer> frameIds = new HashMap<>();
        private String[] strings = new String[256];
        private int[] name = new int[64];
        private int[] file = new int[64];
        private int[] module = new int[64];
        private int[] line = new int[64];
        private int size;

        private record Key(int name, int file, int module, int line) {}

        /// The number of the function of this identity, a new one where it was not seen before.
        ///
        /// @param file   null where none is known
        /// @param module null where none is known
        /// @param line   [#NO_LINE] where none is known
        public int intern(String name, String file, String module, int line) {
            var key = new Key(string(name), string(file), string(module), line);
            Integer known = frameIds.get(key);
            if (known != null) return known;
            frameIds.put(key, size);
            return append(key.name, key.file, key.module, line);
        }

        /// A new number, whether or not a function of this identity is there already.
        public int add(String name, String file, String module, int line) {
            return append(string(name), string(file), string(module), line);
        }

        /// How many there are so far.
        public int size() {
            return size;
        }

        private int append(int nameId, int fileId, int moduleId, int atLine) {
            if (size == name.length) {
                int more = size + (size >> 1);
                name = Arrays.copyOf(name, more);
                file = Arrays.copyOf(file, more);
                module = Arrays.copyOf(module, more);
                line = Arrays.copyOf(line, more);
            }
            name[size] = nameId;
            file[size] = fileId;
            module[size] = moduleId;
            line[size] = atLine;
            return size++;
        }

        private int string(String text) {
            if (text == null) return -1;
            Integer known = stringIds.putIfAbsent(text, stringIds.size());
            if (known != null) return known;
            int id = stringIds.size() - 1;
            if (id == strings.length) strings = Arrays.copyOf(strings, id * 2);
            strings[id] = text;
            return id;
        }

        /// The table.
        public FrameTable build() {
            return new FrameTable(Arrays.copyOf(strings, stringIds.size()), Arrays.copyOf(name, size), Arrays.copyOf(file, size),
                    Arrays.copyOf(module, size), Arrays.copyOf(line, size));
        }
    }
}
