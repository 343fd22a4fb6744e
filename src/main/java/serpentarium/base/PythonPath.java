package serpentarium.base;

/// Tells from a source file's path, with `/` between its parts, whose it is.
public final class PythonPath {
    private PythonPath() {}

    /// Whether it belongs to an installed package.
    public static boolean installed(String path) {
        return path.contains("/site-packages/") || path.contains("/dist-packages/");
    }

    /// Whether it belongs to Python's own library, or is frozen into the interpreter.
    public static boolean standard(String path) {
        if (path.startsWith("<frozen ") || standardEnd(path) >= 0) return true;
        int windows = path.indexOf("/Lib/");
        return windows > 0 && path.substring(0, windows).toLowerCase(java.util.Locale.ROOT).contains("python");
    }

    /// Where the path within Python's own library begins: after `…/lib/python3.12/`, `…/lib64/python3.12/`, `…/lib/python27.zip/` or
    /// `…/lib/pypy3.10/`; -1 where the path is none of these.
    public static int standardEnd(String path) {
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
}
