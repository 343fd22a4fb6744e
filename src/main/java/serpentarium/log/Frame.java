package serpentarium.log;

import java.util.List;
import serpentarium.base.PythonPath;

/// A frame of a traceback.
///
/// @param file     as it is written, such as `/srv/app/views.py`, `<string>` or `<frozen runpy>`
/// @param line     number in the file, or -1
/// @param function name, or empty where none is told (a syntax error's place)
/// @param source   the source lines below it, without carets
/// @param repeated how many more times the frame before it was left out (`[Previous line repeated 996 more times]`)
/// @param catching whether it is marked as the frame that caught the exception (loguru)
/// @param first    its first line in the traceback's text, from 0
/// @param lines    how many lines it owns
public record Frame(String file, int line, String function, List<String> source, int repeated, boolean catching, int first, int lines) {
    public Frame {
        source = List.copyOf(source);
    }

    /// Whether it is of a library: of an installed package, of Python's own, or frozen into the interpreter.
    public boolean library() {
        String path = file.replace('\\', '/');
        return PythonPath.installed(path) || PythonPath.standard(path);
    }

    /// The file's last two parts, which stay the same where the program is installed elsewhere.
    public String shortFile() {
        String path = file.replace('\\', '/');
        int last = path.lastIndexOf('/');
        int before = last < 0 ? -1 : path.lastIndexOf('/', last - 1);
        return path.substring(before + 1);
    }
}
