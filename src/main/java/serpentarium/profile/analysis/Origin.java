package serpentarium.profile.analysis;

import serpentarium.profile.FrameTable;

/// Where a function comes from, as far as its name and file tell.
public enum Origin {
    /// The person's own code: a file that is none of the others.
    PROJECT,
    /// Installed packages: under `site-packages` or `dist-packages`.
    DEPENDENCY,
    /// Python's own library: under `lib/pythonX.Y`, or frozen into the interpreter.
    STANDARD_LIBRARY,
    /// Functions that the interpreter has built in.
    BUILTIN,
    /// Machine code: the interpreter itself, C libraries, the kernel.
    NATIVE;

    /// The origin of a function.
    public static Origin of(FrameTable frames, int frame) {
        return of(frames.name(frame), frames.file(frame), frames.module(frame));
    }

    /// The origin of a function of this name, file and module; the last two may be null.
    public static Origin of(String name, String file, String module) {
        if (file == null) {
            if (module == null) return name.startsWith("<") || name.startsWith("{") || name.startsWith("builtins.") ? BUILTIN : PROJECT;
            return module.startsWith("/") || module.startsWith("[") || machine(module) ? NATIVE : BUILTIN;
        }
        String path = file.replace('\\', '/');
        if (path.contains("/site-packages/") || path.contains("/dist-packages/")) return DEPENDENCY;
        if (path.startsWith("<frozen ") || library(path)) return STANDARD_LIBRARY;
        if (path.startsWith("<__array_function__") || path.equals("<builtin>")) return BUILTIN;
        if (!path.endsWith(".py") && (machine(path) || module != null && module.startsWith("/"))) return NATIVE;
        return PROJECT;
    }

    private static boolean machine(String path) {
        int dot = path.lastIndexOf('.');
        if (dot < 0) return false;
        return switch (path.substring(dot + 1)) {
            case "c", "h", "cc", "cpp", "cxx", "hpp", "hh", "tcc", "S", "s", "so", "rs", "dll", "exe", "dylib", "pyd" -> true;
            default -> path.contains(".so.");
        };
    }

    private static boolean library(String path) {
        if (libraryEnd(path) >= 0) return true;
        int windows = path.indexOf("/Lib/");
        return windows > 0 && path.substring(0, windows).toLowerCase(java.util.Locale.ROOT).contains("python");
    }

    /// Where the path within Python's own library begins: after `…/lib/python3.12/`, `…/lib64/python3.12/`, `…/lib/python27.zip/` or
    /// `…/lib/pypy3.10/`; -1 where the path is none of these.
    private static int libraryEnd(String path) {
        for (int at = path.indexOf("lib"); at >= 0; at = path.indexOf("lib", at + 3)) {
            if (at > 0 && path.charAt(at - 1) != '/') continue;
            int next = path.startsWith("lib64/", at) ? at + 6 : at + 4;
            if (path.charAt(Math.min(next, path.length()) - 1) != '/') continue;
            int version = path.startsWith("python", next) ? next + 6 : path.startsWith("pypy", next) ? next + 4 : path.length();
            int end = path.indexOf('/', version);
            if (end > version && Character.isDigit(path.charAt(version))) return end + 1;
        }
        return -1;
    }

    /// A short module name for a function: the file's own where it has one (an object's without its folder), else made from the path (`json.decoder`), else from the name
    /// of a built-in (`builtins`); null where nothing tells.
    public static String module(FrameTable frames, int frame) {
        String module = frames.module(frame);
        if (module != null) return module.startsWith("/") ? module.substring(module.lastIndexOf('/') + 1) : module;
        String file = frames.file(frame);
        return file == null ? builtinModule(frames.name(frame)) : moduleOf(file);
    }

    private static String builtinModule(String name) {
        // <built-in method builtins.exec> and {built-in method time.sleep}; <method 'append' of 'list' objects>
        int method = name.indexOf("built-in method ");
        if (method < 0) return null;
        int start = method + "built-in method ".length();
        int dot = name.lastIndexOf('.');
        return dot > start ? name.substring(start, dot) : null;
    }

    private static String moduleOf(String file) {
        if (file.startsWith("<frozen ") && file.endsWith(">")) return file.substring(8, file.length() - 1);
        if (file.startsWith("<")) return file;
        String path = file.replace('\\', '/');
        int cut = after(path, "/site-packages/");
        if (cut < 0) cut = after(path, "/dist-packages/");
        if (cut < 0) cut = libraryEnd(path);
        if (cut <= 0) cut = path.lastIndexOf('/') + 1;
        String rest = path.substring(cut);
        if (!rest.endsWith(".py")) return rest.isEmpty() ? null : rest;
        rest = rest.substring(0, rest.length() - 3);
        if (rest.endsWith("/__init__")) rest = rest.substring(0, rest.length() - 9);
        return rest.replace('/', '.');
    }

    private static int after(String path, String part) {
        int at = path.lastIndexOf(part);
        return at < 0 ? -1 : at + part.length();
    }
}
