package serpentarium.python.engine.inventory;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import serpentarium.base.Strings;

/// A module of the standard library that a build leaves out, without failing, where a library's headers are missing.
public enum OptionalModule {
    SSL("_ssl", 206, 999),
    HASHLIB("_hashlib", 207, 999),
    CTYPES("_ctypes", 205, 999),
    ZLIB("zlib", 200, 999),
    BZ2("_bz2", 303, 999),
    BZ2_OLD("bz2", 203, 302),
    LZMA("_lzma", 303, 999),
    ZSTD("_zstd", 314, 999),
    SQLITE("_sqlite3", 205, 999),
    READLINE("readline", 200, 999),
    CURSES("_curses", 200, 999),
    TKINTER("_tkinter", 200, 999),
    DECIMAL("_decimal", 303, 999),
    EXPAT("pyexpat", 200, 999),
    UUID("_uuid", 307, 999),
    GDBM("_gdbm", 300, 999),
    GDBM_OLD("gdbm", 200, 207),
    DBM("_dbm", 300, 999),
    DBM_OLD("dbm", 200, 207);

    private static final Strings STRINGS = Strings.of(OptionalModule.class);

    private final String module;
    private final int since;
    private final int until;

    OptionalModule(String module, int since, int until) {
        this.module = module;
        this.since = since;
        this.until = until;
    }

    /// The name that `import` takes.
    public String module() {
        return module;
    }

    /// What does not work without it, in a few words.
    public String purpose() {
        return STRINGS.get("module." + module);
    }

    /// Those that a version of the language has.
    ///
    /// @param series such as `3.12`
    static List<OptionalModule> of(String series) {
        String[] parts = series.split("\\.");
        int number = parts.length < 2 || !series.matches("\\d{1,2}\\.\\d{1,2}") ? 0 : Integer.parseInt(parts[0]) * 100 + Integer.parseInt(parts[1]);
        return Stream.of(values()).filter(each -> number >= each.since && number <= each.until).toList();
    }

    /// Those of a version that are not among the modules that are there.
    static List<OptionalModule> missing(String series, Set<String> present) {
        return of(series).stream().filter(each -> !present.contains(each.module)).toList();
    }
}
