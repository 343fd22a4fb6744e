package serpentarium.profile.analysis;

import serpentarium.profile.FrameTable;

/// The names of functions in one spelling, so that profiles of different formats can be compared: `<built-in method builtins.len>`,
/// `builtins.len` and `len` are one function, and so are `<method 'append' of 'list' objects>` and `list.append`.
final class FunctionNames {
    private FunctionNames() {}

    /// The name of a function.
    static String of(FrameTable frames, int function) {
        String name = plain(frames.name(function));
        String module = frames.module(function);
        boolean named = frames.file(function) == null && module != null && module.matches("[A-Za-z_][\\w.]*") && !name.startsWith(module + ".");
        return bare(named && !module.endsWith(".so") ? module + "." + name : name);
    }

    private static String plain(String name) {
        if (name.startsWith("<built-in method ") && name.endsWith(">")) return name.substring("<built-in method ".length(), name.length() - 1);
        if (name.startsWith("<built-in function ") && name.endsWith(">")) return name.substring("<built-in function ".length(), name.length() - 1);
        int of = name.indexOf("' of '");
        if (name.startsWith("<method '") && of > 0 && name.endsWith("' objects>"))
            return name.substring(of + "' of '".length(), name.length() - "' objects>".length()) + "." + name.substring("<method '".length(), of);
        return name;
    }

    private static String bare(String name) {
        for (String module : new String[] {"builtins.", "__builtin__."})
            if (name.startsWith(module) && name.length() > module.length()) return name.substring(module.length());
        return name;
    }

    /// The last part of a qualified name: `add` of `Basket.add`; the name itself where it has none.
    static String last(String name) {
        if (name.endsWith(">")) return name.substring(Math.max(name.lastIndexOf('.', name.lastIndexOf('<')) + 1, 0));
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /// The last parts of a path, at most `most` of them; null where there are fewer.
    static String tail(String path, int most) {
        int at = path.length();
        for (int i = 0; i < most; i++) {
            if (at <= 0) return null;
            at = Math.max(path.lastIndexOf('/', at - 1), path.lastIndexOf('\\', at - 1));
        }
        return path.substring(at + 1).replace('\\', '/');
    }
}
