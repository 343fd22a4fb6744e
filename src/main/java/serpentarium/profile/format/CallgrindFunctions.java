package serpentarium.profile.format;

import java.util.Arrays;

import serpentarium.profile.FrameTable;

/// The functions of a callgrind file, numbered from 0. A function is an object file, its home source file and its name; these are numbers
/// of [CallgrindNames], so that one text under several numbers of the file is one function.
final class CallgrindFunctions {
    /// How many there may be.
    static final int MAX = 2_000_000;

    private final CallgrindNames names;
    private int[] object = new int[256];
    private int[] file = new int[256];
    private int[] name = new int[256];
    private int[] line = new int[256];
    private int[] table = new int[1024];
    private int size;

    CallgrindFunctions(CallgrindNames names) {
        this.names = names;
    }

    /// How many there are.
    int size() {
        return size;
    }

    /// The function of this object, file and name (numbers of texts), a new one where there was none.
    int of(int objectText, int fileText, int nameText) {
        int mask = table.length - 1;
        int slot = hash(objectText, fileText, nameText) & mask;
        for (int known; (known = table[slot] - 1) >= 0; slot = slot + 1 & mask)
            if (name[known] == nameText && file[known] == fileText && object[known] == objectText) return known;
        if (size == name.length) {
            object = Arrays.copyOf(object, size * 2);
            file = Arrays.copyOf(file, size * 2);
            name = Arrays.copyOf(name, size * 2);
            line = Arrays.copyOf(line, size * 2);
        }
        object[size] = objectText;
        file[size] = fileText;
        name[size] = nameText;
        table[slot] = ++size;
        if (size * 2 > table.length) rehash();
        return size - 1;
    }

    private void rehash() {
        table = new int[table.length * 2];
        int mask = table.length - 1;
        for (int f = 0; f < size; f++) {
            int slot = hash(object[f], file[f], name[f]) & mask;
            while (table[slot] != 0) slot = slot + 1 & mask;
            table[slot] = f + 1;
        }
    }

    private static int hash(int a, int b, int c) {
        long h = a * 0x9E3779B97F4A7C15L ^ b * 0xC2B2AE3D27D4EB4FL ^ c * 0x165667B19E3779F9L;
        return (int) (h ^ h >>> 29 ^ h >>> 47);
    }

    /// The home file of a function, a number of a text.
    int file(int function) {
        return file[function];
    }

    /// The name of a function, as the file has it.
    String name(int function) {
        return names.get(name[function]);
    }

    /// Says on which line a function is defined, unless that was said before.
    void defined(int function, long where) {
        if (line[function] == 0 && where > 0 && where <= Integer.MAX_VALUE) line[function] = (int) where;
    }

    /// The table, in the order of the numbers.
    FrameTable frames(CallgrindDialect dialect) {
        var frames = new FrameTable.Builder();
        for (int f = 0; f < size; f++) {
            String module = known(object[f]);
            String source = names.isInvented(file[f]) ? null : known(file[f]);
            String text = names.get(name[f]);
            int where = line[f];
            int space = dialect == CallgrindDialect.YAPPI || dialect == CallgrindDialect.LSPROF ? placeStart(text, source) : -1;
            if (space > 0) {
                int colon = text.lastIndexOf(':');
                String origin = text.substring(space + 1, colon);
                where = Integer.parseInt(text, colon + 1, text.length(), 10);
                text = text.substring(0, space);
                if (source == null || dialect == CallgrindDialect.LSPROF) module = origin;
            }
            if (dialect == CallgrindDialect.YAPPI && source != null && isModule(source)) {
                module = source;
                source = null;
                where = 0;
            }
            if (dialect == CallgrindDialect.SERPENTARIUM && where > 0 && text.length() > CallgrindNaming.suffix(where).length()
                    && text.endsWith(CallgrindNaming.suffix(where)))
                text = text.substring(0, text.length() - CallgrindNaming.suffix(where).length());
            frames.add(text, source, module, where > 0 ? where : FrameTable.NO_LINE);
        }
        return frames.build();
    }

    private String known(int text) {
        String value = names.get(text);
        return value.isEmpty() || value.equals("~") || value.equals("???") ? null : value;
    }

    /// Where the blank before ` FILE:LINE` or ` MODULE:LINE` stands at the end of a name; -1 when the name has no such end. The file may
    /// have blanks of its own.
    private static int placeStart(String text, String file) {
        int colon = text.lastIndexOf(':');
        int digits = text.length() - colon - 1;
        if (colon < 0 || digits < 1 || digits > 9) return -1;
        for (int i = colon + 1; i < text.length(); i++) if (!AsciiNumber.digit(text.charAt(i))) return -1;
        int space = file == null ? -1 : colon - file.length() - 1;
        if (space > 0 && text.charAt(space) == ' ' && text.startsWith(file, space + 1)) return space;
        return text.lastIndexOf(' ', colon);
    }

    /// yappi gives the module of a built-in function where a file belongs.
    private static boolean isModule(String file) {
        return file.indexOf('/') < 0 && file.indexOf('\\') < 0 && !file.endsWith(".py") && !file.startsWith("<");
    }
}
