package serpentarium.profile.analysis;

import serpentarium.base.PythonPath;
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
        if (PythonPath.installed(path)) return DEPENDENCY;
        if (PythonPath.standard(path)) return STANDARD_LIBRARY;
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
        if (cut < 0) cut = PythonPath.standardEnd(path);
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
