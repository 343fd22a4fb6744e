package serpentarium.profile.format;

import java.util.Arrays;

import serpentarium.profile.FrameTable;

/// The functions of a callgrind file, numbered from 0. A function is an object file, its home source file and its name; these are numbers
/// of [CallgrindNames], so that one text under several numbers of the file is one function.
final class CallgrindFunctions {
    /// How many there may be.
    static final int MAX = 2_000_000;
    private static final int OBJECT = 0;
    private static final int FILE = 1;
    private static final int NAME = 2;
    private static final int LINE = 3;

    private final CallgrindNames names;
    /// Object, file, name and line of each function, side by side: a look at one brings all into the processor's cache.
    private int[] columns = new int[4 * 256];
    private int[] table = new int[1024];
    private int[] byName = new int[256];
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
        // Nearly every name belongs to one function.
        int last = nameText < byName.length ? byName[nameText] - 1 : -1;
        if (last >= 0 && is(last, objectText, fileText, nameText)) return last;
        int function = find(objectText, fileText, nameText);
        if (nameText >= byName.length) byName = Arrays.copyOf(byName, Math.max(nameText + 1, byName.length * 2));
        byName[nameText] = function + 1;
        return function;
    }

    private boolean is(int function, int objectText, int fileText, int nameText) {
        int at = 4 * function;
        return columns[at + NAME] == nameText && columns[at + FILE] == fileText && columns[at + OBJECT] == objectText;
    }

    private int find(int objectText, int fileText, int nameText) {
        int mask = table.length - 1;
        int slot = hash(objectText, fileText, nameText) & mask;
        for (int known; (known = table[slot] - 1) >= 0; slot = slot + 1 & mask) if (is(known, objectText, fileText, nameText)) return known;
        if (4 * size == columns.length) columns = Arrays.copyOf(columns, columns.length * 2);
        columns[4 * size + OBJECT] = objectText;
        columns[4 * size + FILE] = fileText;
        columns[4 * size + NAME] = nameText;
        table[slot] = ++size;
        if (size * 2 > table.length) rehash();
        return size - 1;
    }

    private void rehash() {
        table = new int[table.length * 2];
        int mask = table.length - 1;
        for (int f = 0; f < size; f++) {
            int slot = hash(columns[4 * f + OBJECT], columns[4 * f + FILE], columns[4 * f + NAME]) & mask;
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
        return columns[4 * function + FILE];
    }

    /// The line that a function is known to be defined on; 0 where it is not known.
    int line(int function) {
        return columns[4 * function + LINE];
    }

    /// The name of a function, as the file has it.
    String name(int function) {
        return names.get(columns[4 * function + NAME]);
    }

    /// Says on which line a function is defined, unless that was said before.
    void defined(int function, long where) {
        if (columns[4 * function + LINE] == 0 && where > 0 && where <= Integer.MAX_VALUE) columns[4 * function + LINE] = (int) where;
    }

    /// The table, in the order of the numbers.
    FrameTable frames(CallgrindDialect dialect) {
        var frames = new FrameTable.Builder();
        for (int f = 0; f < size; f++) {
            int file = file(f);
            String module = known(columns[4 * f + OBJECT]);
            String source = names.isInvented(file) ? null : known(file);
            String text = name(f);
            int where = columns[4 * f + LINE];
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
