package serpentarium.profile.analysis;

import java.util.BitSet;
import serpentarium.profile.FrameTable;

/// Knows the functions of profilers, which are on stacks only because a profile was made.
public final class Profilers {
    private static final String[] FILES = {"/cProfile.py", "/profile.py", "/profiling/tracing/__init__.py", "/profiling/tracing/__main__.py",
        "/yappi/__init__.py", "/yappi/__main__.py", "/yappi.py", "/yappi/yappi.py"};
    private static final String[] FOLDERS = {"/pyinstrument/", "/viztracer/", "/memray/", "/profiling/sampling/", "/austin/", "/scalene/", "/line_profiler/"};
    private static final String[] BUILTINS = {"'_lsprof.Profiler' objects", "_yappi.", "viztracer.snaptrace", "tracemalloc."};

    private Profilers() {}

    /// The functions of known profilers.
    public static BitSet own(FrameTable frames) {
        var own = new BitSet();
        for (int f = 0; f < frames.size(); f++) if (own(frames.name(f), frames.file(f), Origin.of(frames, f))) own.set(f);
        return own;
    }

    private static boolean own(String name, String file, Origin origin) {
        if (file == null || origin == Origin.BUILTIN) {
            for (String part : BUILTINS) if (name.contains(part)) return true;
            return false;
        }
        // A person may well have a profile.py of their own.
        if (origin != Origin.STANDARD_LIBRARY && origin != Origin.DEPENDENCY) return false;
        String path = file.replace('\\', '/');
        for (String end : FILES) if (path.endsWith(end)) return true;
        for (String folder : FOLDERS) if (path.contains(folder)) return true;
        return false;
    }
}
