package serpentarium.python.engine.build;

import java.util.List;
import java.util.Optional;

/// What a build takes from the machine, and the packages that bring it.
public enum Requirement {
    /// A C compiler with the C library's headers.
    COMPILER(Weight.FATAL, List.of(), List.of("stdio.h"), "build-essential", "gcc", ""),
    /// The program make.
    MAKE(Weight.FATAL, List.of(), List.of(), "build-essential", "make", ""),
    /// A program that downloads.
    DOWNLOADER(Weight.FATAL, List.of(), List.of(), "curl", "curl", "curl"),
    /// The program that unpacks .tar.xz.
    XZ(Weight.USUAL, List.of(), List.of(), "xz-utils", "xz", "xz"),
    /// The program that unpacks .tar.bz2.
    BZIP2_PROGRAM(Weight.FATAL, List.of(), List.of(), "bzip2", "bzip2", "bzip2"),
    /// The program that applies patches.
    PATCH(Weight.FATAL, List.of(), List.of(), "patch", "patch", "gpatch"),
    /// The program that fetches repositories.
    GIT(Weight.FATAL, List.of(), List.of(), "git", "git", "git"),
    /// OpenSSL, without which an install fails.
    SSL(Weight.FATAL, List.of("_ssl", "_hashlib"), List.of("openssl/ssl.h"), "libssl-dev", "openssl-devel", "openssl@3"),
    /// zlib, without which an install fails.
    ZLIB(Weight.FATAL, List.of("zlib"), List.of("zlib.h"), "zlib1g-dev", "zlib-devel", "zlib"),
    /// libffi.
    FFI(Weight.USUAL, List.of("_ctypes"), List.of("ffi.h", "ffi/ffi.h"), "libffi-dev", "libffi-devel", "libffi"),
    /// bzip2.
    BZIP2(Weight.USUAL, List.of("_bz2"), List.of("bzlib.h"), "libbz2-dev", "bzip2-devel", "bzip2"),
    /// xz.
    LZMA(Weight.USUAL, List.of("_lzma"), List.of("lzma.h"), "liblzma-dev", "xz-devel", "xz"),
    /// GNU readline, or what stands in for it.
    READLINE(Weight.USUAL, List.of("readline"), List.of("readline/readline.h", "editline/readline.h"), "libreadline-dev", "readline-devel", "readline"),
    /// SQLite.
    SQLITE(Weight.USUAL, List.of("_sqlite3"), List.of("sqlite3.h"), "libsqlite3-dev", "sqlite-devel", "sqlite"),
    /// ncurses.
    CURSES(Weight.USUAL, List.of("_curses", "_curses_panel"), List.of("ncurses.h", "ncursesw/ncurses.h", "curses.h"), "libncurses-dev", "ncurses-devel", "ncurses"),
    /// Tcl and Tk.
    TK(Weight.USUAL, List.of("_tkinter"), List.of("tk.h"), "tk-dev", "tk-devel", "tcl-tk@8"),
    /// Zstandard, from 3.14 on.
    ZSTD(Weight.USUAL, List.of("_zstd"), List.of("zstd.h"), "libzstd-dev", "libzstd-devel", "zstd"),
    /// libuuid.
    UUID(Weight.RARE, List.of("_uuid"), List.of("uuid/uuid.h", "uuid.h"), "uuid-dev", "libuuid-devel", "ossp-uuid"),
    /// gdbm.
    GDBM(Weight.RARE, List.of("_gdbm", "gdbm"), List.of("gdbm.h"), "libgdbm-dev", "gdbm-devel", "gdbm"),
    /// The old dbm interface.
    NDBM(Weight.RARE, List.of("_dbm", "dbm"), List.of("ndbm.h", "gdbm-ndbm.h", "gdbm/ndbm.h", "db.h"), "libgdbm-compat-dev", "gdbm-devel", "gdbm");

    /// How much is lost without it.
    public enum Weight {
        /// The install fails.
        FATAL,
        /// The Python works, and many programs miss the module.
        USUAL,
        /// The Python works, and few programs miss the module.
        RARE
    }

    private final Weight weight;
    private final List<String> modules;
    private final List<String> headers;
    private final String apt;
    private final String dnf;
    private final String brew;

    Requirement(Weight weight, List<String> modules, List<String> headers, String apt, String dnf, String brew) {
        this.weight = weight;
        this.modules = modules;
        this.headers = headers;
        this.apt = apt;
        this.dnf = dnf;
        this.brew = brew;
    }

    /// How much is lost without it.
    public Weight weight() {
        return weight;
    }

    /// The extension modules that need it, the most telling first; empty for a program.
    public List<String> modules() {
        return modules;
    }

    /// Headers of which one has to be there; empty for a program.
    List<String> headers() {
        return headers;
    }

    /// Its package, in the names of a tool; empty where the system brings it.
    String packageOf(PackageTool tool) {
        return switch (tool) {
            case APT -> apt;
            case DNF -> dnf;
            case BREW -> brew;
        };
    }

    /// Whether a Python of this version has the module at all.
    ///
    /// @param version 100 · major + minor
    boolean concerns(int version) {
        return switch (this) {
            case ZSTD -> version >= 314;
            case LZMA -> version >= 303;
            case FFI, SQLITE -> version >= 205;
            case UUID -> version >= 307;
            default -> true;
        };
    }

    /// What an extension module needs, by the name that configure and setup.py call it, or the one it is imported by.
    static Optional<Requirement> ofModule(String module) {
        String plain = switch (module) {
            case "bz2", "ctypes", "curses", "lzma", "sqlite3", "tkinter", "ssl", "uuid" -> "_" + module;
            case "_curses_panel", "_panel" -> "_curses";
            case "Tkinter" -> "_tkinter";
            default -> module;
        };
        for (Requirement each : values()) if (each.modules.contains(plain)) return Optional.of(each);
        return Optional.empty();
    }

    /// What a header belongs to.
    static Optional<Requirement> ofHeader(String header) {
        for (Requirement each : values()) if (each.headers.contains(header)) return Optional.of(each);
        return switch (header.replaceFirst("/.*", "")) {
            case "openssl" -> Optional.of(SSL);
            case "tcl.h" -> Optional.of(TK);
            case "readline" -> Optional.of(READLINE);
            case "stdlib.h", "string.h", "limits.h", "sys", "features.h" -> Optional.of(COMPILER);
            default -> Optional.empty();
        };
    }
}
